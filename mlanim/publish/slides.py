"""Slides: a film cut at its steps, each of which plays and holds at its end.

    deck = make_deck(Seq2Seq, spec, title="seq2seq")
    write_html(deck, Path("deck.html"))

Nothing is encoded again: a step begins with a keyframe, since the engine begins a segment there.
"""

from __future__ import annotations

import io
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av

from mlanim.left_behind import scratch
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.sinks.result import StepTime
from mlanim.words.files import read_words
from mlanim.words.table import ENGLISH, Words

if TYPE_CHECKING:
    from manim import Scene

    from mlanim.publish.sayings import Sayings
    from mlanim.render.stage.observer import Observer

__all__ = ["Deck", "Part", "Slide", "make_deck", "parts_of"]

_SHORTEST = 0.4  # seconds of an outer step's own that are a slide, and not a mere transition
_JPEG_QUALITY = 88


@dataclass(frozen=True)
class Part:
    """What a slide shows of a film: from `start` to `end`, in seconds."""

    name: str
    path: str
    say: str
    start: float
    end: float


@dataclass(frozen=True)
class Slide:
    """A part with its film (mp4) and its last picture (JPEG).

    Attributes:
        title: the step's heading, or its name in words.
        way: its path, in the words of the film's language.
        seen: what the last picture shows, in words.
    """

    part: Part
    film: bytes
    last: bytes
    title: str
    way: str
    seen: str


@dataclass(frozen=True)
class Deck:
    """Slides in order; sizes in pixels, the surface as "#RRGGBB".

    `words` are the deck's own, and `language` that of all its words.
    """

    title: str
    summary: str
    slides: tuple[Slide, ...]
    width: int
    height: int
    surface: str
    words: Words = ENGLISH
    language: str = "en"


def make_deck(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    title: str,
    summary: str = "",
    language: str = "en",
    progress: Observer | None = None,
    jobs: int | None = None,
) -> Deck:
    """Render a scene, with the spec's values, as mp4, and cut it into slides.

    Args:
        language: of the scene's words.

    Raises:
        MlanimError: the scene failed; the line names file, line and error.
    """
    from mlanim.publish.sayings import Sayings
    from mlanim.render.engine import render
    from mlanim.render.stage.observer import Observers
    from mlanim.theme import get_theme

    sayings = Sayings()
    looks = Observers([progress, sayings])
    with scratch() as folder:
        film = folder / "film.mp4"
        whole = replace(spec, format="mp4", output=film)
        result = render(scene_class, whole, progress=looks, jobs=jobs, rendered_before=True)
        parts = parts_of(result.steps, result.seconds, scene_class.__name__)
        slides = tuple(_cut(film, parts, Fraction(result.fps), sayings))
    if not result.steps:  # one slide of the whole, which has no heading but the deck's
        slides = tuple(replace(slide, title=title) for slide in slides)
    surface = get_theme(spec.theme or "light").surface
    words = read_words(spec.words)
    return Deck(title, summary, slides, result.width, result.height, surface, words, language)


def parts_of(steps: Sequence[StepTime], seconds: float, name: str) -> list[Part]:
    """One part a step, which together are the whole film.

    An outer step is a slide for what it plays before the first step inside it. What lies between
    steps leads over to the next one, and what comes after the last belongs to it.

    >>> outer = StepTime("attend", "attend", 1.0, 6.0, "Attention.")
    >>> inner = StepTime("score", "attend/score", 3.0, 5.0, "Score.")
    >>> [(part.path, part.start, part.end) for part in parts_of([outer, inner], 7.0, "Scene")]
    [('attend', 0.0, 3.0), ('attend/score', 3.0, 7.0)]
    """
    shown: list[StepTime] = []
    for i, step in enumerate(steps):
        inside = [s for s in steps[i + 1 :] if s.path.startswith(f"{step.path}/")]
        first = min((s.start for s in inside if s.start < step.end), default=step.end)
        if first - step.start >= _SHORTEST or first == step.end:
            shown.append(replace(step, end=first))
    ends = [step.end for step in shown[:-1]] + [seconds]
    starts = [0.0, *ends[:-1]]
    if not shown:
        return [Part(name, name, "", 0.0, seconds)]
    return [
        Part(step.name, step.path, step.say, start, end)
        for step, start, end in zip(shown, starts, ends, strict=True)
    ]


def _cut(film: Path, parts: Sequence[Part], rate: Fraction, sayings: Sayings) -> Iterator[Slide]:
    """Copy each part's packets into a film of its own."""
    target = film.with_name("part.mp4")
    times: Counter[str] = Counter()
    for part in parts:
        _copy(film, target, round(part.start * rate), round(part.end * rate), rate)
        times[part.path] += 1
        again = f"#{times[part.path]}" if times[part.path] > 1 else ""
        step = f"{part.path}{again}"
        told = sayings.title(step), sayings.way(part.path), sayings.alternative(step)
        yield Slide(part, target.read_bytes(), _last_picture(target), *told)


def _copy(film: Path, target: Path, first: int, stop: int, rate: Fraction) -> None:
    """Copy the frames from `first` to before `stop`, and their sound."""
    index_first = {"movflags": "+faststart"}
    with av.open(str(film)) as source, av.open(str(target), "w", options=index_first) as output:
        streams: dict[int, Any] = {
            stream.index: output.add_stream_from_template(stream, opaque=True)
            for stream in (*source.streams.video[:1], *source.streams.audio[:1])
        }
        began = False
        for packet in source.demux(*(source.streams[index] for index in streams)):
            if packet.pts is None or packet.dts is None or packet.time_base is None:
                continue  # the last one is only a flush
            frame = packet.pts * packet.time_base * rate
            if packet.stream.type == "video":
                # Pictures are stored out of order, but never across the start of a segment.
                began = began or (packet.is_keyframe and round(frame) == first)
                inside = began and round(frame) < stop
            else:
                inside = first <= frame < stop
            if inside:
                shift = round(first / rate / packet.time_base)
                packet.pts -= shift
                packet.dts -= shift
                packet.stream = streams[packet.stream.index]
                output.mux(packet)


def _last_picture(film: Path) -> bytes:
    with av.open(str(film)) as source:
        (last,) = deque(source.decode(video=0), maxlen=1)
    content = io.BytesIO()
    last.to_image().save(content, format="JPEG", quality=_JPEG_QUALITY, optimize=True)
    return content.getvalue()
