"""The sections of a plain Manim scene are its steps: chapters, slides, and parts that render alone.

`self.next_section("Two roots")` begins the step `Two-roots`; one without a name begins none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from manim import Scene
from manim.utils.exceptions import EndSceneEarlyException

from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.scene_file import section_path
from mlanim.steps import Selection, Step

__all__ = ["Sections", "steps_of"]

_NAMELESS = ("unnamed", "autocreated")


def steps_of(scene: Scene) -> Sequence[Step]:
    """The steps that have begun: an explainer's own, a plain scene's sections."""
    if isinstance(scene, Explainer):
        return scene.steps
    sections: Any = getattr(scene.renderer, "sections", None)
    return sections.steps if isinstance(sections, Sections) else ()


class Sections:
    """Counts a plain scene's sections and says which of them are shown.

    Args:
        selection: the steps to show; an empty one is the whole scene, as it says itself.
    """

    def __init__(self, selection: Selection | None = None) -> None:
        self.steps: list[Step] = []
        self.selection = Selection() if selection is None else selection
        self._occurrences: Counter[str] = Counter()

    def begin(self, name: str, plays: int, *, skipped: bool) -> bool:
        """A section begins after so many plays; whether it is fast-forwarded.

        Raises:
            EndSceneEarlyException: nothing that comes can be wanted.
        """
        self.close(plays)
        path = "" if name in _NAMELESS else section_path(name)
        wanted = bool(path) and self.selection.begins(path)
        if self.selection and not wanted and self.selection.exhausted:
            raise EndSceneEarlyException
        skipped = not wanted if self.selection else skipped
        skipped = skipped or (bool(path) and self.selection.leaves_out(path))
        if path:
            self._occurrences[path] += 1
            nth = self._occurrences[path]
            self.steps.append(Step(name, path, "", 0, nth, plays, shown=not skipped))
        return skipped

    def close(self, plays: int) -> None:
        """End the section that is open, after so many plays."""
        if self.steps and self.steps[-1].last_play is None:
            self.steps[-1].last_play = plays

    def finish(self, scene: str, plays: int) -> None:
        """The scene of this name has ended: every step that was asked for must have come.

        Raises:
            UsageError: one has not.
        """
        self.close(plays)
        if self.selection and not self.steps:
            raise UsageError(
                f"{scene} is a plain Manim scene without sections, so --steps finds none",
                'begin one by self.next_section("name")',
            )
        self.selection.check(step.path for step in self.steps)
