"""Joining: packets as they were, chapters and captions behind each other, strangers refused."""

from __future__ import annotations

import json
import time
from pathlib import Path

import av
import pytest

from mlanim.errors import UsageError
from mlanim.publish.joining.film_file import check_agreement, read_film
from tests.conftest import Call, one_line

TONE = '''
import wave
from mlanim import Explainer


class Tone(Explainer):
    """A tone."""

    def construct(self):
        with wave.open("tone.wav", "wb") as sound:
            sound.setparams((1, 2, 44100, 0, "NONE", ""))
            sound.writeframes(bytes(range(256)) * 345)
        with self.step("tone", say="It sounds."):
            self.add_sound("tone.wav")
            self.wait(1)
'''
SMALL = ("-r", "64,36", "--fps", "10", "--quiet")
# The first thing in which a film differs, and how it is asked for.
STRANGERS = {
    "its size is 72x36, not 64x36": ("-r", "72,36", "--fps", "10"),
    "its rate is 15 frames a second, not 10": ("-r", "64,36", "--fps", "15"),
    "its codec is av1, not h264": ("-r", "64,36", "--fps", "10", "--codec", "av1"),
}


def rendered(call: Call, output: str, *words: str, scene: str = "demo") -> str:
    done = call("render", scene, *(words or SMALL), "--quiet", "-o", output)
    assert done.exit_code == 0, done.stderr
    return output


def pictures(film: str | Path) -> list[bytes]:
    """The coded pictures of a film, in the order in which they lie there."""
    with av.open(str(film)) as source:
        found = [bytes(packet) for packet in source.demux(video=0)]
    return [packet for packet in found if packet]


def chapters(film: str) -> list[tuple[str, int, int]]:
    with av.open(film) as source:
        return [(c["metadata"]["title"], c["start"], c["end"]) for c in source.chapters()]


def test_packets_are_copied_and_a_card_stands_where_it_was_named(call: Call) -> None:
    rendered(call, "a.mp4")
    rendered(call, "b.mp4", "--set", "side=2", *SMALL)
    done = call("join", "a.mp4", "--card", "Next: two", "b.mp4", "-o", "all.mp4", "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    a, b, joined = pictures("a.mp4"), pictures("b.mp4"), pictures("all.mp4")
    assert joined[: len(a)] == a
    assert joined[-len(b) :] == b
    assert len(joined) == told["frames"] > len(a) + len(b)
    assert [title for title, _, _ in chapters("all.mp4")] == [
        *("first", "second", "Next: two", "first", "second")
    ]
    with av.open("all.mp4") as source:
        shown = [frame.pts * frame.time_base for frame in source.decode(video=0)]
    assert [round(at * 10) for at in shown] == list(range(told["frames"]))


def test_captions_move_with_their_films(call: Call) -> None:
    rendered(call, "a.mp4", "--captions", "srt,vtt", *SMALL)
    rendered(call, "b.mp4", "--captions", "vtt", *SMALL)
    done = call("join", "a.mp4", "b.mp4", "-o", "all.mp4")
    assert done.stdout.split() == ["all.mp4", "all.srt", "all.vtt"]
    own = Path("a.vtt").read_text().split("\n\n")[1:]
    both = Path("all.vtt").read_text().split("\n\n")[1:]
    assert both[: len(own)] == [block.rstrip("\n") for block in own]
    assert both[len(own)].startswith("00:00:00.400 --> ")
    assert Path("all.srt").read_text().count("-->") == 2 * len(own)


def test_sound_stays_and_the_rest_is_silent(call: Call, desk: Path) -> None:
    (desk / "scenes/tone.py").write_text(TONE)
    rendered(call, "quiet.mp4")
    rendered(call, "tone.mp4", *SMALL, scene="tone")
    done = call("join", "quiet.mp4", "tone.mp4", "quiet.mp4", "-o", "all.mp4")
    assert done.exit_code == 0, done.stderr
    with av.open("tone.mp4") as source:
        own = [bytes(packet) for packet in source.demux(audio=0) if packet.size]
    with av.open("all.mp4") as source:
        heard = [packet for packet in source.demux(audio=0) if packet.size]
    assert set(own[1:]) <= {bytes(packet) for packet in heard}
    times = [packet.pts for packet in heard]
    assert times == sorted(times)
    with av.open("all.mp4") as source:
        loud = [
            float(frame.pts * frame.time_base)
            for frame in source.decode(audio=0)
            if abs(frame.to_ndarray()).max() > 0.05
        ]
    assert 0.35 <= min(loud) <= 0.45
    assert 1.3 <= max(loud) <= 1.45


@pytest.mark.parametrize("differs", STRANGERS)
def test_a_film_that_differs_is_refused_by_what_differs(call: Call, differs: str) -> None:
    rendered(call, "a.mp4")
    rendered(call, "b.mp4", *STRANGERS[differs])
    done = call("join", "a.mp4", "b.mp4", "-o", "all.mp4")
    assert done.exit_code == 2
    line = one_line(done)
    assert "b.mp4 cannot be joined to a.mp4" in line and differs in line
    assert not list(Path().glob("all*"))


def test_another_encoder_and_another_time_base_are_refused(call: Call) -> None:
    from dataclasses import replace
    from fractions import Fraction

    film = read_film(Path(rendered(call, "a.mp4")), ("mp4",))
    for change, told in (
        ({"set_up": b"other"}, "encoder was set up in another way"),
        ({"time_base": Fraction(1, 7)}, "time base is 1/7"),
        ({"pixels": "yuv444p"}, "pixel format is yuv444p, not yuv420p"),
    ):
        with pytest.raises(UsageError, match=told):
            check_agreement(film, replace(film, **change))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere.mp4", "-o", "x.mp4"), "nowhere.mp4: no such film"),
        (("scenes/demo.py", "-o", "x.mp4"), "scenes/demo.py is no mp4"),
        (("a.mp4", "-o", "x.gif"), "-o x.gif is no film"),
        (("a.mp4", "-o", "a.mp4"), "is one of the films"),
        (("a.mp4", "--card", " ", "-o", "x.mp4"), "a title card without words"),
        (("a.mp4", "--card", "A", "--logo", "x.svg", "-o", "x.mp4"), "there is no such file"),
        (("a.mp4", "--card", "A", "--theme", "drak", "-o", "x.mp4"), "did you mean 'dark'?"),
    ],
)
def test_what_cannot_be_joined_is_said_in_a_line(
    call: Call, words: tuple[str, ...], told: str
) -> None:
    if "--theme" in words:
        rendered(call, "a.mp4")
    done = call("join", *words)
    assert done.exit_code == 2
    assert told in one_line(done)
    assert not Path("x.mp4").exists()


def test_ten_films_and_cards_take_less_time_than_a_look_at_one(call: Call) -> None:
    """Cards that were drawn once come of the cache; nothing is decoded or encoded."""
    rendered(call, "a.mp4", "-r", "854,480", "--fps", "15")
    words = ["a.mp4", "--card", "Next"] * 5
    assert call("join", *words, "-o", "once.mp4").exit_code == 0
    began = time.process_time()
    assert call("join", *words, "-o", "all.mp4").exit_code == 0
    assert time.process_time() - began < 3
    own, joined = pictures("a.mp4"), pictures("all.mp4")
    assert joined[: len(own)] == own
    assert len(joined) > 5 * len(own)


def test_a_manifest_joins_its_own_films(call: Call, desk: Path) -> None:
    manifest = """
[defaults]
resolution = "64,36"
fps = 10
[[asset]]
join = [{ card = "Lecture 1: a square" }, "demo.mp4"]
output = "course.mp4"
[[asset]]
scene = "demo"
"""
    (desk / "m.toml").write_text(manifest)

    def states(*more: str) -> dict[str, str]:
        done = call("build", "m.toml", "--json", *more)
        assert done.exit_code == 0 or more, done.stderr
        told = json.loads(done.stdout)
        return {Path(asset["path"]).name: asset["state"] for asset in told["assets"]}

    assert states() == {"course.mp4": "made", "demo.mp4": "made"}
    joined = pictures("assets/course.mp4")
    own = pictures("assets/demo.mp4")
    assert joined[-len(own) :] == own
    assert states() == {"course.mp4": "unchanged", "demo.mp4": "unchanged"}
    assert set(states("--check").values()) == {"unchanged"}
    scene = desk / "scenes/demo.py"
    scene.write_text(scene.read_text().replace("wait(0.2)", "wait(0.5)"))
    assert set(states("--dry-run").values()) == {"out of date"}
    assert states() == {"course.mp4": "made", "demo.mp4": "made"}
    assert len(pictures("assets/course.mp4")) == len(joined) + 6
    Path("assets/course.srt").unlink()
    assert states() == {"course.mp4": "made", "demo.mp4": "unchanged"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('join = ["dmo.mp4"]', "did you mean 'demo.mp4'?"),
        ("join = []", "give a list such as"),
        ('join = [{ cord = "A" }, "demo.mp4"]', "write { card ="),
        ('join = ["demo.mp4"]\nscene = "demo"', "unknown key 'scene' beside join"),
    ],
)
def test_a_manifests_join_that_cannot_be_is_told_by_its_number(
    call: Call, desk: Path, line: str, told: str
) -> None:
    (desk / "m.toml").write_text(f'[[asset]]\nscene="demo"\n[[asset]]\noutput="all.mp4"\n{line}\n')
    done = call("build", "m.toml")
    assert done.exit_code == 2
    line = one_line(done)
    assert "asset 2" in line and told in line
