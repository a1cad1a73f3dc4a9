"""Drawing sparingly: most of a check's time would go into frames that show nothing new.

A picture can flash more than three times a second only if something in it goes to and fro. Where
all that plays runs one way, and in no hurry, five frames a second show as much as all of them do.

Only the drawing is small. The scene is laid out for the size that was asked for, since Manim wraps
`Text` by the width in pixels: what is laid out for another size is another layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import Animation, ApplyWave, Scene, Wiggle
from manim.animation.updaters.update import UpdateFromFunc

__all__ = ["UNDRAWN", "sparing"]

UNDRAWN = np.zeros((0, 0, 4), dtype=np.uint8)  # what an observer gets of a frame that is not drawn

_DRAWN = 5.0  # frames a second where nothing can flash
_SHORT_SIDE = 90  # pixels: enough to see a flash, which is all that pixels are asked for
_HURRY = 0.5  # seconds: shorter animations may flash when they follow each other


def sparing(scene_class: type[Scene]) -> type[Scene]:
    """The same scene with the same times, which draws only the frames that can tell of a flash."""
    named = {"__module__": scene_class.__module__, "__doc__": scene_class.__doc__}
    return type(scene_class.__name__, (_Sparing, scene_class), named)


class _Sparing(Scene):
    """Steps through all frames as Manim does, and passes `UNDRAWN` on for those it leaves out."""

    _every = 0  # of how many frames one is drawn; 0 while Manim draws by itself
    _frame = 0

    def setup(self) -> None:
        """Let the camera draw in few pixels; the layout keeps the size that was asked for."""
        _draw_small(self.camera)
        super().setup()

    def play_internal(self, skip_rendering: bool = False) -> None:
        """Step through a play."""
        writer: Any = self.renderer.file_writer
        if skip_rendering or writer.sections[-1].skip_animations:
            super().play_internal(skip_rendering)
            return
        rate = float(self.camera.frame_rate)
        self._every = 1 if _may_flash(self) else max(1, round(rate / _DRAWN))
        self._frame = 0
        try:
            super().play_internal(skip_rendering=True)
        finally:
            self._every = 0

    def update_to_time(self, t: float) -> None:
        """Go to a frame, and draw it or only count it."""
        super().update_to_time(t)
        if not self._every:
            return
        renderer: Any = self.renderer
        if self._frame % self._every == 0:
            renderer.render(self, t, self.moving_mobjects)
        else:
            renderer.add_frame(UNDRAWN)
        self._frame += 1


def _draw_small(camera: Any) -> None:
    """Fewer pixels of the same frame."""
    width, height = camera.pixel_width, camera.pixel_height
    small = _SHORT_SIDE / min(width, height)
    if small < 1:
        camera.pixel_width, camera.pixel_height = round(width * small), round(height * small)
        camera.init_background()
        camera.reset()


def _may_flash(scene: Any) -> bool:
    """Whether what plays could go to and fro: by updaters, by its pace, or by being in a hurry."""
    if scene.updaters or any(mobject.get_family_updaters() for mobject in scene.mobjects):
        return True
    animations = list(_all(scene.animations or []))
    hurried = Counter(id(a.mobject) for a in animations if a.run_time < _HURRY)
    return (
        scene.duration < _HURRY
        or any(times > 2 for times in hurried.values())
        or any(isinstance(a, UpdateFromFunc | Wiggle | ApplyWave) for a in animations)
        or any(_turns_back(animation) for animation in animations)
    )


def _all(animations: Any) -> Iterator[Animation]:
    """Animations and, of groups and timelines, those inside."""
    for animation in animations:
        yield animation
        yield from _all(getattr(animation, "animations", None) or [])


def _turns_back(animation: Animation) -> bool:
    """Whether its pace ever runs backwards."""
    try:
        course = [animation.rate_func(float(t)) for t in np.linspace(0, 1, 17)]
    except (TypeError, ValueError, ArithmeticError):
        return True
    return bool((np.diff(course) < -1e-3).any())
