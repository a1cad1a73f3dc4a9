"""A picture of a scene between two plays, drawn aside while its film goes on."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.plays.film import film_of
from mlanim.render.sinks.picture import write_picture
from mlanim.render.workers.children import fork, settle_in
from mlanim.render.workers.company import in_company
from mlanim.render.workers.playing import forks_well

if TYPE_CHECKING:
    from manim import Scene

__all__ = ["DrawnAside"]


class DrawnAside:
    """A copy of this process that draws the scene as it stands, and ends: nothing of it is touched.

    Where a process cannot be copied, or the scene cannot be drawn, there is no picture.

    Args:
        scene: played by the engine's renderer, and between two plays.
        spec: of its film.
        path: of the picture, a PNG.
    """

    def __init__(self, scene: Scene, spec: RenderSpec, path: Path) -> None:
        self._path, self._pid = path, 0
        if forks_well() and not in_company():
            self._pid = fork()
            if not self._pid:
                _draw(scene, spec, path)

    def picture(self, *, wait: bool = False) -> Path | None:
        """Its file, once: when it is there, or with `wait`, as soon as it is."""
        if not self._pid:
            return None
        pid, status = self._pid, 1
        with suppress(ChildProcessError):  # the scene's own code has heard of its end
            ended, status = os.waitpid(pid, 0 if wait else os.WNOHANG)
            if not ended:
                return None
        self._pid = 0
        return self._path if status == 0 else None


def _draw(scene: Scene, spec: RenderSpec, path: Path) -> None:
    """In the copy, which never comes back from here."""
    code = 1
    try:
        settle_in()
        renderer: Any = scene.renderer
        pixels = renderer.as_it_stands(scene)
        write_picture(path, pixels, renderer.camera.background, film_of(spec, "png"))
        code = 0
    finally:
        os._exit(code)
