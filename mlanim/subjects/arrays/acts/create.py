"""Arrays come into being: from a list, and from functions."""

from __future__ import annotations

from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.motion import fill
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import arranged

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
    body = page_room(scene)
    across = 1 if body.is_tall else 2
    down = [max(map(_height, values[i : i + across])) for i in range(0, len(values), across)]
    parts = [part for row in body.rows(*down) for part in row.columns(*[1] * across, gap=0.35)]
    plans = [arranged([v], part, scene.theme) for v, part in zip(values, parts, strict=True)]
    widest = max(plan.cell[0] / plan.cell[1] for plan in plans)
    high = min(plan.cell[1] for plan in plans)
    width = min(part.width for part in parts)
    high = min(high, *(0.94 * width / plan.plans[0].width / widest for plan in plans))
    for code, value, plan, part in zip(codes, values, plans, parts, strict=True):
        grid = ArrayGrid(
            value,
            role="context",
            theme=scene.theme,
            plan=plan.plans[0],
            cell=(high * widest, high),
        ).blank()
        grid.move_to(part.center)
        name = show.Label(code, theme=scene.theme, mono=True, weight="bold")
        name.move_to([part.center[0], 0, 0]).align_baseline(grid.get_top()[1] + 0.2)
        scene.play(do.appear(name), do.after(0.2, do.appear(grid)), do.after(0.5, fill(grid)))
        scene.wait(0.3)


def _height(value: NDArray) -> float:
    """How many rows of cells an array is high, with its code and its shape."""
    return 2.2 + (len(value) if value.ndim > 1 else 1)
