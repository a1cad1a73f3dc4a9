"""Narration: steps last as long as their text is spoken, and the sound stands where they start."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import srt

from mlanim.errors import MlanimError, UsageError
from mlanim.render import engine
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.memory.cache import Cache
from mlanim.render.stage import speech
from mlanim.render.workers import playing

BREATH = 0.4
RATE = 44100
SECONDS_A_LETTER = 0.1
# A tone as long as the text; each time it speaks it leaves a line behind.
TONE = f"""
import io, math, pathlib, struct, sys, wave
text = sys.stdin.read().strip()
with pathlib.Path(__file__).with_suffix(".log").open("a") as log:
    log.write(text + "\\n")
sound = io.BytesIO()
with wave.open(sound, "wb") as file:
    file.setparams((1, 2, 8000, 0, "NONE", ""))
    for i in range(round(8000 * {SECONDS_A_LETTER} * len(text))):
        file.writeframes(struct.pack("<h", round(9000 * math.sin(i / 3))))
if len(sys.argv) > 1:
    pathlib.Path(sys.argv[1]).write_bytes(sound.getvalue())
else:
    sys.stdout.buffer.write(sound.getvalue())
"""
SAYS = {
    "first": "The square turns.",
    "attention/score": "It moves away. Then it comes back, after a while.",
    "attention/softmax": "It stays.",
}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def tone(tmp_path: Path) -> str:
    script = tmp_path / "tone.py"
    script.write_text(TONE)
    return f"'{sys.executable}' '{script}'"


def spoken(tmp_path: Path) -> list[str]:
    log = tmp_path / "tone.log"
    return log.read_text().splitlines() if log.exists() else []


def loudness(path: Path) -> np.ndarray:
    """Of each tenth of a second, from 0 to 1."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(path)) as film:
        parts = [p.to_ndarray()[0] for f in film.decode(audio=0) for p in resampler.resample(f)]
    samples = np.concatenate(parts) / 2**15
    tenths = samples[: len(samples) // (RATE // 10) * (RATE // 10)].reshape(-1, RATE // 10)
    return np.abs(tenths).max(axis=1)


def test_a_step_lasts_as_long_as_its_text_and_sounds_from_its_start(make, lesson, tone, tmp_path):
    silent = {step.path: step.end - step.start for step in make(lesson, "silent.mp4").steps}
    result = make(lesson, "a.mp4", narrate=tone, captions="srt,vtt")
    times = {step.path: step for step in result.steps}
    loud = loudness(tmp_path / "a.mp4")
    for path, say in SAYS.items():
        step, length = times[path], SECONDS_A_LETTER * len(say)
        assert step.end - step.start == pytest.approx(max(silent[path], length + BREATH), abs=0.101)
        first = round(step.start * 10)
        voiced = loud[first + 1 : first + round(length * 10) - 1]
        assert voiced.min() > 0.15  # speech all along, but for what the encoder smears
        assert loud[first + round(length * 10) + 2 : round(step.end * 10) - 1].max() < 0.1
    assert result.seconds == pytest.approx(times["attention/softmax"].end)
    cues = list(srt.parse((tmp_path / "a.srt").read_text()))
    starts = [times[path].start for path in SAYS]
    assert [c.start.total_seconds() for c in cues][:2] == pytest.approx(starts[:2])
    assert cues[0].end.total_seconds() == pytest.approx(SECONDS_A_LETTER * len(SAYS["first"]))
    with av.open(str(tmp_path / "a.mp4")) as film:
        chapters = [float(c["start"] * c["time_base"]) for c in film.chapters()]
    assert chapters == pytest.approx([times["first"].start, times["attention"].start])


def test_pictures_that_last_longer_are_not_cut(make, lesson, tone):
    silent = make(lesson, "silent.mp4", steps=("score",)).seconds
    quick = tone.replace("tone.py", "quick.py")
    script = Path(quick.split("'")[3])
    script.write_text(TONE.replace("8000 * 0.1", "8000 * 0.01"))
    assert make(lesson, "a.mp4", steps=("score",), narrate=quick).seconds == silent == 2.0


def test_the_film_is_the_same_whoever_draws(make, lesson, tone, tmp_path, monkeypatch):
    make(lesson, "one.mp4", narrate=tone, jobs=1)
    assert sorted(spoken(tmp_path)) == sorted(SAYS.values())
    make(lesson, "two.mp4", narrate=tone, jobs=2)
    assert len(spoken(tmp_path)) == 2 * len(SAYS)  # children ask nobody
    for module in (engine, playing):
        monkeypatch.setattr(module, "forks_well", lambda: False)
    make(lesson, "replayed.mp4", narrate=tone, jobs=2)
    films = {(tmp_path / f"{name}.mp4").read_bytes() for name in ("one", "two", "replayed")}
    assert len(films) == 1


def test_a_text_is_spoken_once_and_again_by_another_voice(make, lesson, tone, tmp_path):
    known = {"narrate": tone, "cache": True, "steps": ("softmax",)}
    make(lesson, "a.mp4", **known)
    make(lesson, "b.webm", format="webm", **known)
    assert spoken(tmp_path) == [SAYS["attention/softmax"]]  # of the steps that are shown alone
    script = tmp_path / "tone.py"
    script.write_text(script.read_text().replace("i / 3", "i / 4"))
    make(lesson, "c.mp4", **known)
    assert len(spoken(tmp_path)) == 2


def test_a_sound_may_come_in_a_file(make, lesson, tone, tmp_path):
    piped = make(lesson, "a.mp4", narrate=tone)
    filed = make(lesson, "b.mp4", narrate=f"{tone} {{out}}")
    assert filed.steps == piped.steps
    assert (tmp_path / "b.mp4").read_bytes() == (tmp_path / "a.mp4").read_bytes()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise SystemExit('no such voice')", "failed with exit code 1: no such voice"),
        ("pass", "wrote no sound"),
        ("'{out}'", "to {out}"),
        ("print('hello')", "is no sound"),
    ],
)
def test_a_command_that_gives_no_sound_is_told_in_one_line(make, lesson, tmp_path, code, told):
    with pytest.raises(MlanimError) as caught:
        make(lesson, "a.mp4", narrate=f'"{sys.executable}" -c "{code}"')
    line = str(caught.value)
    assert told in line
    assert "\n" not in line
    assert not (tmp_path / "a.mp4").exists()


def test_a_command_that_never_ends_is_given_up(make, lesson, monkeypatch):
    monkeypatch.setattr(speech, "_LONGEST", 0.2)
    command = f'"{sys.executable}" -c "import time; time.sleep(60)"'
    with pytest.raises(MlanimError, match=r"took more than 0\.2 s"):
        make(lesson, "a.mp4", narrate=command)


def test_a_command_that_there_is_not(make, lesson):
    with pytest.raises(MlanimError, match="no program 'mlanim-has-no-voice'"):
        make(lesson, "a.mp4", narrate="mlanim-has-no-voice --loud")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"narrate": "cat", "format": "gif"}, "only for mp4, webm, mov"),
        ({"narrate": "cat", "still": True}, "only for mp4, webm, mov"),
        ({"narrate": "  "}, "give a command"),
        ({"narrate": "say 'it"}, "No closing quotation"),
    ],
)
def test_what_cannot_be_narrated_is_refused(options, told):
    with pytest.raises(UsageError, match=told):
        RenderSpec.from_options(**options)


def test_a_plain_scene_has_nothing_to_say(make, plain, tone):
    with pytest.raises(UsageError, match="takes no --narrate"):
        make(plain, "a.mp4", narrate=tone)


def test_a_damaged_sound_in_the_cache_is_spoken_anew(make, lesson, tone, tmp_path):
    known = {"narrate": tone, "cache": True, "steps": ("softmax",)}
    make(lesson, "a.mp4", **known)
    (sound,) = Cache().folder.glob("films/*/*.wav")
    sound.write_bytes(b"RIFF")
    make(lesson, "b.mp4", **known)
    assert len(spoken(tmp_path)) == 2


def test_espeak_speaks_where_it_is_installed(make, lesson):
    """It writes sound of unknown length on stdout; elsewhere the way to give it is refused."""
    if shutil.which("espeak-ng") is None:
        with pytest.raises(MlanimError, match="no program 'espeak-ng'"):
            make(lesson, "a.mp4", narrate="espeak-ng --stdout")
        return
    result = make(lesson, "a.mp4", narrate="espeak-ng --stdout")
    (score,) = (step for step in result.steps if step.name == "score")
    assert 2.5 < score.end - score.start < 8
