"""The operations of an expression, one after the other, each in the manner of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.operation import Evaluation, Operation
from mlanim.subjects.arrays.motion import fill, gather, show_dashes, stretch
from mlanim.subjects.arrays.primitives.code_line import CodeLine
from mlanim.subjects.arrays.primitives.operation_page import OperationPage

__all__ = ["code_page", "new_line", "play_all", "play_code", "play_operation", "turn_to_code"]

# What a kind's cells do, and how long one waits for the next (s).
_LAGS = {"elementwise": 0.05, "choose": 0.05, "index": 0.14, "arrange": 0.09, "join": 0.06}
_SLOW = ("reduction", "scan", "product")


def new_line(scene: Explainer, code: str) -> CodeLine:
    """A line of code that is not on the screen yet, to lay out what comes below it."""
    return CodeLine(code, area=scene.heading_room, theme=scene.theme)


def turn_to_code(scene: Explainer, line: CodeLine, *arrivals: Mobject) -> None:
    """A line of code takes the place of the heading; everything else goes, and arrivals come."""
    old = scene.heading
    scene.heading = line
    others = [mobject for mobject in scene.on_page if mobject is not old]
    arrival = do.retitle(old, line, place=False) if old else do.appear(line)
    coming = do.after(0.3, do.appear(*arrivals, lag=0.15)) if arrivals else do.after(0.3)
    scene.play(arrival, do.vanish(*others), coming)


def code_page(scene: Explainer, line: CodeLine) -> Area:
    """What a line of code leaves of the page."""
    return line.room(scene.area)


def play_code(
    scene: Explainer,
    code: str,
    arrays: Mapping[str, NDArray],
    *,
    rest: float = 1.0,
) -> Evaluation:
    """Write a line of code and play all its operations; NumPy has to accept it."""
    found = evaluate(code, arrays)
    if found.failure:
        raise UsageError(f"{code}: {found.failure}")
    play_all(scene, new_line(scene, code), found.operations, rest=rest)
    return found


def play_all(
    scene: Explainer, line: CodeLine, operations: Sequence[Operation], *, rest: float = 1.0
) -> OperationPage | None:
    """Operations in their order below the line that they are of; the last page stays."""
    before: OperationPage | None = None
    for operation in operations:
        before = play_operation(scene, line, operation, before)
        scene.wait(rest)
    return before


def play_operation(
    scene: Explainer,
    line: CodeLine,
    operation: Operation,
    before: OperationPage | None = None,
) -> OperationPage:
    """One operation: its operands come in (the last result moves to its place), then its cells."""
    page = OperationPage(operation, **scene.on(code_page(scene, line)))
    line.point_at(operation.span if operation.source != line.code else None)
    for grid in page.operands:
        show_dashes(grid, 0.0)
        for number in grid.copies:
            grid.show_cell(number, 0.0)
    _enter(scene, line, page, before)
    copying = [
        stretch(grid, _own_cells(operation, k))
        for k, grid in enumerate(page.operands)
        if grid.copies
    ]
    if copying:
        scene.play(*copying)
        scene.wait(0.4)
    _become(scene, page)
    return page


def _enter(
    scene: Explainer, line: CodeLine, page: OperationPage, before: OperationPage | None
) -> None:
    """Operands and frames come in; what the last page ended with moves to where it is used."""
    arrivals: list[Mobject] = [*page.operands]
    moving = []
    if before is not None:
        for grid, operand in zip(page.operands, page.operation.operands, strict=False):
            if operand.values is before.operation.result or (
                operand.text == before.operation.source
            ):
                scale = before.cell_size[1] / page.cell_size[1]
                moving.append(
                    do.appear(grid, start=before.result.frames, scale=scale, run_time=0.9)
                )
                arrivals.remove(grid)
                break
        scene.play(do.vanish(before), *moving, do.after(0.3, do.appear(*arrivals, lag=0.15)))
    else:
        turn_to_code(scene, line, *arrivals)
    scene.play(do.appear(page.signs, page.result, run_time=0.4))


def _become(scene: Explainer, page: OperationPage) -> None:
    """The result's cells come from the operands', as the operation's kind has it."""
    kind = page.operation.kind
    if kind == "create" or not len(page.operands):
        scene.play(fill(page.result))
    elif kind in _SLOW:
        scene.play(gather(page.operands, page.origins, page.result, slowly=True))
    else:
        lag = _LAGS[kind]
        scene.play(gather(page.operands, page.origins, page.result, lag=lag))


def _own_cells(operation: Operation, k: int) -> NDArray:
    """Of a stretched operand, which of its own cells each drawn one repeats."""
    values = operation.operands[k].values
    numbers = np.arange(values.size).reshape(values.shape)
    return np.broadcast_to(numbers, operation.result.shape)
