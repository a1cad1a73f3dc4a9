"""Reading time: labels and captions must stay for as long as it takes to read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlanim.review.finding import Finding
from mlanim.review.picture import VISIBLE, Picture
from mlanim.words.reading_time import needed

__all__ = ["Caption", "Sighting", "captions_too_fast", "labels_too_short"]

_SLACK = 0.07  # seconds: a frame of 15 a second, to which times are rounded at least


@dataclass(frozen=True, slots=True)
class Sighting:
    """The words on screen at a moment (and the label that has them), in which step, and whether
    the picture is at rest: words that only a number counting up passes through are not read."""

    time: float
    step: str
    settled: bool
    words: dict[str, str]

    @classmethod
    def of(cls, picture: Picture) -> Sighting:
        """Note what could be read in a picture."""
        shown = {text.words: text.name for text in picture.texts if text.opacity > VISIBLE}
        return cls(picture.time, picture.step, picture.settled, shown)


@dataclass(frozen=True, slots=True)
class Caption:
    """What is said from a time to a time, in seconds."""

    step: str
    start: float
    end: float
    words: str


def labels_too_short(
    sightings: Iterable[Sighting], end: float, *, part: bool = False, frame: float = 0.0
) -> Iterator[Finding]:
    """Labels that vanish before they can be read.

    A label counts from the middle between the last moment without it and the first with it, to the
    middle of its way out, which is half of its fades. Equal words in two places, such as a word and
    its travelling copy, count as one. Of a `part` of a scene, what stands at its beginning or its
    end may stay longer in the whole. `frame` is how long a frame lasts: at a low rate, waits are
    rounded to few of them.
    """
    slack = max(_SLACK, frame)
    since: dict[str, tuple[float, Sighting]] = {}
    rested: set[str] = set()
    before = 0.0
    for sighting in sightings:
        middle = (before + sighting.time) / 2
        for words in [words for words in since if words not in sighting.words]:
            start, first = since.pop(words)
            if words in rested and not (part and start == 0):
                yield from _too_short(words, first, middle - start, slack)
        for words in sighting.words:
            since.setdefault(words, (middle, sighting))
        rested &= since.keys()
        if sighting.settled:
            rested |= sighting.words.keys()
        before = sighting.time
    for words, (start, first) in since.items():
        if words in rested and not part:
            yield from _too_short(words, first, end - start, slack)


def _too_short(words: str, first: Sighting, lasting: float, slack: float) -> Iterator[Finding]:
    time = needed(words)
    if lasting < time - slack:
        problem = f"is on screen for {lasting:.1f} s, reading it takes {time:.1f} s"
        advice = f"wait {time - lasting:.1f} s more, or say it in fewer words"
        yield Finding(first.step, first.time, "reading", (first.words[words],), problem, advice)


def captions_too_fast(captions: Iterable[Caption]) -> Iterator[Finding]:
    """Captions whose step is over before they can be read."""
    for caption in captions:
        time, lasting = needed(caption.words), caption.end - caption.start
        if lasting < time - _SLACK:
            problem = f"its step takes {lasting:.1f} s, reading it takes {time:.1f} s"
            advice = f"wait {time - lasting:.1f} s more in this step, or say it in fewer words"
            name = f"caption {caption.words!r}"
            yield Finding(caption.step, caption.start, "reading", (name,), problem, advice)
