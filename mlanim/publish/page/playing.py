"""Playing: a scene goes by once in each theme, at once, and what a page needs is taken down."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from manim import ManimColor, Scene

from mlanim.colour import contrast, from_hex
from mlanim.errors import MlanimError
from mlanim.explainer import Explainer
from mlanim.models.page_pass import PagePass
from mlanim.publish.page.aside import aside
from mlanim.publish.page.asking import Asker
from mlanim.publish.page.pictures import Pictures
from mlanim.publish.page.recording import Recorder, Track
from mlanim.publish.page.reel import Played
from mlanim.publish.page.shapes import ShapeTable
from mlanim.publish.sayings import WHOLE, Sayings
from mlanim.publish.slides import Part, parts_of
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.observer import Nobody, Observer, Observers
from mlanim.render.stills.walking import Walk, walk
from mlanim.theme import DARK, LIGHT, Theme, get_theme

__all__ = ["Told", "ground_roles", "play", "themes_of"]

_HOLD = 1  # thousandths of a second before a play's end, where its last picture stands


@dataclass(frozen=True)
class Told:
    """A play, with its steps in words."""

    played: Played
    walk: Walk
    steps: tuple[dict[str, Any], ...]
    alternatives: tuple[str, ...]
    surface: str


def themes_of(scene_class: type[Scene], theme: str | None) -> tuple[Theme, ...]:
    """The themes that a page has: the one that was asked for, or light and dark.

    A plain Manim scene has its own colours, whatever the reader's scheme is.
    """
    if issubclass(scene_class, Explainer):
        return (get_theme(theme),) if theme else (LIGHT, DARK)
    return (LIGHT,)


def play(
    scene_class: type[Scene],
    spec: RenderSpec,
    themes: tuple[Theme, ...],
    shapes: ShapeTable,
    pictures: Pictures,
    progress: Observer,
) -> Told:
    """Play the scene in each theme; the first tells its shapes, words and numbers.

    Raises:
        MlanimError: the scene failed, or draws nothing.
    """
    explains = issubclass(scene_class, Explainer)
    recorder = Recorder(shapes, pictures)
    sayings, asker, ground = Sayings(), Asker(recorder), _Ground()
    observers = Observers([progress, sayings, _Asking(asker), ground])

    drawn_before = pictures.drawn

    def second(observer: Observer) -> Recorder:
        coloured = Recorder(None, pictures)
        walk(scene_class, replace(spec, theme=themes[-1].name), coloured.look, observer)
        return coloured

    def handed() -> _Handed:
        coloured = second(Nobody())
        drawn = pictures.drawn - drawn_before
        return _Handed(coloured.times, coloured.tracks, pictures.kept, drawn)

    with ExitStack() as stack:
        if len(themes) > 1:
            told_aside = stack.enter_context(aside(handed))
        own = replace(spec, theme=themes[0].name) if explains else spec
        walked = walk(scene_class, own, recorder.look, observers)
        recorders = [recorder]
        if len(themes) > 1:
            told = told_aside()
            recorders.append(_taken(told, pictures) if told else second(progress))
    passes = ground.passes()
    if not any(track.looks for track in recorders[0].tracks):
        raise MlanimError(f"{scene_class.__name__} draws nothing", "let it show something")
    parts = parts_of(walked.steps, walked.seconds, scene_class.__name__)
    names = _occurrences(parts)
    steps = tuple(
        {
            "title": sayings.title(name) if part.path != scene_class.__name__ else part.name,
            "say": part.say,
            "path": name,
            "start": round(part.start * 1000),
            "end": max(round(part.end * 1000), round(part.start * 1000) + 3),
            "still": _still(part, sayings.moments.get(name, sayings.moments.get(WHOLE, part.end))),
        }
        | ({"pass": passes[name].told()} if name in passes else {})
        for part, name in zip(parts, names, strict=True)
    )
    alternatives = tuple(sayings.alternative(name) for name in names)
    return Told(
        Played(tuple(recorders), asker.tensors, asker.marks),
        walked,
        steps,
        alternatives,
        ground.colour,
    )


def _still(part: Part, moment: float) -> int:
    """When a step shows all that it tells, before it clears up: what stands for it, unmoved."""
    inside = min(max(moment, part.start), part.end)
    return max(0, round(inside * 1000) - _HOLD)


@dataclass(frozen=True)
class _Handed:
    """What another process tells of a play: its images, how many were drawn of what is none."""

    times: list[int]
    tracks: list[Track]
    kept: list[tuple[bytes, str, bool]]
    drawn: int


def _taken(handed: _Handed, pictures: Pictures) -> Recorder:
    """A play of colours that went by in another process, with images as they are numbered here."""
    pictures.drawn += handed.drawn
    recorder = Recorder(None, pictures)
    recorder.times, recorder.tracks = handed.times, handed.tracks
    numbers = [number.to_bytes(4, "big") for number in pictures.adopt(handed.kept)]
    for track in handed.tracks:
        if track.picture:
            track.looks = [
                (state, replace(look, stroke=numbers[int.from_bytes(look.stroke, "big")]))
                for state, look in track.looks
            ]
    return recorder


class _Asking(Observer):
    """Reads the numbers at the end of each play."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def play_finished(self, scene: Scene, time: float) -> None:
        """Look."""
        self._asker.ask(scene)


class _Ground(Observer):
    """Knows the scene, and the colour behind a plain Manim one."""

    colour = ""
    _scene: Scene | None = None

    def passes(self) -> Mapping[str, PagePass]:
        """What the scene lets a page compute, by step."""
        return self._scene.passes() if isinstance(self._scene, Explainer) else {}

    def play_started(self, scene: Scene) -> None:
        """Look."""
        self._scene = scene
        camera: Any = scene.camera
        self.colour = ManimColor(camera.background_color).to_hex()[:7].upper()


def ground_roles(colour: str) -> Mapping[str, list[str]]:
    """The colours of a page around a scene that has its own ground."""
    theme = DARK if contrast(from_hex(colour), from_hex("#FFFFFF")) > 4.5 else LIGHT
    return {"surface": [colour], "ink": [theme.ink], "muted": [theme.muted]}


def _occurrences(parts: list[Part]) -> list[str]:
    """Each part's step, the second of its name as #2."""
    times: dict[str, int] = {}
    names = []
    for part in parts:
        times[part.path] = times.get(part.path, 0) + 1
        names.append(part.path if times[part.path] == 1 else f"{part.path}#{times[part.path]}")
    return names
