"""Decks: one slide a step, with its own piece of the film, its pictures and its notes."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mlanim.publish.slides import parts_of
from mlanim.render.sinks.result import StepTime

Call = Callable[..., Result]

LESSON = '''
from manim import DOWN, RIGHT, UP, Circle, Square, FadeOut

from mlanim import Explainer


class Lesson(Explainer):
    """Shapes & <steps>: how they move."""

    def construct(self):
        square = Square(fill_opacity=1)
        with self.step("first", say="A square moves <right> & stops."):
            self.play(square.animate.shift(3 * RIGHT), run_time=0.8)
        with self.step("outer", say="Now for two things."):
            self.play(square.animate.shift(DOWN), run_time=0.5)
            with self.step("one", say="One."):
                self.play(square.animate.shift(2 * UP), run_time=0.7)
            self.play(FadeOut(square), run_time=0.3)
            with self.step("two", say="Two."):
                self.play(square.animate.shift(4 * DOWN), run_time=0.6)
        self.wait(0.4)
'''


@pytest.fixture
def lesson(desk: Path) -> Path:
    path = desk / "scenes/lesson.py"
    path.write_text(LESSON)
    return path


WORDS = ("slides", "lesson", "-q", "l", "--fps", "10", "--quiet")


class Slides(HTMLParser):
    """What a deck's page says of each slide, and what it would ask a network for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.slides: list[dict[str, str | None]] = []
        self.alternatives: list[str | None] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [given[name] or "" for name in ("src", "href", "poster") if name in given]
        if tag == "section":
            self.slides.append(given)
        if tag == "img":
            self.alternatives.append(given["alt"])


def frames_of(film: bytes) -> list[np.ndarray]:
    with av.open(io.BytesIO(film)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_each_step_is_a_slide_with_its_own_frames_of_the_film(
    call: Call, lesson: Path, desk: Path
) -> None:
    done = call(*WORDS, "-o", "deck.html")
    assert done.exit_code == 0, done.output
    page = Slides((desk / "deck.html").read_text())
    assert [slide["data-name"] for slide in page.slides] == [
        "first",
        "outer",
        "outer/one",
        "outer/two",
    ]
    films = [frames_of(base64.b64decode(slide["data-film"] or "")) for slide in page.slides]
    # What leads over to a step is shown before it, and what comes last belongs to the last.
    assert [len(film) for film in films] == [8, 5, 7, 3 + 6 + 4]
    assert call("render", "lesson", "-q", "l", "--fps", "10", "-o", "whole.mp4").exit_code == 0
    whole = frames_of((desk / "whole.mp4").read_bytes())
    assert len(whole) == sum(map(len, films))
    for ours, theirs in zip((f for film in films for f in film), whole, strict=True):
        assert np.array_equal(ours, theirs)


def test_the_page_is_one_file_that_needs_no_network(call: Call, lesson: Path, desk: Path) -> None:
    call(*WORDS, "-o", "deck.html")
    text = (desk / "deck.html").read_text()
    page = Slides(text)
    assert page.addresses and all(address.startswith("data:") for address in page.addresses)
    assert "default-src 'none'" in text
    assert not re.findall(r"""(?:@import|url\(|fetch\(|import\s)""", text)
    assert page.alternatives[0] == "First. In the picture: a square."
    assert (page.slides[0]["aria-label"]) == "1 of 4: first"


def test_the_powerpoint_has_films_posters_and_notes(call: Call, lesson: Path, desk: Path) -> None:
    from pptx import Presentation
    from pptx.enum.shapes import PP_MEDIA_TYPE

    done = call(*WORDS, "--aspect", "1:1", "--theme", "dark", "-o", "deck.pptx", "--json")
    record = json.loads(done.stdout)
    show = Presentation(str(desk / "deck.pptx"))
    assert show.slide_width == show.slide_height
    assert [slide["step"] for slide in record["slides"]] == [
        "first",
        "outer",
        "outer/one",
        "outer/two",
    ]
    told = show.core_properties.title, show.core_properties.comments
    assert told == ("Shapes & <steps>", "How they move.")
    notes = [slide.notes_slide.notes_text_frame.text for slide in show.slides]
    assert notes == ["A square moves <right> & stops.", "Now for two things.", "One.", "Two."]
    assert [slide.shapes.title.text for slide in show.slides] == ["First", "Outer", "One", "Two"]
    for slide, told in zip(show.slides, record["slides"], strict=True):
        title, film = slide.shapes
        assert title == slide.shapes.title
        assert film.media_type == PP_MEDIA_TYPE.MOVIE
        assert (film.width, film.height) == (show.slide_width, show.slide_height)
        (media,) = {
            rel.target_part.blob
            for rel in slide.part.rels.values()
            if rel.reltype.endswith("/media")
        }
        frames = frames_of(media)
        assert len(frames) == pytest.approx(10 * told["seconds"])
        poster = np.asarray(Image.open(io.BytesIO(film.poster_frame.blob)).convert("RGB"), float)
        assert np.abs(poster - frames[-1]).mean() < 3, "the picture of its end"
        # It starts by itself: the main sequence plays this very shape.
        commands = slide._element.findall(".//{*}mainSeq") or slide._element.findall(".//{*}cmd")
        assert [c.get("cmd") for c in commands] == ["playFrom(0.0)"]
        assert slide._element.find(".//{*}cmd//{*}spTgt").get("spid") == str(film.shape_id)


def test_steps_values_and_plain_scenes(call: Call, lesson: Path, desk: Path) -> None:
    done = call(*WORDS, "--steps", "one", "-o", "deck.html", "--json")
    assert [slide["step"] for slide in json.loads(done.stdout)["slides"]] == ["outer/one"]
    plain = "class Plain(Scene):\n    def construct(self):\n        self.wait(1)\n"
    (desk / "plain.py").write_text(f"from manim import Scene\n\n{plain}")
    done = call("slides", "plain.py", "-q", "l", "--fps", "10", "-o", "plain.html", "--json")
    assert json.loads(done.stdout)["slides"] == [{"step": "Plain", "seconds": 1.0, "notes": ""}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "deck.pdf"], "'deck.pdf' names no deck: end it in .html or .pptx"),
        (["-o", "scenes"], "'scenes' names no deck"),
        (["-o", "lesson.py/deck.html"], "no deck|is a file"),
        (["--steps", "nothing"], "nothing"),
    ],
)
def test_wrong_words_are_one_line_and_leave_nothing(
    call: Call, lesson: Path, desk: Path, words: list[str], said: str
) -> None:
    (desk / "lesson.py").write_text("")
    done = call(*WORDS, *words)
    assert done.exit_code == 2 and re.search(said, done.output)
    assert len(done.output.strip().splitlines()) == 1
    assert sorted(path.name for path in desk.iterdir()) == ["lesson.py", "scenes"]


def test_without_the_extra_it_says_which_one(
    call: Call, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    done = call(*WORDS, "-o", "deck.pptx")
    assert done.exit_code == 1 and 'pip install "mlanim[slides]"' in done.output


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 30), st.booleans()), min_size=1))
def test_parts_are_the_whole_film_in_order(spans: list[tuple[int, int, bool]]) -> None:
    """Whatever the gaps, and whether steps lie inside an outer one."""
    steps: list[StepTime] = []
    time = 0.0
    for number, (gap, length, inner) in enumerate(spans):
        start, time = time + gap / 10, time + gap / 10 + length / 10
        steps.append(StepTime(f"s{number}", f"s{number}", start, time, "Say."))
        if inner:
            middle = start + length / 20
            steps.append(StepTime("in", f"s{number}/in", middle, time, "In."))
    parts = parts_of(steps, time + 1, "Scene")
    assert parts[0].start == 0 and parts[-1].end == time + 1
    assert all(a.end == b.start for a, b in pairwise(parts))
    leaves = {s.path for s in steps if not any(o.path == f"{s.path}/in" for o in steps)}
    assert leaves <= {part.path for part in parts}


VOICE = """
import sys, wave
text = sys.stdin.read()
with wave.open(sys.argv[1], "wb") as sound:
    sound.setparams((1, 2, 8000, 0, "NONE", ""))
    sound.writeframes(bytes(range(1, 251)) * (len(text) * 6))
"""


def test_slides_that_are_read_aloud_each_have_their_own_words(
    call: Call, lesson: Path, desk: Path
) -> None:
    (desk / "voice.py").write_text(VOICE)
    command = f"{sys.executable} {desk / 'voice.py'} {{out}}"
    done = call(*WORDS, "-o", "deck.html", "--narrate", command, "--json")
    assert done.exit_code == 0, done.stderr
    silent = json.loads(call(*WORDS, "-o", "silent.html", "--json").stdout)["slides"]
    spoken = json.loads(done.stdout)["slides"]
    for slide, quiet in zip(spoken, silent, strict=True):
        assert slide["seconds"] >= quiet["seconds"]
    first = len("A square moves <right> & stops.\n") * 6 * 125 / 8000
    assert spoken[0]["seconds"] == pytest.approx(first + 0.4, abs=0.15)
    films = [slide["data-film"] for slide in Slides(Path("deck.html").read_text()).slides]
    for film in (films[0], films[2]):
        with av.open(io.BytesIO(base64.b64decode(film or ""))) as source:
            loudest = max(abs(frame.to_ndarray()).max() for frame in source.decode(audio=0))
        assert loudest > 0.05
    slower = json.loads(call(*WORDS, "-o", "slow.html", "--speed", "0.5", "--json").stdout)[
        "slides"
    ]
    assert slower[0]["seconds"] == pytest.approx(2 * silent[0]["seconds"])
