"""What a stage shows follows from the stage alone, to the last bit.

Films are drawn by processes that come to a stage on different ways.
"""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import VMobject

PACKAGE = Path(__file__).parents[2] / "mlanim"
SETS = ("set_stage", "set_camera")


def staged() -> list[str]:
    """The modules of nouns that have stages."""
    found = []
    for path in sorted(PACKAGE.glob("subjects/*/primitives/*.py")):
        source = path.read_text(encoding="utf-8")
        if any(f"def {name}(" in source for name in SETS) and ">>> " in source:
            parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
            found.append(".".join(parts))
    return found


def things_of(name: str) -> list[Any]:
    """What the examples of a module make that has stages."""
    found: list[Any] = []
    for test in doctest.DocTestFinder(recurse=True).find(import_module(name)):
        held: dict[str, Any] = dict(test.globs)
        for example in test.examples:
            exec(compile(example.source, test.name, "single"), held)
        found += [
            thing
            for thing in held.values()
            if not isinstance(thing, type) and any(hasattr(type(thing), one) for one in SETS)
        ]
    return found


def points_of(thing: VMobject) -> list[bytes]:
    return [member.points.tobytes() for member in thing.get_family()]


@pytest.mark.parametrize("name", staged())
def test_a_stage_is_the_same_on_every_way(name: str) -> None:
    things = things_of(name)
    assert things
    for thing in things:
        put = getattr(thing, next(one for one in SETS if hasattr(type(thing), one)))
        for stage in (1, 0):
            put(stage)
            straight = points_of(thing)
            for way in np.random.default_rng(0).uniform(0, 3, 30):
                put(float(way))
            put(stage)
            assert points_of(thing) == straight
