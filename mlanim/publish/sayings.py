"""Sayings: while a scene plays, what each step is headed, says, and shows, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from manim import Mobject, Scene

from mlanim.primitives.text import Formula, Label
from mlanim.primitives.token_row import Token
from mlanim.primitives.wire import Wire
from mlanim.publish.words import step_title
from mlanim.render.observer import Observer
from mlanim.render.sections import steps_of
from mlanim.review.moment import moment_of
from mlanim.review.naming import words_of
from mlanim.review.primitives_read import tensor_of

__all__ = ["Sayings", "Thing", "alternative"]

_MOST_NUMBERS = 6  # that a listener can follow
_MOST_WORDS = 8
_LONGEST = 30  # characters of a text that is one of the things
_CLEARED = 0.75  # of the things that were there: below it, a step has cleared up


@dataclass(frozen=True)
class Thing:
    """Something on screen: what kind of thing, "" for words, and what is to be said of it."""

    kind: str
    detail: str = ""


class Sayings(Observer):
    """Follows a scene's steps, fast-forwarded or shown; each is known as `moment_of` names it.

    Attributes:
        says: the words of each step, by its path.
        headings: the first heading that stood over each step.
        things: what was on screen before the step cleared up.
    """

    sees_frames = False

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self.things: dict[str, list[Thing]] = {}

    def play_finished(self, scene: Scene, time: float) -> None:
        """Look at how a play ended."""
        self._look(scene)

    def play_skipped(self, scene: Scene) -> None:
        """Look at how a play ended that was fast-forwarded."""
        self._look(scene)

    def _look(self, scene: Any) -> None:
        for step in steps_of(scene):
            self.says.setdefault(step.path, step.say)
        name = moment_of(scene).step
        if heading := getattr(scene, "heading", None):
            self.headings.setdefault(name, heading.text)
        things = list(_things(scene))
        if len(things) >= _CLEARED * len(self.things.get(name, ())):
            self.things[name] = things

    def title(self, step: str) -> str:
        """What a step is headed: on screen if it is, else by its name."""
        return self.headings.get(step) or step_title(step)

    def alternative(self, step: str) -> str:
        """What the picture of a step's end shows, for those who cannot see it."""
        return alternative(self.title(step), self.things.get(step, []))


def alternative(title: str, things: Sequence[Thing]) -> str:
    """A title and things as sentences: of each kind how many, and the words that stand there.

    >>> boxes = [Thing("tensor box"), Thing("tensor box"), Thing("bars", "0.7, 0.3")]
    >>> alternative("Softmax", [*boxes, Thing("", "cat")])
    'Softmax. In the picture: 2 tensor boxes; bars with 0.7, 0.3. Words: cat.'
    """
    kinds: dict[str, list[str]] = {}
    for thing in things:
        if thing.kind:
            kinds.setdefault(thing.kind, []).append(thing.detail)
    told = [_counted(kind, details) for kind, details in kinds.items()]
    words = list(dict.fromkeys(thing.detail for thing in things if not thing.kind))
    sentences = [f"{title.rstrip('.')}."]
    if told:
        sentences.append(f"In the picture: {'; '.join(told)}.")
    if words:
        more = " and more" if len(words) > _MOST_WORDS else ""
        sentences.append(f"Words: {', '.join(words[:_MOST_WORDS])}{more}.")
    return " ".join(sentences)


def _counted(kind: str, details: Sequence[str]) -> str:
    if len(details) > 1:
        ending = "" if kind.endswith("s") else "es" if kind.endswith("x") else "s"
        return f"{len(details)} {kind}{ending}"
    return f"{kind} with {details[0]}" if details[0] else kind


def _things(scene: Any) -> Iterator[Thing]:
    for mobject in (*scene.mobjects, *scene.foreground_mobjects):
        if mobject is not getattr(scene, "heading", None):
            yield from _told(mobject)


def _told(mobject: Mobject) -> Iterator[Thing]:
    """What a mobject is; of a group, what it holds. Lines that join things are left out."""
    is_ours = type(mobject).__module__.startswith("mlanim.primitives")
    if isinstance(mobject, Wire):
        return
    if not is_ours or isinstance(mobject, Label | Formula | Token):
        if words := words_of(mobject) or words_of(getattr(mobject, "label", None)):
            yield Thing("", words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…")
        else:
            for child in mobject.submobjects:
                yield from _told(child)
        return
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", type(mobject).__name__)
    kind = " ".join(word if word.isupper() else word.lower() for word in kind.split())
    tensor = tensor_of((mobject,))
    if tensor is not None and 0 < len(tensor.printed) <= _MOST_NUMBERS:
        yield Thing(kind, ", ".join(tensor.printed.values()))
    elif tensor is not None and tensor.values.size > 1:
        yield Thing(kind, f"{' by '.join(map(str, tensor.values.shape))} numbers")
    else:
        yield Thing(kind, words_of(getattr(mobject, "label", None)))
