"""Sayings: while a scene plays, what each step is headed, says, and shows, in words."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Scene
from manim.mobject.types.image_mobject import AbstractImageMobject

from mlanim.explainer import Explainer
from mlanim.publish.telling import asked_of, sentences
from mlanim.publish.things import Thing, things_of
from mlanim.render.plays.sections import steps_of
from mlanim.render.stage.observer import Observer
from mlanim.review.moment import moment_of
from mlanim.steps import step_title
from mlanim.words.table import ENGLISH, Words

__all__ = ["WHOLE", "Sayings", "alternative"]

WHOLE = ""  # in place of a step: the whole scene
_CLEARED = 0.75  # of the things that were there, and
_EMPTIER = 0.5  # of the parts that leave ink: below both, a step has cleared up


class Sayings(Observer):
    """Follows a scene's steps, fast-forwarded or shown; each is known as `moment_of` names it.

    Attributes:
        says: the words of each step, by its path.
        headings: the first heading that stood over each step.
        things: what was on screen before the step cleared up.
        moments: when that was, in seconds of the output; of the whole scene, too.
        closing: what was there at the end, or before all was cleared up.
        words: the scene's table of words, which what is told passes.
    """

    sees_frames = False

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self.things: dict[str, list[Thing]] = {}
        self.moments: dict[str, float] = {}
        self._parts: dict[str, int] = {}
        self.closing: list[Thing] = []
        self.words = ENGLISH

    def play_finished(self, scene: Scene, time: float) -> None:
        """Look at how a play ended."""
        self._look(scene, time)

    def play_skipped(self, scene: Scene) -> None:
        """Look at how a play ended that was fast-forwarded."""
        self._look(scene)

    def _look(self, scene: Scene, time: float | None = None) -> None:
        for step in steps_of(scene):
            self.says.setdefault(step.path, step.say)
        name = moment_of(scene).step
        if heading := getattr(scene, "heading", None):
            self.headings.setdefault(name, heading.text)
        if isinstance(scene, Explainer):
            self.words = scene.theme.words
        things = things_of(scene)
        asked_of(things, self.words)
        self.closing = things or self.closing
        parts = _parts(scene)
        for whose in (name, WHOLE):
            # Fewer things may show as much: a page that turned has not cleared up.
            fewer = len(things) < _CLEARED * len(self.things.get(whose, ()))
            emptier = parts < _EMPTIER * self._parts.get(whose, 0)
            if emptier and (fewer or not things):
                continue
            self.things[whose], self._parts[whose] = things, parts
            if time is not None:
                self.moments[whose] = time

    def title(self, step: str) -> str:
        """What a step is headed: on screen if it is, else by its name."""
        return self.headings.get(step) or self.words.said(step_title(step), "step")

    def way(self, step: str) -> str:
        """A step's path, of a translated film in its words."""
        if not self.words.entries:
            return step
        parts = step.split("/")
        return "/".join(self.words.said(step_title(part), "step") for part in parts)

    def alternative(self, step: str) -> str:
        """What the picture of a step's end shows, for those who cannot see it."""
        return alternative(self.title(step), self.things.get(step, self.closing), self.words)


def _parts(scene: Scene) -> int:
    """How many mobjects leave ink."""
    return sum(
        isinstance(part, AbstractImageMobject) or bool(part.has_points())
        for mobject in scene.mobjects
        for part in mobject.get_family()
    )


def alternative(title: str, things: Sequence[Thing], words: Words = ENGLISH) -> str:
    """A title and things as sentences: of each kind how many, and the words that stand there.

    >>> columns = [Thing("column of 2 numbers", name) for name in ("h1", "h2")]
    >>> alternative("Scores", [*columns, Thing("row of 2 bars"), Thing("", "cat")])
    'Scores. In the picture: 2 columns of 2 numbers: h1, h2; a row of 2 bars. Words: cat.'
    """
    first = title if title.endswith(("?", "!", "…", "。")) else f"{title.rstrip('.')}."
    return " ".join([first, *sentences(things, words)])
