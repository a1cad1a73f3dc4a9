"""Sayings: while a scene plays, what each step is headed, says, and shows, in words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Scene

from mlanim.primitives.seen import few
from mlanim.publish.things import Thing, things_of
from mlanim.publish.words import step_title
from mlanim.render.plays.sections import steps_of
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of

__all__ = ["Sayings", "alternative"]

_MOST_DETAILS = 8  # of things of one kind
_MOST_LISTS = 3  # of things that are lists themselves
_MOST_WORDS = 12
_CLEARED = 0.75  # of the things that were there: below it, a step has cleared up


class Sayings(Observer):
    """Follows a scene's steps, fast-forwarded or shown; each is known as `moment_of` names it.

    Attributes:
        says: the words of each step, by its path.
        headings: the first heading that stood over each step.
        things: what was on screen before the step cleared up.
        closing: what was there at the end, or before all was cleared up.
    """

    sees_frames = False

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self.things: dict[str, list[Thing]] = {}
        self.closing: list[Thing] = []

    def play_finished(self, scene: Scene, time: float) -> None:
        """Look at how a play ended."""
        self._look(scene)

    def play_skipped(self, scene: Scene) -> None:
        """Look at how a play ended that was fast-forwarded."""
        self._look(scene)

    def _look(self, scene: Scene) -> None:
        for step in steps_of(scene):
            self.says.setdefault(step.path, step.say)
        name = moment_of(scene).step
        if heading := getattr(scene, "heading", None):
            self.headings.setdefault(name, heading.text)
        things = things_of(scene)
        self.closing = things or self.closing
        if len(things) >= _CLEARED * len(self.things.get(name, ())):
            self.things[name] = things

    def title(self, step: str) -> str:
        """What a step is headed: on screen if it is, else by its name."""
        return self.headings.get(step) or step_title(step)

    def alternative(self, step: str) -> str:
        """What the picture of a step's end shows, for those who cannot see it."""
        return alternative(self.title(step), self.things.get(step, self.closing))


def alternative(title: str, things: Sequence[Thing]) -> str:
    """A title and things as sentences: of each kind how many, and the words that stand there.

    >>> columns = [Thing("column of 2 numbers", name) for name in ("h1", "h2")]
    >>> alternative("Scores", [*columns, Thing("row of 2 bars"), Thing("", "cat")])
    'Scores. In the picture: 2 columns of 2 numbers: h1, h2; a row of 2 bars. Words: cat.'
    """
    kinds: dict[str, list[Thing]] = {}
    for thing in things:
        if thing.what:
            kinds.setdefault(thing.what, []).append(thing)
    told = [_told(alike) for alike in kinds.values()]
    words = list(dict.fromkeys(thing.detail for thing in things if not thing.what))
    sentences = [title if title.endswith(("?", "!", "…")) else f"{title.rstrip('.')}."]
    if told:
        sentences.append(f"In the picture: {'; '.join(told)}.")
    if words:
        sentences.append(f"Words: {few(words, _MOST_WORDS)}.")
    return " ".join(sentences)


def _told(alike: Sequence[Thing]) -> str:
    """Things of one kind: how many, and what each of them is, where that can be followed."""
    counted = alike[0].counted(len(alike))
    details = list(dict.fromkeys(thing.detail for thing in alike if thing.detail))
    if not details or len(details) > _MOST_DETAILS:
        return counted
    if any(", " in detail for detail in details):
        return f"{counted}: {few(details, _MOST_LISTS, ' and ')}"
    return f"{counted}: {', '.join(details)}"
