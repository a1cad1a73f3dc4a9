"""The SVG that plays by itself: what it declares, read back, its budget, its refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner, Result

from mlanim.cli import cli
from mlanim.colour import from_hex
from mlanim.publish.page.declared import Clock
from mlanim.publish.page.moving import REST
from mlanim.publish.page.pieces import pieces_of
from mlanim.theme import DARK, LIGHT
from tests.conftest import one_line

Call = Callable[..., Result]
SVG = "{http://www.w3.org/2000/svg}"
SCENE = '''
from manim import RIGHT, Circle, FadeOut, Square, Transform

from mlanim import Explainer
from mlanim.primitives import TensorBox


class Moving(Explainer):
    """Moving: <one> & "two"."""

    def construct(self):
        role = self.theme.role("hidden"), self.theme.role("score")
        box = TensorBox([0.5, -1.0], label="h", theme=self.theme, cell=0.8)
        shape = Square(color=role[0].ink).shift(3 * RIGHT)
        with self.step("first", say="A vector </desc> goes & turns."):
            self.add(box, shape)
            self.play(box.animate.shift(2 * RIGHT), run_time=0.5)
            self.play(Transform(shape, Circle(color=role[1].ink).shift(3 * RIGHT)), run_time=0.5)
            self.play(FadeOut(box), run_time=0.5)
'''
WORDS = ("-r", "320,180", "--quiet")
MOVING = ("--format", "svg", "--animated")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("moving")
    (place / "moving.py").write_text(SCENE)
    words = ["page", str(place / "moving.py"), *MOVING, *WORDS, "-o", str(place / "a.svg")]
    done = CliRunner().invoke(cli, words, prog_name="mlanim")
    assert done.exit_code == 0, done.output
    return (place / "a.svg").read_text(encoding="utf-8")


@pytest.fixture
def moving(desk: Path) -> Path:
    path = desk / "scenes/moving.py"
    path.write_text(SCENE)
    return path


def test_it_needs_no_script_and_says_what_is_seen(made: str) -> None:
    root = ElementTree.fromstring(made)
    assert "<script" not in made and "javascript" not in made and "http" not in made[50:]
    assert root.attrib["role"] == "img" and root.attrib["viewBox"] == "0 0 1422 800"
    assert root.find(f"{SVG}title").text == "Moving"  # type: ignore[union-attr]
    words = root.find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    assert 'One> & "two".' in words.replace("<one", "One") and "A vector </desc> goes" in words


def test_what_moves_goes_as_far_as_the_scene_says(made: str) -> None:
    """The box goes two units to the right, at a hundred parts a unit, in half a second."""
    ways = re.findall(r'type="translate"[^>]* values="([^"]+)"[^>]*dur="([^"]+)s"', made)
    assert ways, "something moves"
    ends = {tuple(float(n) for n in way.split(";")[-1].split()) for way, _ in ways}
    assert ends == {(200.0, 0.0)}
    assert all(float(seconds) == pytest.approx(0.5, abs=0.1) for _, seconds in ways)


def test_a_shape_turns_into_another_point_by_point(made: str) -> None:
    turning = re.findall(r'attributeName="d" values="([^"]+)"', made)
    assert turning
    for told in turning:
        counts = {len(re.findall(r"[-\d.]+", path)) for path in told.split(";")}
        assert len(counts) == 1, "as many numbers in each outline"
    square, circle = (np.array(re.findall(r"[-\d.]+", p), float) for p in _ends(turning[0]))
    corner = np.hypot(*(square.reshape(-1, 2) - square.reshape(-1, 2).mean(0)).T).max()
    edge = np.hypot(*(circle.reshape(-1, 2) - circle.reshape(-1, 2).mean(0)).T).max()
    assert corner == pytest.approx(100 * 2**0.5, rel=0.12) and edge < corner


def _ends(told: str) -> tuple[str, str]:
    first, *_, last = told.split(";")
    return first, last


def test_colours_are_the_readers_schemes_also_where_they_change(made: str) -> None:
    assert "prefers-color-scheme:dark" in made and 'fill="var(--surface)"' in made
    light = re.search(r'attributeName="stroke" values="([^"]+)"', made)
    dark = re.search(r'attributeName="color" values="([^"]+)"', made)
    assert light and dark and ".s{stroke:currentColor!important}" in made
    for told, theme in ((light[1], LIGHT), (dark[1], DARK)):
        seen = [from_hex(colour) for colour in _ends(told)]
        wanted = [from_hex(theme.role(name).ink) for name in ("hidden", "score")]
        # The first row may lie a twelfth of a second after the beginning.
        assert np.abs(np.array(seen) - np.array(wanted)).max() < 0.02


def test_it_rests_for_who_wants_less_motion_and_begins_anew(made: str) -> None:
    assert "prefers-reduced-motion:reduce" in made and '<g id="rests"><svg ' in made
    (cycle,) = re.findall(r'begin="0s;t.end" dur="([\d.]+)s"', made)
    assert float(cycle) > 1.5 + REST / 1000 - 0.01
    begun = set(re.findall(r' begin="([^"]+)"', made)) - {"0s;t.end"}
    assert all(told.startswith("t.begin") for told in begun), "all follow the cycle"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--format", "svg"), "add --animated"),
        (("--animated",), "add --format svg"),
        (("--format", "gif"), "a page is html, or svg with --animated"),
        ((*MOVING, "-o", "a.html"), "names no SVG"),
        (("-o", "a.svg"), "add --format svg --animated"),
        ((*MOVING, "--choose", "a=1,2"), "whom an SVG cannot ask"),
        ((*MOVING, "--max-bytes", "3kB"), "kB, --max-bytes allows 3 kB: show less"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused_in_a_line(
    moving: Path, call: Call, desk: Path, words: tuple[str, ...], told: str
) -> None:
    before = sorted(desk.rglob("*"))
    done = call("page", "moving", *WORDS, *words)
    assert done.exit_code in (1, 2) and told in one_line(done)
    left = [path for path in desk.rglob("*") if "__pycache__" not in path.parts]
    assert sorted(left) == before, "nothing is written"


def test_it_lies_beside_the_page_and_is_told(moving: Path, call: Call, desk: Path) -> None:
    done = call("page", "moving", *WORDS, *MOVING, "--json", "--theme", "dark")
    told = json.loads(done.stdout)
    path = desk / "media/moving/moving-page.svg"
    assert told["format"] == "svg" and told["bytes"] == path.stat().st_size
    svg = path.read_text(encoding="utf-8")
    assert "--surface:#0E1218" in svg and "prefers-color-scheme" not in svg
    assert call("page", "moving", *WORDS, *MOVING, "--theme", "dark", "-o", "b.svg").exit_code == 0
    assert (desk / "b.svg").read_text(encoding="utf-8") == svg


def test_another_element_takes_over_where_outlines_do_not_match() -> None:
    line, bend = [1, [0, 0, 0, 9, 9]], [1, [0, 0, 0, 9, 9, 9, 0]]
    forms = np.array([[0, 0, 5, 5, 2, 2], [100, 0, 5, 5, 2, 2], [200, 1, 9, 5, 2, 2]])
    told = {
        "t": [0, 300],
        "d": [0, 1.0, 250, 7.0],
        "f": np.diff(forms, axis=0, prepend=np.zeros((1, 6), int)).ravel().tolist(),
        "l": [0, 3, 255, -1, 0, 0],
    }
    pieces = list(pieces_of(told, [line, bend], 1000, 0))
    assert [(p.start, p.end, p.depth) for p in pieces] == [
        (0, 200, 1),
        (200, 250, 1),
        (250, 300, 7),
    ]
    assert pieces[0].forms[-1].tolist() == [200, 0, 5, 5, 2, 2], "until then it stands"
    assert pieces[1].forms[0, 1] == 1
    digit = list(pieces_of(told, [[1, [1, 0, 0, 9, 9]], bend], 1000, 0))
    assert digit[0].forms[-1].tolist() == [200, 0, 9, 5, 2, 2], "until then it goes its way"


def test_an_animation_lasts_from_its_first_change_to_its_last() -> None:
    told = Clock(9000).animate("d", [1000, 2000, 3000, 4000, 9000], ["a", "a", "b", "c", "c"])
    assert 'values="a;a;b;c" keyTimes="0;.3333;.6667;1"' in told
    assert 'begin="t.begin+1s" dur="3s" fill="freeze"' in told
