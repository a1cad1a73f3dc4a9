"""Several animations as one: in turn or together, each on the stage only while its time lasts.

Manim's AnimationGroup lifts what it animates out of its parents (a primitive would no longer be
whole on the screen), shows every newcomer from the first frame, and keeps temporaries to the last.
A Timeline does none of that: what is promised stays on the screen, what was carried is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Group, Mobject, Scene, linear
from manim.animation.animation import prepare_animation

from mlanim.motion.on_screen import is_on_screen

__all__ = ["Timeline", "in_turn", "together"]


class Timeline(Animation):
    """Animations with a start each, in seconds; it lasts until the last of them has ended.

    Each begins, and enters the scene, when its time comes; when it ends it cleans up after itself.
    `run_time` stretches or squeezes the whole.
    """

    starts_anew = True

    def __init__(
        self,
        animations: Sequence[Any],
        starts: Sequence[float],
        *,
        run_time: float | None = None,
        **kwargs: Any,
    ) -> None:
        self.animations = [prepare_animation(animation) for animation in animations]
        self.starts = list(starts)
        self.ends = [
            start + animation.run_time
            for start, animation in zip(self.starts, self.animations, strict=True)
        ]
        self.length = max(self.ends, default=0.0)
        self.scene: Scene | None = None
        # Manim redraws in each frame only what belongs to an animation's mobject, and what enters
        # later only if something moved from the start: this empty marker is that something.
        self.marker = Mobject()
        self.is_part = False  # of a Timeline, whose marker serves both
        for part in self.animations:
            if isinstance(part, Timeline):
                part.is_part = True
        stage = Group(self.marker, *_distinct(a.mobject for a in self.animations))
        super().__init__(
            stage,
            introducer=True,  # the parts enter by themselves, the group never does
            rate_func=kwargs.pop("rate_func", linear),
            run_time=max(self.length if run_time is None else run_time, 1e-3),
            suspend_mobject_updating=False,
            **kwargs,
        )

    def _setup_scene(self, scene: Scene | None) -> None:
        self.scene = scene
        if scene is not None and not self.is_part:
            scene.add(self.marker)

    def begin(self) -> None:
        """Nothing is copied here: each animation begins in its turn."""
        self.begun = np.zeros(len(self.animations), dtype=bool)
        self.ended = np.zeros(len(self.animations), dtype=bool)
        self.interpolate(0)

    def interpolate(self, alpha: float) -> None:
        """Bring every animation to its state at this share of the whole time."""
        self._advance(self.rate_func(min(max(alpha, 0.0), 1.0)) * self.length)

    def finish(self) -> None:
        """End what has not ended yet, in order."""
        self._advance(np.inf)

    def clean_up_from_scene(self, scene: Scene) -> None:
        """Only the marker is left to take away."""
        self._on_finish(scene)
        if not self.is_part:
            scene.remove(self.marker)

    def update_mobjects(self, dt: float) -> None:
        """Updaters run only in what is on its way."""
        for index in np.flatnonzero(self.begun & ~self.ended):
            self.animations[index].update_mobjects(dt)

    def _advance(self, time: float) -> None:
        gone: list[Mobject] = []
        # In the order of their starts: a skipped play goes through all of them in a single step.
        for index in np.argsort(self.starts, kind="stable"):
            animation = self.animations[index]
            if self.ended[index] or time < self.starts[index]:
                continue
            entered = not self.begun[index]
            if entered:
                self._enter(animation)
                self.begun[index] = True
            if time >= self.ends[index]:
                self._leave(animation)
                self.ended[index] = True
                if animation.is_remover():
                    gone.append(animation.mobject)
            elif not (entered and time == self.starts[index] and _begins_at_zero(animation)):
                animation.interpolate((time - self.starts[index]) / animation.run_time)
        if gone and self.scene is not None and self.scene.moving_mobjects:
            # Scene.remove forgets the list from which this play's frames are drawn.
            shown = set(self.scene.get_mobject_family_members())  # some may have come again
            left = [mobject for mobject in gone if mobject not in shown]
            self.scene.restructure_mobjects(left, "moving_mobjects")

    def _enter(self, animation: Animation) -> None:
        animation._setup_scene(self.scene)
        mobject = animation.mobject
        if (
            self.scene is not None
            and not animation.is_introducer()
            and mobject is not None
            and not is_on_screen(self.scene, mobject)
        ):
            self.scene.add(mobject)
        animation.begin()

    def _leave(self, animation: Animation) -> None:
        animation.finish()
        if self.scene is not None:
            animation.clean_up_from_scene(self.scene)


def _begins_at_zero(animation: Animation) -> bool:
    """Whether to begin it brought it to its first moment: a reader's may begin otherwise."""
    return type(animation).begin in (Animation.begin, Timeline.begin)


def in_turn(*animations: Any, overlap: float = 0.0, **kwargs: Any) -> Timeline:
    """One after the other; `overlap` is the share of each that the next one does not wait for.

    >>> from manim import FadeIn, Square
    >>> in_turn(FadeIn(Square()), FadeIn(Square(), run_time=2)).run_time
    3.0
    """
    prepared = [prepare_animation(animation) for animation in animations]
    starts = np.cumsum([0.0, *((1 - overlap) * a.run_time for a in prepared)])[: len(prepared)]
    return Timeline(prepared, starts.tolist(), **kwargs)


def together(*animations: Any, lag: float = 0.0, **kwargs: Any) -> Timeline:
    """At once, or each `lag` seconds after the one before.

    >>> from manim import FadeIn, Square
    >>> together(FadeIn(Square()), FadeIn(Square()), lag=0.5).run_time
    1.5
    """
    return Timeline(animations, [lag * index for index in range(len(animations))], **kwargs)


def _distinct(mobjects: Any) -> list[Mobject]:
    return list({id(m): m for m in mobjects if m is not None}.values())
