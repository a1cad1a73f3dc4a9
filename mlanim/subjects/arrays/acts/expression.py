"""A reader's expression on a reader's arrays, up to what NumPy says if it refuses."""

from __future__ import annotations

from typing import Any

from manim import Mobject
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.operations import code_page, new_line, play_all, turn_to_code
from mlanim.subjects.arrays.models.operation import Evaluation, Failure
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.code_line import CodeLine
from mlanim.subjects.arrays.primitives.side_by_side import arranged
from mlanim.words.table import AsIs

__all__ = ["play_expression"]

_ROLES = ("context", "hidden", "decoder", "query")


def play_expression(scene: Explainer, found: Evaluation) -> None:
    """All operations in Python's order, and NumPy's refusal if there is one."""
    line = new_line(scene, found.text)
    last = play_all(scene, line, found.operations)
    if found.failure:
        play_failure(scene, line, found.failure, last)
    else:
        line.point_at(None)
        scene.wait(1.6)


def play_failure(
    scene: Explainer, line: CodeLine, failure: Failure, before: Mobject | None = None
) -> None:
    """The operands with their shapes, in place of what was before, and what NumPy says of them."""
    line.point_at(failure.span if failure.source != line.code else None)
    area = code_page(scene, line)
    words = _told(scene, AsIs(str(failure)), area)
    low = words.height + 0.3
    words.move_to([area.center[0], 0, 0]).align_baseline(area.bottom + words.height - 0.2)
    room = show.Area(area.left, area.bottom + low, area.width, area.height - low)
    shown = [(one.text, one.values) for one in failure.operands[: len(_ROLES)]]
    grids = operand_row(scene, shown, room) if shown else []
    if before is None:
        turn_to_code(scene, line, *grids)
    else:
        scene.play(do.vanish(before), do.after(0.3, do.appear(*grids, lag=0.2)))
    scene.wait(0.8)
    if labels := [grid.shape_label for grid in grids if len(grid.shape_label)]:
        scene.play(*(do.highlight(label, theme=scene.theme, stays=True) for label in labels))
    scene.play(do.appear(words))
    scene.wait(3.2)


def _told(scene: Explainer, text: str, area: show.Area) -> show.Label:
    """Words in one line, as large as they fit, or in several."""
    style: dict[str, Any] = {"theme": scene.theme, "role": "score", "weight": "bold"}
    for size in (0.34, 0.3, 0.26):
        words = show.Label(text, size=size, **style)
        if words.width <= area.width:
            return words
    return show.Label(text, width=area.width, **style)


def operand_row(
    scene: Explainer, named: list[tuple[str, NDArray]], area: show.Area
) -> list[ArrayGrid]:
    """Arrays beside or below each other, as large as the area allows."""
    arrays = [values for _, values in named]
    plan = arranged(arrays, area, scene.theme)
    grids = [
        ArrayGrid(values, name=text, role=role, theme=scene.theme, plan=own, cell=plan.cell)
        for (text, values), role, own in zip(named, _ROLES, plan.plans, strict=False)
    ]
    plan.place(grids, area)
    return grids
