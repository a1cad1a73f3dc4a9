"""Speech: a step's words read by the reader's own text-to-speech command.

narrator = Narrator("espeak-ng --stdin -w {out}", folder, Cache())
wav, seconds = narrator.spoken("Softmax turns scores into weights.")
"""

from __future__ import annotations

import subprocess
import wave
from hashlib import blake2b
from pathlib import Path

from mlanim.errors import MlanimError
from mlanim.left_behind import scratch
from mlanim.render.asked.narration import command_words
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import digest_of
from mlanim.replacing import replacing

__all__ = ["Narrator"]

_OUT = "{out}"
_RATE = 44100  # Hz, as films have it
_LONGEST = 600  # seconds that a command may take


class Narrator:
    """Reads texts aloud, each only once: sounds are kept in a cache.

    They are known by the text, the command, and the content of files that the command names.

    Args:
        speed: seconds on the scene's clock in one of the output, in which the words last as ever.
        command: takes the text on stdin, and writes a sound to the file that `{out}` stands for,
            or else to stdout.
        folder: for the sounds of this render, whose workers find them there.
        cache: for those of later renders; None keeps nothing.
    """

    def __init__(self, command: str, folder: Path, cache: Cache | None, speed: float = 1.0) -> None:
        self._folder, self._cache, self._speed = folder, cache, speed
        self._words = command_words(command)

    def spoken(self, text: str) -> tuple[Path, float]:
        """A .wav of a text, and how long it lasts on the scene's clock, in seconds.

        Raises:
            MlanimError: the command is not there, fails, or gives no sound.
        """
        voices = [digest_of(word) for word in self._words if Path(word).is_file()]
        asked = repr((self._words, voices, text, _RATE)).encode()
        address = f"{blake2b(asked, digest_size=20).hexdigest()}s"
        path = self._folder / f"{address}.wav"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._cache is None or not self._cache.fetch(address, path):
                with scratch() as place, replacing(path) as temporary:
                    self._speak(text, place / "raw.wav", temporary)
                if self._cache is not None:
                    self._cache.store(address, path)
        with wave.open(str(path)) as sound:
            return path, sound.getnframes() / sound.getframerate() * self._speed

    def _speak(self, text: str, raw: Path, path: Path) -> None:
        program = self._words[0]
        words = [word.replace(_OUT, str(raw)) for word in self._words]
        try:
            done = subprocess.run(
                words, input=f"{text}\n".encode(), capture_output=True, timeout=_LONGEST
            )
        except FileNotFoundError:
            raise MlanimError(
                f"--narrate: no program {program!r}", "install it, or give its path"
            ) from None
        except OSError as error:
            raise MlanimError(f"--narrate: {program}", error.strerror or str(error)) from error
        except subprocess.TimeoutExpired:
            raise MlanimError(f"--narrate: {program} took more than {_LONGEST} s") from None
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise MlanimError(f"--narrate: {program} failed with exit code {done.returncode}", last)
        if all(_OUT not in word for word in self._words):
            raw.write_bytes(done.stdout)
        if not raw.is_file() or not raw.stat().st_size:
            raise MlanimError(
                f"--narrate: {program} wrote no sound",
                "it must read stdin, and write a .wav to stdout or to {out}",
            )
        _decode(raw, path, program)


def _decode(raw: Path, path: Path, program: str) -> None:
    """Bring any sound into one form; headers of streamed ones do not know their length."""
    import av

    samples = bytearray()
    try:
        with av.open(str(raw)) as source:
            resampler = av.AudioResampler("s16", "mono", _RATE)
            for frame in source.decode(audio=0):
                for even in resampler.resample(frame):
                    samples += even.to_ndarray().tobytes()
            for even in resampler.resample(None):
                samples += even.to_ndarray().tobytes()
    except (av.FFmpegError, IndexError) as error:
        raise MlanimError(
            f"--narrate: what {program} wrote is no sound", "it must be a .wav"
        ) from error
    if not samples:
        raise MlanimError(f"--narrate: {program} wrote a sound of no length")
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, _RATE, 0, "NONE", ""))
        sound.writeframes(bytes(samples))
