"""The tour and the chain: what stands on the screen is pandas' table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner
from manim import Scene

from mlanim.cli import cli
from mlanim.errors import UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.scene_module import run_file
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.numbered import as_frame
from mlanim.subjects.tables.models.table_view import view_of
from mlanim.subjects.tables.primitives.data_table import DataTable
from tests.conftest import Call

SCENE = Path(__file__).parents[3] / "scenes" / "dataframe.py"
STEPS = (
    "select", "slice", "filter", "sort", "missing", "new-column", "group", "pivot", "melt",
    "stack", "unstack", "join", "concat",
)  # fmt: skip


class Watch(Observer):
    """Keeps the tables that were on screen, by step, with the texts that were drawn."""

    def __init__(self) -> None:
        self.seen: dict[str, list[tuple[Any, dict[Any, str]]]] = {}
        self.texts: dict[str, set[str]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        step = moment_of(scene).step.partition("#")[0]
        for part in scene.get_mobject_family_members():
            if isinstance(part, DataTable):
                drawn = {cell.place: cell.label.text for cell in part.cells}
                self.seen.setdefault(step, []).append((part.table, drawn))
            if text := getattr(part, "text", None):
                self.texts.setdefault(step, set()).add(str(text))

    def last(self, step: str) -> tuple[Any, dict[Any, str]]:
        return self.seen[step][-1]

    def has(self, step: str, wanted: Any) -> bool:
        """Whether this table was shown, every cell of it as pandas has it."""
        view = view_of(wanted)
        for table, drawn in self.seen.get(step, []):
            if as_frame(table).equals(as_frame(wanted)) and type(table) is type(wanted):
                assert all(view.text(place) == text for place, text in drawn.items())
                return True
        return False


def film(observer: Observer | None = None, **spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    return render(run_file(SCENE).Dataframe, settings, observer=observer)


@pytest.fixture(scope="module")
def watched() -> tuple[Any, Watch]:
    watch = Watch()
    return film(watch), watch


def test_the_steps_are_the_storyboards(watched) -> None:
    assert tuple(step.path for step in watched[0].steps) == STEPS


def wanted_tables() -> Iterator[tuple[str, Any]]:
    artists, seasons = music.artists(), music.seasons()
    wide = seasons.pivot(index="artist", columns="season", values="plays")
    songs, homes = music.winter_hits(), music.homes()
    yield "select", artists[["artist", "plays"]]
    yield "slice", artists.iloc[1:4]
    yield "slice", artists.loc[1:4, ["artist", "hours"]]
    yield "filter", artists[artists.plays > 100]
    yield "sort", artists.sort_values("plays", ascending=False)
    yield "missing", artists.dropna()
    yield "missing", artists.fillna({"hours": 0})
    yield "new-column", artists.assign(minutes=artists.hours * 60)
    yield "group", artists.groupby("genre").sum(numeric_only=True)
    yield "pivot", wide
    yield "melt", wide.reset_index().melt(id_vars="artist", value_name="plays")
    yield "stack", wide.stack()
    yield "unstack", wide.stack().unstack()
    for how in ("inner", "left", "right", "outer"):
        yield "join", songs.merge(homes, on="artist", how=how)
    yield "join", songs.merge(homes, how="cross")
    yield "join", songs[songs.artist.isin(homes.artist)]
    yield "join", songs[~songs.artist.isin(homes.artist)]
    yield "concat", pd.concat([artists.head(3), music.newcomers()])


@pytest.mark.parametrize(("step", "table"), list(wanted_tables()))
def test_the_table_of_a_step_is_pandas_own(watched, step: str, table: Any) -> None:
    assert watched[1].has(step, table)


def test_texts_that_a_sum_joins_are_told(watched) -> None:
    joined = music.artists().groupby("genre").sum().artist.iloc[0]
    assert joined == "LarkWren"
    assert any(joined in text for text in watched[1].texts["group"])


def test_a_step_plays_alone() -> None:
    assert [step.path for step in film(steps=("stack",)).steps][-1] == "stack"


def test_the_steps_of_a_chain_can_be_asked_for_without_one() -> None:
    watch = Watch()
    film(watch, steps=("table", "link*"))
    assert watch.has("table", music.artists())
    wanted = music.artists().query("plays > 60").sort_values("plays")
    assert watch.has("link", wanted) and set(watch.seen) == {"table", "link"}


def test_a_chain_on_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "plays.csv"
    path.write_text("genre;plays\njazz;10\nfolk;7\njazz;30\nrock;25\n")
    watch = Watch()
    chain = "query('plays > 8').groupby('genre').plays.sum().sort_values()"
    result = film(watch, values={"table": path, "chain": chain})
    assert [step.path for step in result.steps] == ["table", "link", "link", "link"]
    wanted = pd.Series({"rock": 25, "jazz": 40}, name="plays")
    wanted.index.name = "genre"
    assert watch.has("link", wanted)
    assert {"jazz", "40", "int64"} <= watch.texts["link"]


def test_joins_and_shapes_in_a_chain() -> None:
    watch = Watch()
    chain = "merge(other, on='artist', how='left').set_index(['artist', 'town']).plays.unstack()"
    film(watch, values={"chain": chain})
    joined = music.artists().merge(music.homes(), on="artist", how="left")
    assert watch.has("link", joined)
    assert watch.has("link", joined.set_index(["artist", "town"]).plays.unstack())


def test_a_chain_that_cannot_be_is_refused_before_anything_is_drawn() -> None:
    with pytest.raises(UsageError, match="did you mean 'plays'"):
        film(values={"chain": "sort_values('play')"})


@pytest.mark.parametrize("options", [["--aspect", "1:1"], ["--aspect", "9:16", "--theme", "dark"]])
def test_it_is_clean(options: list[str]) -> None:
    words = ["check", "dataframe", "--steps", "filter,group,join", "-q", "l", "--fps", "1"]
    done = CliRunner().invoke(cli, [*words, *options])
    assert done.exit_code == 0, done.output


def test_without_pandas_the_extra_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    done = call("render", "dataframe", "-s", "-r", "64,36", "-o", "last.png")
    assert done.exit_code == 1
    assert 'pip install "mlanim[tables]"' in done.stderr
    listed = call("list")
    assert listed.exit_code == 0 and "dataframe" in listed.output
    assert call("show", "dataframe").exit_code == 0
