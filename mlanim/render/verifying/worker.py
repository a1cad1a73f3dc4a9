"""An interpreter that renders a scene for `verify`: as Manim alone does, or as mlanim delivers it.

    python -m mlanim.render.verifying.worker manim|mlanim   # takes a pickled Pass, tells JSON lines

It imports Manim before it reads what is wanted. What the scene prints goes nowhere.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mlanim.errors import MlanimError
from mlanim.render.twins.lean_start import import_manim
from mlanim.render.verifying.one_pass import Pass

if TYPE_CHECKING:
    import numpy as np

__all__: list[str] = []


_Draw = Callable[[Pass, "_Teller"], None]


class _Teller:
    """Tells whoever asked, line by line; ends where nobody listens any more."""

    def __init__(self) -> None:
        self._pipe = os.dup(1)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)

    def __call__(self, **report: Any) -> None:
        """Tell one thing."""
        try:
            os.write(self._pipe, json.dumps(report).encode() + b"\n")
        except BrokenPipeError:
            os._exit(1)


def main(way: str) -> int:
    """Import Manim in one of the two ways, then do what is asked."""
    tell = _Teller()
    draw = _DRAWS[way]()
    task: Pass = pickle.load(sys.stdin.buffer)
    try:
        draw(task, tell)
    except MlanimError as error:
        tell(error=str(error), exit_code=error.exit_code)
        return 1
    except KeyboardInterrupt:
        return 130
    tell(done=True)
    return 0


def _manims() -> _Draw:
    importlib.import_module("manim")
    return _draw_as_manim


def _mlanims() -> _Draw:
    import_manim()
    return _render


def _draw_as_manim(task: Pass, tell: _Teller) -> None:
    from mlanim.render.plays.film import film_of
    from mlanim.render.sinks.digests import DigestWriter
    from mlanim.render.verifying.manims_frames import draw_as_manim

    writer = DigestWriter(task.frames, film_of(task.spec, task.spec.format))

    def take(rgba: np.ndarray, repeat: int) -> None:
        writer.frame(rgba, repeat)
        tell(frames=(repeat, repeat / task.spec.fps))

    draw_as_manim(task.scene, task.spec, task.folder / "media", take)
    writer.close()


def _render(task: Pass, tell: _Teller) -> None:
    from mlanim.render.engine import render
    from mlanim.render.memory.cache import Cache
    from mlanim.render.stage.observer import Observer
    from mlanim.render.stage.session import configured

    class Telling(Observer):
        sees_frames = False

        def frames_made(self, frames: int, seconds: float) -> None:
            tell(frames=(frames, seconds))

        def noted(self, line: str) -> None:
            tell(noted=line)

        def working(self, what: str, share: float) -> None:
            tell(working=(what, share))

    with configured(task.spec):
        scene_class = task.scene.load()
        render(
            scene_class,
            replace(task.spec, output=task.frames),
            progress=Telling(),
            jobs=task.jobs,
            rendered_before=task.warm,
            cache=Cache(task.cache) if task.cache else None,
        )


_DRAWS: dict[str, Callable[[], _Draw]] = {"manim": _manims, "mlanim": _mlanims}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
