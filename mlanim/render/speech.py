"""Speech: what steps say, spoken by the reader's own text-to-speech command.

    espeak-ng --stdout                          # text on stdin, sound on stdout
    piper --model en.onnx --output_file {out}   # or into a file, whose name is put in place

Any kind of sound that FFmpeg reads will do. It is kept under the text and the command, with the
content of files that the command names, so that a sentence is spoken once.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import av

from mlanim.errors import MlanimError, UsageError
from mlanim.render.cache import Cache
from mlanim.render.destination import replacing
from mlanim.steps import Speech

__all__ = ["Voice"]

_RATE = 44100  # Hz, as the film's sound has
_SAMPLE = 2  # bytes
_PATIENCE = 300  # seconds for one text


class Voice:
    """Speaks texts.

    Args:
        narrate: the command, or the seconds of each text where nobody listens.
        folder: for the sounds of this render.
        cache: where they are kept for others; None is nowhere.

    Raises:
        UsageError: there is no such command.
    """

    def __init__(self, narrate: str | Mapping[str, float], folder: Path, cache: Cache | None):
        self._command: list[str] = []
        self._known: dict[str, float] = {}
        self._folder, self._cache = folder, cache
        if not isinstance(narrate, str):
            self._known.update(narrate)
            return
        self._command = shlex.split(narrate)
        if shutil.which(self._command[0]) is None:
            raise UsageError(
                f"--narrate: no command {self._command[0]!r}",
                "give one that reads a text on stdin and writes sound, such as "
                "'espeak-ng --stdout'",
            )

    @property
    def lengths(self) -> Mapping[str, float]:
        """Seconds of each text that was spoken."""
        return self._known

    def __call__(self, text: str) -> Speech:
        """Speak a text.

        Raises:
            MlanimError: the command fails, or writes nothing that can be heard.
        """
        path = self._folder / f"{self._address(text)}.wav"
        if text not in self._known:
            if not path.exists():
                self._make(text, path)
            with wave.open(str(path)) as sound:
                self._known[text] = sound.getnframes() / sound.getframerate()
        return Speech(path, self._known[text])

    def _address(self, text: str) -> str:
        digest = blake2b(repr(("speech", text, self._command)).encode(), digest_size=20)
        for word in self._command[1:]:
            path = Path(word)
            if path.is_file():  # a script, or a model of a voice: another one speaks otherwise
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def _make(self, text: str, path: Path) -> None:
        """Put the sound of a text at `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._cache is not None and self._cache.fetch(path.stem, path):
            return
        with tempfile.TemporaryDirectory(prefix="mlanim-") as place, replacing(path) as temporary:
            spoken = self._speak(text, Path(place, "spoken.wav"))
            try:
                with wave.open(str(temporary), "wb") as sound:
                    sound.setparams((1, _SAMPLE, _RATE, 0, "NONE", ""))
                    for samples in _heard(spoken):
                        sound.writeframes(samples)
                    length = sound.getnframes()
            except (av.FFmpegError, IndexError) as error:
                raise self._wrong(text, "writes nothing that can be heard") from error
            if not length:
                raise self._wrong(text, "writes a sound of no length")
        if self._cache is not None:
            self._cache.store(path.stem, path)

    def _speak(self, text: str, out: Path) -> Path:
        """Run the command; the file that it wrote, or what it gave on stdout."""
        command = [word.replace("{out}", str(out)) for word in self._command]
        try:
            done = subprocess.run(
                command, input=f"{text}\n".encode(), capture_output=True, timeout=_PATIENCE
            )
        except OSError as error:
            raise self._wrong(text, error.strerror or "cannot be run") from error
        except subprocess.TimeoutExpired as error:
            raise self._wrong(text, f"is not done after {_PATIENCE} seconds") from error
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise self._wrong(text, f"fails with exit code {done.returncode}", last)
        if command == self._command:
            out.write_bytes(done.stdout)
        if not out.is_file() or not out.stat().st_size:
            where = "stdout" if command == self._command else "{out}"
            raise self._wrong(text, f"writes nothing to {where}")
        return out

    def _wrong(self, text: str, what: str, detail: str = "") -> MlanimError:
        begin = text if len(text) <= 40 else f"{text[:37]}..."
        return MlanimError(f"--narrate: {shlex.join(self._command)!r} {what}", detail, f"{begin!r}")


def _heard(path: Path) -> Iterator[bytes]:
    """The samples of a sound, of one channel and the film's rate."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    with av.open(str(path)) as container:
        for frame in [*container.decode(container.streams.audio[0]), None]:
            for part in resampler.resample(frame):
                yield bytes(part.planes[0])[: part.samples * _SAMPLE]
