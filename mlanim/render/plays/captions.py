"""Captions: sentences of a scene as cues that can be read, as SubRip or WebVTT."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import escape

import srt

from mlanim.render.plays.timeline import Timeline

__all__ = ["captions", "cue_texts", "cues_of"]

_LONGEST_CUE = 84  # two lines of 42 characters, the broadcasters' rule
_SHORTEST_CUE = 1.0  # seconds
_COMMA_DRAWS = 15  # letters that a cut may stand off the middle for a comma


def cues_of(subtitles: Iterable[srt.Subtitle], timeline: Timeline) -> list[srt.Subtitle]:
    """A scene's captions at their output times, in their order.

    What was fast-forwarded has no caption. A long text is split by sentence, its parts shown one
    after the other for as long as their share of the letters.
    """
    cues = [cue for subtitle in subtitles for cue in _cues(subtitle, timeline)]
    return sorted(cues, key=lambda cue: cue.start)


def captions(cues: Iterable[srt.Subtitle], kind: str) -> str:
    """The text of an .srt or .vtt file."""
    return srt.compose(cues) if kind == "srt" else _webvtt(cues)


def _webvtt(cues: Iterable[srt.Subtitle]) -> str:
    """Cues as WebVTT has them: `&`, `<` and `>` would be markup, and `-->` an arrow of times."""
    blocks = ["WEBVTT"]
    for cue in cues:
        times = (_vtt_time(cue.start), _vtt_time(cue.end))
        blocks.append(f"{' --> '.join(times)}\n{escape(cue.content, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def _vtt_time(time: timedelta) -> str:
    """Write a time.

    >>> _vtt_time(timedelta(seconds=3661.5))
    '01:01:01.500'
    """
    thousandths = round(time / timedelta(milliseconds=1))
    seconds, rest = divmod(thousandths, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def cue_texts(text: str, seconds: float) -> list[str]:
    """Split a text into cues: by sentence, then by clause, then by word, none too short to read.

    >>> cue_texts("First this. Then that.", seconds=6)
    ['First this.', 'Then that.']
    >>> cue_texts("First this. Then that.", seconds=1)
    ['First this. Then that.']
    """
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.!?…])\s+", " ".join(text.split())):
        parts.extend(_lines(sentence))
    while len(parts) > 1:
        shortest = min(range(len(parts)), key=lambda i: len(parts[i]))
        if seconds * len(parts[shortest]) >= _SHORTEST_CUE * sum(map(len, parts)):
            break
        neighbours = [i for i in (shortest - 1, shortest + 1) if 0 <= i < len(parts)]
        first = min(shortest, min(neighbours, key=lambda i: len(parts[i])))
        parts[first : first + 2] = [f"{parts[first]} {parts[first + 1]}"]
    return [part for part in parts if part]


def _lines(sentence: str) -> Iterator[str]:
    """Halve a sentence that is too long for one cue, between words, best after a comma."""
    breaks = [match.end() for match in re.finditer(r"\S\s", sentence)]
    if len(sentence) <= _LONGEST_CUE or not breaks:
        yield sentence
        return

    def distance(cut: int) -> float:
        after_comma = sentence[cut - 2] in ",;:"
        return abs(cut - len(sentence) / 2) - (_COMMA_DRAWS if after_comma else 0)

    cut = min(breaks, key=distance)
    yield from _lines(sentence[:cut].strip())
    yield from _lines(sentence[cut:].strip())


def _cues(subtitle: srt.Subtitle, timeline: Timeline) -> Iterator[srt.Subtitle]:
    scene_start, scene_end = subtitle.start.total_seconds(), subtitle.end.total_seconds()
    if not timeline.shown_between(scene_start, scene_end):
        return
    start, end = timeline.output_time(scene_start), timeline.output_time(scene_end)
    texts = cue_texts(subtitle.content, end - start)
    seconds_per_letter = (end - start) / max(1, sum(map(len, texts)))
    for text in texts:
        cue_end = min(end, start + seconds_per_letter * len(text))
        yield srt.Subtitle(0, timedelta(seconds=start), timedelta(seconds=cue_end), text)
        start = cue_end
