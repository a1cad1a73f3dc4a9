"""Arrays come into being: from a list, and from functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.motion import fill
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import Arrangement, arranged

__all__ = ["create"]

_CODES = (
    ("array([1, 2, 3])", "zeros(3)", "ones(3)", "arange(3)"),
    ("array([[1], [2]])", "ones((3, 2))", "eye(3)", "linspace(0, 1, 3)"),
)


def create(scene: Explainer) -> None:
    """Two pages of four arrays, each below the code that makes it."""
    for heading, codes in zip(("One axis", "More axes, and steps between"), _CODES, strict=True):
        scene.turn_to(heading)
        _four(scene, codes)
        scene.wait(1.4)


def _four(scene: Explainer, codes: tuple[str, ...]) -> None:
    """One after the other: code, then its cells."""
    values = [evaluate(code).value for code in codes]
    names = [show.Label(code, theme=scene.theme, mono=True, weight="bold") for code in codes]
    widest = max(name.width for name in names)
    each = [_placed(scene, values, across) for across in (1, 2)]
    wide = [one for one in each if min(part.width for part in one[0]) >= widest] or each[:1]
    parts, plans, cell = max(wide, key=lambda one: one[2][1])
    for name, value, plan, part in zip(names, values, plans, parts, strict=True):
        style: dict[str, Any] = {"role": "context", "theme": scene.theme}
        grid = ArrayGrid(value, plan=plan.plans[0], cell=cell, **style).blank()
        grid.move_to(part.center)
        name.move_to([part.center[0], 0, 0]).align_baseline(grid.get_top()[1] + 0.2)
        scene.play(do.appear(name), do.after(0.2, do.appear(grid)), do.after(0.5, fill(grid)))
        scene.wait(0.3)


def _placed(
    scene: Explainer, values: Sequence[NDArray], across: int
) -> tuple[list[show.Area], list[Arrangement], tuple[float, float]]:
    """Where arrays stand, so many beside each other, with the cell that all of them can have."""
    body = page_room(scene)
    down = [max(map(_height, values[i : i + across])) for i in range(0, len(values), across)]
    parts = [part for row in body.rows(*down) for part in row.columns(*[1] * across, gap=0.35)]
    plans = [arranged([v], part, scene.theme) for v, part in zip(values, parts, strict=True)]
    widest = max(plan.cell[0] / plan.cell[1] for plan in plans)
    high = min(plan.cell[1] for plan in plans)
    width = min(part.width for part in parts)
    high = min(high, *(0.94 * width / plan.plans[0].width / widest for plan in plans))
    return parts, plans, (high * widest, high)


def _height(value: NDArray) -> float:
    """How many rows of cells an array is high, with its code and its shape."""
    return 2.2 + (len(value) if value.ndim > 1 else 1)
