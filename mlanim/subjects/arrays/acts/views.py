"""A slice shares its cells with the array, a copy does not: writing into one shows it."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.operations import code_page, new_line, turn_to_code
from mlanim.subjects.arrays.motion import gather
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import arranged

__all__ = ["views"]

_VALUES = np.array([4, 8, 1, 7, 3])
_WRITTEN = 99


def views(scene: Explainer) -> None:
    """The same line of writing after a slice and after a list of places."""
    _written(scene, "b = a[1:4]", slice(1, 4), "A slice is a view: it shares the cells of a")
    _written(scene, "b = a[[1, 2, 3]]", [1, 2, 3], "A list of places makes a copy, and a stays")


def _written(scene: Explainer, code: str, index: slice | list[int], told: str) -> None:
    """Take a part, write into it, look at both."""
    a = _VALUES.copy()
    b = a[index]
    line = new_line(scene, f"{code}; b[0] = {_WRITTEN}")
    low, area = reversed(code_page(scene, line).rows(5, 1, gap=0.1))
    plan = arranged([a, b], area, scene.theme, rows=[[0], [1]])
    source = ArrayGrid(a, name="a", theme=scene.theme, plan=plan.plans[0], cell=plan.cell)
    part = ArrayGrid(
        b, name="b", role="encoder", theme=scene.theme, plan=plan.plans[1], cell=plan.cell
    )
    plan.place([source, part], area)
    # Cell i of b stands below the cell that it is, or was.
    part.shift([source.cell_of(1).get_x() - part.cell_of(0).get_x(), 0, 0])
    part.blank()
    line.point_at((0, len(code)))
    turn_to_code(scene, line, source, part)
    picked = np.arange(len(a))[index].reshape(-1, 1)
    scene.play(gather([source], [picked], part, lag=0.14))
    shares = bool(np.shares_memory(a, b))
    scene.wait(0.5)
    line.point_at((len(code) + 2, len(line.code)))
    b[0] = _WRITTEN
    part.set_values(b)
    scene.play(do.highlight(part.cell_of(0), theme=scene.theme))
    if shares:
        scene.play(do.flow(part.whole_cell(0), source.cell_of(1), bend=0, run_time=0.8))
    source.set_values(a)
    words = show.Label(told, theme=scene.theme, weight="bold", size=0.28, width=low.width)
    scene.play(do.appear(low.place(words)), do.highlight(source.cell_of(1), theme=scene.theme))
    scene.wait(2.2)
