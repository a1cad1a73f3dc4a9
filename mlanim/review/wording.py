"""Wording: all words that a scene shows or says, found by playing it without drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from manim import Scene

from mlanim.catalogue import SceneEntry
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.session import configured
from mlanim.render.stills.random_access import look_at_end
from mlanim.render.twins.drawing import engines_drawing
from mlanim.steps import step_title
from mlanim.words.files import ALTERNATIVES, TITLES, Found
from mlanim.words.places import has_words, taken_out
from mlanim.words.table import AsIs, Words

__all__ = ["titles_of", "words_of"]

_SMALL = 32  # pixels of the only picture that is drawn


class _Collecting(Words):
    """English, which notes what passes."""

    def __init__(self) -> None:
        super().__init__({})
        self.found: dict[str, Found] = {}
        self._step = ""

    def begins(self, step: str) -> None:
        self._step = step

    def said(self, text: str, kind: str = "label", room: str = "") -> str:
        if not isinstance(text, AsIs) and has_words(text):
            template = taken_out(text)[0]
            step = ALTERNATIVES if kind == "alternative" else self._step
            self.found.setdefault(template, Found(template, step, kind, room))
        return text


def titles_of(entry: SceneEntry) -> Iterator[Found]:
    """What a film and its steps are called where they are listed, headed, or read aloud."""
    titles = {entry.summary: ("title", "what stands before the colon; the rest stands below it")}
    for path in entry.steps:
        titles.setdefault(step_title(path), ("step", path))
    for text, (kind, room) in titles.items():
        if has_words(text):
            yield Found(taken_out(text)[0], TITLES, kind, room)


def words_of(
    scene_class: type[Scene], spec: RenderSpec, *, progress: Observer | None = None
) -> list[Found]:
    """The texts of a scene, each once, in the order in which they come.

    Raises:
        UsageError: a plain Manim scene.
        MlanimError: the scene failed.
    """
    if not issubclass(scene_class, Explainer):
        raise UsageError(
            f"{scene_class.__name__} is a plain Manim scene, whose texts pass no table",
            "derive the class from mlanim.Explainer",
        )
    words = _Collecting()
    less = _SMALL / min(spec.width, spec.height)
    width, height = (round(side * less / 2) * 2 for side in (spec.width, spec.height))
    spec = replace(spec, width=width, height=height, units=spec.frame_size, words=()).seeded()
    with configured(spec), engines_drawing(straight=True):
        look_at_end(_heard(scene_class, words), spec, lambda glimpse: None, observer=progress)
    return list(words.found.values())


def _heard(scene_class: type[Explainer], words: Words) -> type[Explainer]:
    """The same scene, whose texts pass those words."""

    def build(self: Explainer, renderer: Any = None, **given: Any) -> None:
        scene_class.__init__(self, renderer, language=words, **given)

    named = {"__module__": scene_class.__module__, "__doc__": scene_class.__doc__}
    heard: type[Explainer] = type(
        scene_class.__name__, (scene_class,), {**named, "__init__": build}
    )
    return heard
