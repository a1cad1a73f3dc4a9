"""What other libraries hold of the names that Manim's and mlanim's code mentions."""

from __future__ import annotations

import builtins
import importlib.util
import os
import random
import sys
import time
from collections.abc import Container, Iterable
from types import ModuleType
from typing import Any

from mlanim.render.known.namespaces import Namespace, can_change, does

__all__ = ["Others", "is_anothers", "is_ours"]

_WATCHED = ("manim", "mlanim")
_SCENES = "mlanim.scenes."  # are like a reader's, who may derive from them
# Heard elsewhere (see `unaudited`), or no part of what is shown.
_OF_THE_WORLD = (os, random, random.Random, time, type(os.environ), importlib.util)
_CONSTANTS = (int, float, complex, str, tuple)


class Others:
    """Modules and classes of other libraries, as they were when they were first looked at."""

    def __init__(self) -> None:
        self._known: dict[int, Namespace] = {}

    def look(self, values: Iterable[Any], mentioned: Container[str]) -> None:
        """Look at those among some values, and at those that they hold at names that matter."""
        waiting = [builtins, *filter(is_anothers, values)]
        seen = set()
        while waiting:
            owner = waiting.pop()
            if id(owner) in seen or owner in _OF_THE_WORLD:
                continue
            seen.add(id(owner))
            known = self._known.get(id(owner))
            if known is None:  # others may be mentioned by what is imported later
                held = [name for name, value in vars(owner).items() if _counts(owner, name, value)]
                known = self._known[id(owner)] = Namespace(owner, held)
            if isinstance(owner, ModuleType):
                held_now = (known.found(name) for name in known.names if name in mentioned)
                waiting += filter(is_anothers, held_now)

    def of(self, owner: Any) -> Namespace | None:
        """What one of them held, if it was looked at."""
        return self._known.get(id(owner))

    def parts(self, mentioned: Container[str]) -> list[tuple[Namespace, list[str]]]:
        """Each of them with its names that matter."""
        return [
            (namespace, [name for name in namespace.names if name in mentioned])
            for namespace in self._known.values()
        ]


def is_ours(module: Any) -> bool:
    """Whether a module of that name is Manim's or mlanim's, and none of its bundled scenes."""
    if type(module) is not str or module.startswith(_SCENES):
        return False
    return module.partition(".")[0] in _WATCHED


def is_anothers(value: Any) -> bool:
    """Whether it is a module or class of another library, which somebody can change."""
    return can_change(value) and not is_ours(getattr(value, "__module__", value.__name__))


def _counts(owner: Any, name: str, value: Any) -> bool:
    """Whether it does something, or is a constant: what begins with _ may change by itself."""
    if does(value):
        return True
    is_module = isinstance(owner, ModuleType) and owner is not sys
    return is_module and type(value) in _CONSTANTS and not name.startswith("_")
