"""Slower, faster, and without some steps: everything that hangs on the time goes along."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest
import srt

from tests.conftest import Call

SMALL = ("-r", "64,36", "--fps", "10", "--quiet", "--json")
MOVING = '''
import wave

from manim import RIGHT, Dot, linear

from mlanim import Explainer


class Moving(Explainer):
    """A dot goes its way."""

    def construct(self):
        dot = Dot([-4, 0, 0], radius=1)
        with self.step("go", say="It goes."):
            self.play(dot.animate(rate_func=linear).shift(8 * RIGHT), run_time=2)
        with self.step("stay", say="It stays."):
            with self.step("inner", say="Here."):
                self.wait(0.4)
            self.wait(0.4)
'''


@pytest.fixture
def moving(call: Call, desk: Path):
    (desk / "scenes/moving.py").write_text(MOVING)

    def render(output: str, *words: str) -> dict:
        done = call("render", "moving", *SMALL, "-o", output, *words)
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    return render


def frames(film: str) -> list[np.ndarray]:
    with av.open(film) as source:
        return [frame.to_ndarray(format="gray") for frame in source.decode(video=0)]


def test_half_the_speed_is_twice_the_time_of_all(moving) -> None:
    """A plain film at twice the rate has the very frames that the slow one shows."""
    slow, plain = moving("slow.mp4", "--speed", "0.5"), moving("plain.mp4", "--fps", "20")
    assert slow["seconds"] == 2 * plain["seconds"] == pytest.approx(5.6)
    assert slow["fps"] == 10
    assert all(np.array_equal(*pair) for pair in zip(*map(frames, ("slow.mp4", "plain.mp4"))))  # noqa: B905
    assert len(frames("slow.mp4")) == 56
    for step, other in zip(slow["steps"], plain["steps"], strict=True):
        assert (step["start"], step["end"]) == (2 * other["start"], 2 * other["end"])
    cues, others = (list(srt.parse(Path(f"{n}.srt").read_text())) for n in ("slow", "plain"))
    assert [cue.end for cue in cues] == [2 * cue.end for cue in others]
    with av.open("slow.mp4") as source:
        assert [c["end"] for c in source.chapters()] == [4000, 5600]


def test_a_moment_of_a_faster_film_is_the_films_own(moving) -> None:
    moving("fast.mp4", "--speed", "2")
    moving("at.png", "--speed", "2", "--at", "0.5")
    moving("same.png", "--fps", "5", "--at", "1")
    with av.open("at.png") as at, av.open("same.png") as same:
        pictures = [next(s.decode(video=0)).to_ndarray(format="gray") for s in (at, same)]
    assert np.array_equal(*pictures)
    assert len(frames("fast.mp4")) == 14


def test_words_that_are_read_aloud_keep_their_pace(moving, desk: Path) -> None:
    voice = desk / "voice.py"
    voice.write_text(
        "import sys, wave\n"
        "sound = wave.open(sys.argv[1], 'wb')\n"
        "sound.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
        "sound.writeframes(bytes(2 * 8000 * 3))\n"
    )
    import sys

    told = moving(
        "told.mp4",
        "--speed",
        "2",
        "--steps",
        "go",
        "--narrate",
        f"{sys.executable} {voice} {{out}}",
    )
    assert told["seconds"] == pytest.approx(3.2, abs=0.11)  # three of words and a breath
    (cue,) = srt.parse(Path("told.srt").read_text())
    assert cue.end.total_seconds() == pytest.approx(3, abs=0.1)


def test_another_speed_is_another_film_in_the_cache(moving) -> None:
    first = moving("a.mp4", "--speed", "0.5")["frames"]
    assert moving("b.mp4")["frames"] == first / 2
    assert moving("c.mp4", "--speed", "0.5")["frames"] == first


@pytest.mark.parametrize("speed", ["0.2", "4.1", "nan", "-1"])
def test_a_speed_that_nobody_follows_is_refused(call: Call, speed: str) -> None:
    done = call("render", "demo", "--speed", speed)
    assert done.exit_code == 2
    assert "allowed: 0.25 to 4" in done.stderr


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (("--skip-steps", "go"), ["stay", "stay/inner"]),
        (("--skip-steps", "inner"), ["go", "stay"]),
        (("--skip-steps", "stay"), ["go"]),
        (("--steps", "stay", "--skip-steps", "stay/inner"), ["stay"]),
    ],
)
def test_all_steps_but_those_left_out(moving, words: tuple[str, ...], steps: list[str]) -> None:
    told = moving("out.mp4", *words)
    assert [step["path"] for step in told["steps"]] == steps
    seconds = {"go": 2.0, "stay": 0.4, "stay/inner": 0.4}
    assert told["seconds"] == pytest.approx(sum(seconds[step] for step in steps))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--skip-steps", "frist"), "did you mean 'first'?"),
        (("--skip-steps", "first,second"), "--skip-steps leaves no step to show"),
        (("--skip-steps", "first,"), "an empty step name in --skip-steps"),
    ],
)
def test_steps_that_cannot_be_left_out_are_told(
    call: Call, words: tuple[str, ...], told: str
) -> None:
    done = call("render", "demo", "-o", "x.mp4", *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not Path("x.mp4").exists()


def test_a_plain_scenes_sections_are_left_out_too(call: Call, desk: Path) -> None:
    (desk / "plain.py").write_text(
        "from manim import *\n\n\nclass Plain(Scene):\n"
        "    def construct(self):\n        self.add(Dot())\n"
        '        self.next_section("one")\n        self.wait(0.4)\n'
        '        self.next_section("two")\n        self.wait(0.5)\n'
    )
    done = call("render", "plain.py", *SMALL, "-o", "p.mp4", "--skip-steps", "one")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["seconds"] == 0.5
    wrong = call("render", "plain.py", "--skip-steps", "tow", "-o", "q.mp4")
    assert "did you mean 'two'?" in wrong.stderr


def test_a_manifest_slows_and_leaves_out(call: Call, desk: Path) -> None:
    (desk / "m.toml").write_text(
        '[[asset]]\nscene = "demo"\nresolution = "64,36"\nfps = 10\n'
        'speed = 0.5\nskip_steps = ["first"]\n'
    )
    done = call("build", "m.toml", "--json")
    assert json.loads(done.stdout)["assets"][0]["seconds"] == pytest.approx(0.4)
