"""Captions of films that stand behind each other: read from beside them, and shifted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from html import unescape
from pathlib import Path

import srt

from mlanim.errors import UsageError
from mlanim.publish.joining.film_file import FilmFile
from mlanim.render.asked.spec import CAPTIONS

__all__ = ["captions_beside", "joined_cues"]

_TAG = re.compile(r"</?[a-z][^>]*>|<[\d:.]+>")  # of WebVTT: voices, styles, times
_TIMES = re.compile(
    r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})[ \t]+-->[ \t]+(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})"
)


def captions_beside(film: Path) -> dict[str, Path]:
    """The files of captions that lie beside a film, by kind."""
    beside = {kind: film.with_suffix(f".{kind}") for kind in CAPTIONS}
    return {kind: path for kind, path in beside.items() if path.is_file()}


def joined_cues(films: Sequence[FilmFile], kind: str) -> list[srt.Subtitle]:
    """The cues of all films, each as much later as its film is; of another kind if need be.

    Raises:
        UsageError: a file of captions that cannot be read.
    """
    cues: list[srt.Subtitle] = []
    before = timedelta()
    for film in films:
        beside = captions_beside(film.path)
        if path := beside.get(kind) or next(iter(beside.values()), None):
            cues += _shifted(_cues(path), before)
        before += timedelta(seconds=float(film.seconds))
    return cues


def _shifted(cues: Iterable[srt.Subtitle], by: timedelta) -> Iterator[srt.Subtitle]:
    for cue in cues:
        yield srt.Subtitle(0, cue.start + by, cue.end + by, cue.content)


def _cues(path: Path) -> Iterator[srt.Subtitle]:
    """Cues of SubRip or WebVTT, whose blocks are parted by empty lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as captions", str(error)) from error
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = block.strip("\n").split("\n")
        for i, line in enumerate(lines[:2]):  # a cue may have a name above its times
            if told := _TIMES.match(line.strip()):
                content = "\n".join(lines[i + 1 :])
                if path.suffix.lower() == ".vtt":
                    content = unescape(_TAG.sub("", content))
                yield srt.Subtitle(0, _time(*told.groups()[:4]), _time(*told.groups()[4:]), content)
                break


def _time(hours: str | None, minutes: str, seconds: str, thousandths: str) -> timedelta:
    return timedelta(
        hours=int(hours or 0),
        minutes=int(minutes),
        seconds=int(seconds),
        milliseconds=int(thousandths),
    )
