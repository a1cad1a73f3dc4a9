"""The state in which a scene stands between its plays, as one digest.

Processes that draw parts of a film must be in the very state in which one process would be. Both
sides of a handover tell this digest: a clock, entropy, a file or network that was read twice, the
order of a set, what a thread has brought shows in it, wherever it came from.

It takes in what the scene shows and keeps, the local variables of the code that is running, the
modules of the reader's own, generators of random numbers, and the camera. What is somebody else's
business (open files, locks, animations that have ended) counts by its kind alone.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from functools import cache
from itertools import compress, repeat, takewhile
from operator import is_not
from types import FrameType
from typing import Any

import manim
import numpy as np
from manim import Scene

from mlanim.render.watched.reaching import Walk, variables_of
from mlanim.render.watched.readers_module import STDLIB, is_readers_module
from mlanim.render.watched.told_mobject import ToldMobjects
from mlanim.scene_module import SCENES

__all__ = ["ReadersModules", "state_of", "state_of_modules"]

# Of a scene, what belongs to the play and not to what was played; of a camera, its pixels.
_OF_THE_PLAY = frozenset(
    {"last_t", "duration", "animations", "time_progression", "stop_condition"}
    | {"moving_mobjects", "static_mobjects", "renderer", "mouse_drag_point", "mouse_point"}
)
_PIXELS = frozenset(
    {"pixel_array", "background", "pixel_array_to_cairo_context", "display_funcs", "frame"}
    | {"_times_painted"}
)

_PLAYS = "mlanim.render.workers.playing"  # runs the scene: what lies below is no business of its


class ReadersModules:
    """The modules whose state is a scene's: all that are no library's.

    Of scene files only its own: what was rendered before in this process is none of its business.
    Only those are looked at that have come since, which the last of them tells: in a process that
    has forked, to touch thousands of modules costs more than what the reader's hold.
    """

    def __init__(self, scene_class: type[Scene]) -> None:
        self._of_scene = scene_class.__module__
        self._as_of = 0, ""
        self._names: list[str] = []
        self._found()  # here, once: those who are forked off know them too

    def held(self) -> Iterator[dict[str, Any]]:
        """What each of them holds, without what it has from Manim."""
        theirs = vars(manim)
        for name in self._found():
            module = sys.modules.get(name)
            held = dict(getattr(module, "__dict__", {}))
            own = map(is_not, held.values(), map(theirs.get, held, repeat(module)))
            yield {key: held[key] for key in compress(held, own) if not key.startswith("__")}

    def _found(self) -> list[str]:
        now = len(sys.modules), next(reversed(sys.modules))
        if now != self._as_of:
            count, last = self._as_of
            came = list(takewhile(lambda name: name != last, reversed(sys.modules)))[::-1]
            if len(came) != now[0] - count:  # others went
                self._names, came = [], list(sys.modules)
            self._as_of = now
            self._names += [name for name in came if self._has(name, sys.modules.get(name))]
        return self._names

    def _has(self, name: str, module: Any) -> bool:
        if name == self._of_scene:
            return True
        file = getattr(module, "__file__", None)
        return not name.startswith(SCENES) and is_readers_module(name, file)


def state_of(
    scene: Scene, modules: ReadersModules | None = None, mobjects: ToldMobjects | None = None
) -> str:
    """A digest of where the scene stands; the same in all processes that draw one film.

    Args:
        modules: the reader's; None: they are looked for.
        mobjects: what was told of them before in this process, or in one that forked it off.
    """
    walk = Walk(mobjects)
    renderer = scene.renderer
    walk.take(("time", renderer.time, renderer.num_plays))
    walk.take(random.getstate())
    walk.take(np.random.get_state())
    walk.take(_attributes(renderer.camera, _PIXELS))
    walk.take(getattr(renderer.camera, "frame", None))
    walk.take(_attributes(scene, _OF_THE_PLAY))
    for variables in _running(sys._getframe(1)):
        walk.take(variables)
    for held in (modules or ReadersModules(type(scene))).held():
        walk.take(held)
    return walk.digest()


def state_of_modules(scene_class: type[Scene]) -> str:
    """A digest of what the reader's modules hold, without a scene that plays."""
    walk = Walk()
    for held in ReadersModules(scene_class).held():
        walk.take(held)
    return walk.digest()


def _attributes(thing: Any, left_out: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in vars(thing).items() if name not in left_out}


def _running(frame: FrameType | None) -> Iterator[dict[str, Any]]:
    """The variables of the scene's code that is running: of its acts and of the reader's."""
    while frame is not None:
        module = frame.f_globals.get("__name__") or ""
        if module == _PLAYS:
            return
        if not _is_machinery(module):
            yield variables_of(frame)
        frame = frame.f_back


@cache
def _is_machinery(module: str) -> bool:
    top = module.partition(".")[0]
    return top in ("manim", *STDLIB) or module.startswith("mlanim.render")
