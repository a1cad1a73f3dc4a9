"""A page: one file, its tables, its numbers as --values has them, its budget, its refusals."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from mlanim.catalogue import find
from mlanim.cli import cli
from mlanim.publish.page.article import least_bytes, unpacked_reel
from mlanim.publish.page.stills import row_at, rows_of
from tests.conftest import one_line

Call = Callable[..., Result]

LESSON = '''
import numpy as np
from manim import DOWN, RIGHT, FadeOut

from mlanim import Explainer, parameter
from mlanim.models.page_pass import PagePass
from mlanim.primitives import SoftmaxBars, TensorBox


class Lesson(Explainer):
    """Scores: what <weights> & "sums" are."""

    second: float = parameter(-1.0, "the second number", low=-3, high=3)
    many: list[float] = parameter([1.0], "numbers")

    def construct(self):
        box = TensorBox([0.5, self.second, 1 / 3], label="h <1>", theme=self.theme, cell=0.8)
        with self.step("first", say="A vector </script><script>alert(1)</script> & more."):
            self.turn_to("A <vector>", box)
            self.play(box.animate.shift(3 * RIGHT), run_time=0.5)
        with self.step("softmax", say="Then weights."):
            bars = SoftmaxBars([0.7, 0.2, 0.1], theme=self.theme).shift(2 * DOWN)
            self.play(FadeOut(box), self.retitle("Weights"), run_time=0.5)
            self.add(bars)
            self.wait(0.5)

    def passes(self):
        return {"softmax": PagePass("softmax", {"scores": np.array([2.0, 1.0, 0.0])})}
'''
WORDS = ("-r", "320,180", "--quiet")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any], list[Any]]:
    """A page, what it holds, and what --values has."""
    place = tmp_path_factory.mktemp("page")
    scene, page, values = place / "lesson.py", place / "lesson.html", place / "values.json"
    scene.write_text(LESSON)
    run = CliRunner().invoke
    done = run(cli, ["page", str(scene), *WORDS, "-o", str(page)], prog_name="mlanim")
    assert done.exit_code == 0, done.output
    picture = ["-s", "-o", str(place / "a.png"), "--fps", "12", "--values", str(values)]
    done = run(cli, ["render", str(scene), "--steps", "first", *WORDS, *picture])
    assert done.exit_code == 0, done.output
    html = page.read_text(encoding="utf-8")
    return html, unpacked_reel(html), json.loads(values.read_text())


@pytest.fixture
def lesson(desk: Path) -> Path:
    path = desk / "scenes/lesson.py"
    path.write_text(LESSON)
    return path


def test_the_policy_lets_in_what_lies_within_and_nothing_else(made: Any) -> None:
    html = made[0]
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]  # type: ignore[index]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    assert len(scripts) == 2, "what draws the first picture, and the player"
    for text in (*scripts, *re.findall(r"<style>(.*?)</style>", html, re.S)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "eval(" not in html and "innerHTML" not in html and "Function(" not in html
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", html) and " style=" not in html


def test_words_are_read_and_never_run(made: Any) -> None:
    html, reel, _ = made
    assert html.count("<script") == 4 and "alert(1)</script>" not in html
    assert "A vector &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more." in html
    assert "<title>Scores</title>" in html and "What &lt;weights&gt; &amp; &quot;sums&quot;" in html
    assert reel["variants"][0]["steps"][0]["title"] == "A <vector>"


def test_each_step_is_a_still_with_its_words(made: Any) -> None:
    html, reel, _ = made
    sections = re.findall(r'<section class="step".*?</section>', html, re.S)
    assert len(sections) == len(reel["variants"][0]["steps"]) == 2
    for section in sections:
        assert '<svg viewBox="0 0 1422 800" role="img" aria-label="' in section
        assert section.count("<use ") + section.count("<path ") > 5
    assert "column of 3 numbers" in sections[0] and "weights" in sections[1]


def test_the_first_picture_is_told_before_all_else(made: Any) -> None:
    """The beginning of the first step, and its end with the box three units to the right."""
    html, reel, _ = made
    first = json.loads(re.search(r'id="first">(.*?)</script>', html)[1])  # type: ignore[index]
    assert html.index('id="first"') < html.index('class="step"') < html.index('id="reel"')
    begun, ended = ([first["tracks"][n] for n in one["tracks"]] for one in first["variants"])
    assert begun and ended
    variant = reel["variants"][0]
    marks = np.reshape(variant["marks"], (-1, 5))[:, [0, 2, 3]]
    box = [tensor["name"] for tensor in variant["tensors"]].index("TensorBox 'h <1>'")
    place = marks[(marks[:, 1] == box) & (marks[:, 2] == 0)][0, 0]
    rows = rows_of(reel["tracks"][variant["tracks"][place]]["f"], 6)
    cell = row_at(rows, variant["steps"][0]["end"] - 1)[2:].round().tolist()
    assert cell in [told["f"][2:] for told in ended]
    assert all(told["f"][1] < len(first["shapes"]) for told in [*begun, *ended])


def test_the_arrays_are_those_of_values(made: Any) -> None:
    _, reel, values = made
    told = {tensor["name"]: tensor for tensor in reel["variants"][0]["tensors"]}
    assert values
    for record in values:
        tensor = told[record["name"]]
        held = reel["values"][tensor["rows"][-1][1]]
        assert tensor["rows"][0][2] == record["shape"]
        assert held == np.ravel(record["values"]).tolist(), "to the last bit"
    assert told["SoftmaxBars"]["rows"][0][1] != told["TensorBox 'h <1>'"]["rows"][0][1]


def test_every_cell_and_bar_is_marked_with_its_number(made: Any) -> None:
    variant = made[1]["variants"][0]
    marks = np.reshape(variant["marks"], (-1, 5))[:, [0, 2, 3]]
    names = [tensor["name"] for tensor in variant["tensors"]]
    for name in ("TensorBox 'h <1>'", "SoftmaxBars"):
        of = marks[marks[:, 1] == names.index(name)]
        assert {0, 1, 2} <= set(of[:, 2].tolist())


def test_a_track_is_where_the_cell_was(made: Any) -> None:
    """The box goes three units to the right, at a rate of twelve states a second."""
    _, reel, _ = made
    variant = reel["variants"][0]
    marks = np.reshape(variant["marks"], (-1, 5))[:, [0, 2, 3]]
    box = [tensor["name"] for tensor in variant["tensors"]].index("TensorBox 'h <1>'")
    place = marks[(marks[:, 1] == box) & (marks[:, 2] == 0)][0, 0]
    rows = rows_of(reel["tracks"][variant["tracks"][place]]["f"], 6)
    step = variant["steps"][0]
    before, after = row_at(rows, step["end"] - 510), row_at(rows, step["end"] - 2)
    assert (after[2] - before[2]) / reel["place"] == pytest.approx(3, abs=0.01)
    assert reel["rate"] == 12


def test_both_schemes_have_the_colours_of_their_theme(made: Any) -> None:
    html, reel, _ = made
    assert "--surface:#FFFFFF" in html and "--surface:#0E1218" in html
    roles = [colour for colour in reel["colours"] if isinstance(colour, str)]
    assert {"ink", "hidden-ink"} <= set(roles)
    pairs = [colour for colour in reel["colours"] if not isinstance(colour, str)]
    assert any(light != dark for light, dark in pairs), "a value's colour is another in the dark"


def test_a_pass_comes_with_its_step(made: Any) -> None:
    first, second = made[1]["variants"][0]["steps"]
    assert "pass" not in first
    assert second["pass"] == {"kind": "softmax", "arrays": {"scores": [2, 1, 0]}, "names": []}


def test_what_choices_have_alike_is_told_once(lesson: Path, call: Call, desk: Path) -> None:
    one = call("page", "lesson", *WORDS, "-o", "one.html", "--json")
    two = call("page", "lesson", *WORDS, "-o", "two.html", "--choose", "second=-1,2.5", "--json")
    assert two.exit_code == 0, two.output
    reel = unpacked_reel((desk / "two.html").read_text(encoding="utf-8"))
    alone = unpacked_reel((desk / "one.html").read_text(encoding="utf-8"))
    first, second = reel["variants"]
    assert (first["chosen"], second["chosen"]) == ({"second": "-1"}, {"second": "2.5"})
    assert first["tracks"] == alone["variants"][0]["tracks"]
    assert set(second["tracks"]) & set(first["tracks"]), "the heading is the same track"
    held = [reel["values"][variant["tensors"][0]["rows"][0][1]][1] for variant in (first, second)]
    assert held == [-1.0, 2.5]
    sizes = json.loads(two.stdout)["choices"]
    assert sizes["second=2.5"] < sizes["second=-1"], "shapes and words are there already"
    assert json.loads(one.stdout)["choices"] == {}
    assert '<select data-name="second">' in (desk / "two.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--choose", "secnd=1,2"), "unknown parameter 'secnd'"),
        (("--choose", "second=1,9"), "second=9.0 is too large"),
        (("--choose", "second=1"), "has a single value"),
        (("--choose", "second=1,1"), "has the same value twice"),
        (("--choose", "second"), "write NAME=VALUE,VALUE"),
        (("--choose", "many=1,2"), "is a list of float"),
        (("--choose", "second=1,2", "--set", "second=1"), "is given twice"),
        (("--choose", f"second={','.join(map(str, range(5000)))}"), "makes 5000 variants"),
        (("--max-bytes", "3kB"), "before anything is drawn"),
        (("--max-bytes", str(least_bytes() + 500)), "(the player "),
        (("--max-bytes", "many"), "write a size such as"),
        (("-o", "page.pdf"), "names no page"),
        (("--lang", "<x>"), "write a language's tag"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[-1][:20],
)
def test_what_cannot_be_is_refused_in_a_line(
    lesson: Path, call: Call, desk: Path, words: tuple[str, ...], told: str
) -> None:
    before = sorted(desk.rglob("*"))
    done = call("page", "lesson", *WORDS, "-o", "page.html", *words)
    assert done.exit_code in (1, 2) and told in one_line(done)
    left = [path for path in desk.rglob("*") if "__pycache__" not in path.parts]
    assert sorted(left) == before, "nothing is written"


def test_a_scene_that_draws_nothing_is_refused(call: Call, desk: Path) -> None:
    (desk / "scenes/empty.py").write_text(
        "from manim import Scene\n\n\nclass Empty(Scene):\n    def construct(self):\n"
        "        self.wait(0.2)\n"
    )
    done = call("page", "empty", *WORDS, "-o", "page.html")
    assert done.exit_code == 1 and "Empty draws nothing" in one_line(done)
    assert not (desk / "page.html").exists()


def test_a_plain_scene_keeps_its_own_colours(call: Call, desk: Path) -> None:
    (desk / "scenes/plain.py").write_text(
        "from manim import RED, RIGHT, Dot, Square, Scene\n\n\nclass Plain(Scene):\n"
        "    def construct(self):\n        square = Square(color=RED)\n        self.add(square)\n"
        "        self.play(square.animate.shift(RIGHT), run_time=0.3)\n"
    )
    done = call("page", "plain", *WORDS, "-o", "page.html")
    assert done.exit_code == 0, done.output
    html = (desk / "page.html").read_text(encoding="utf-8")
    reel = unpacked_reel(html)
    assert 'data-themes="1"' in html and "--surface:#000000" in html
    assert reel["colours"] == [["#FC6255", "#FC6255"]] and len(reel["tracks"]) == 1


def test_unchanged_is_delivered_and_changed_is_made_anew(
    lesson: Path, call: Call, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("page", "lesson", *WORDS, "-o", "page.html", "--steps", "first")
    assert call(*words).exit_code == 0
    first = (desk / "page.html").read_bytes()
    (desk / "page.html").unlink()

    def played(*_: Any, **__: Any) -> Any:
        raise AssertionError("it was played again")

    from mlanim.publish.page import making

    with monkeypatch.context() as patch:
        patch.setattr(making, "page_of", played)
        assert call(*words).exit_code == 0
    assert (desk / "page.html").read_bytes() == first
    lesson.write_text(LESSON.replace("1 / 3", "1 / 7"))
    assert call(*words).exit_code == 0
    assert (desk / "page.html").read_bytes() != first


def test_the_page_of_the_gallery_is_small_and_has_every_step() -> None:
    page = Path(__file__).parents[2] / "media/gallery/seq2seq.html"
    assert page.stat().st_size < 2_000_000
    (variant,) = unpacked_reel(page.read_text(encoding="utf-8"))["variants"]
    paths = {step["path"].partition("#")[0] for step in variant["steps"]}
    outer = {step.partition("/")[0] for step in find("seq2seq").steps}
    assert {path.partition("/")[0] for path in paths} == outer


def test_a_notebook_shows_it_in_a_frame(lesson: Path, desk: Path) -> None:
    from mlanim.notebook import show

    frame = show(str(lesson), resolution="320,180", steps="first", second=2.0).page(height=500)
    shown = frame._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts"') and "height: 500px" in shown
    assert unpacked_reel(unescape(shown)) == unpacked_reel(frame.html)
    assert 2.0 in unpacked_reel(frame.html)["values"][0]
    assert frame.save("saved.html").read_text(encoding="utf-8") == frame.html


def test_a_manifest_makes_a_page(lesson: Path, call: Call, desk: Path) -> None:
    (desk / "manifest.toml").write_text(
        '[[asset]]\nscene = "lesson"\nfor = "page"\nresolution = "320,180"\noutput = "article"\n'
    )
    done = call("build", "manifest.toml", "--quiet")
    assert done.exit_code == 0, done.output
    (page,) = desk.rglob("index.html")
    assert page.parent.name == "article" and unpacked_reel(page.read_text(encoding="utf-8"))


def test_a_step_that_clears_up_stands_still_as_it_was_before(desk: Path) -> None:
    (desk / "clears.py").write_text(
        "from manim import *\n\n\nclass Clears(Scene):\n    def construct(self):\n"
        "        square = Square()\n"
        "        self.play(FadeIn(square), run_time=0.5)\n"
        "        self.play(FadeOut(square), run_time=0.5)\n"
        "        self.wait(0.5)\n"
    )
    for name, more in (("a.html", []), ("a.svg", ["--format", "svg", "--animated"])):
        words = ["page", "clears.py", "-r", "160,90", "--quiet", "-o", name, *more]
        assert CliRunner().invoke(cli, words, prog_name="mlanim").exit_code == 0
    html = (desk / "a.html").read_text()
    (step,) = unpacked_reel(html)["variants"][0]["steps"]
    assert (step["still"], step["end"]) == (499, 1500)
    assert "<path" in re.search(r'<figure class="still">.*?</figure>', html)[0]  # type: ignore[index]
    assert "<path" in (desk / "a.svg").read_text().partition('id="rests"')[2]
