"""A reader's expression on a reader's arrays, up to what NumPy says if it refuses."""

from __future__ import annotations

from collections.abc import Mapping

from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.subjects.arrays.acts.operations import code_page, play_operation, write_code
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.operation import Evaluation, Failure
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.code_line import CodeLine
from mlanim.subjects.arrays.primitives.side_by_side import arranged

__all__ = ["check_expression", "play_expression"]

_MOST = 24  # operations that make a film
_ROLES = ("context", "hidden", "decoder", "query")


def check_expression(
    text: str, arrays: Mapping[str, NDArray], *, show_error: bool = False
) -> Evaluation:
    """Evaluate it, and refuse what makes no film.

    Raises:
        UsageError: it cannot be read, has no operation or too many, or NumPy refuses it and
            nobody asked to see that.
    """
    found = evaluate(text, arrays)
    if found.failure and not show_error:
        raise UsageError(
            f"in the expression, `{found.failure.source}`",
            f"NumPy says {found.failure}",
            "--set show_error=true makes the film up to there",
        )
    if len(found.operations) > _MOST:
        raise UsageError(f"an expression of {len(found.operations)} operations", f"at most {_MOST}")
    if not found.operations and not found.failure:
        raise UsageError(
            f"the expression {text[:60]!r} computes nothing", "write one such as a + 1"
        )
    return found


def play_expression(scene: Explainer, found: Evaluation) -> None:
    """All operations in Python's order, and NumPy's refusal if there is one."""
    line = write_code(scene, found.text)
    before = None
    for operation in found.operations:
        before = play_operation(scene, line, operation, before)
        scene.wait(1.0)
    if found.failure:
        if before is not None:
            scene.play(do.vanish(before))
        play_failure(scene, line, found.failure)
    else:
        line.point_at(None)
    scene.wait(1.6)


def play_failure(scene: Explainer, line: CodeLine, failure: Failure) -> None:
    """The operands with their shapes, and what NumPy says of them."""
    line.point_at(failure.span if failure.source != line.code else None)
    area = code_page(scene, line)
    words = show.Label(
        str(failure), theme=scene.theme, role="score", weight="bold", size=0.28, width=area.width
    )
    low = words.height + 0.3
    words.move_to([area.center[0], 0, 0]).align_baseline(area.bottom + words.height - 0.2)
    shown = failure.operands[: len(_ROLES)]
    if shown:
        room = show.Area(area.left, area.bottom + low, area.width, area.height - low)
        grids = operand_row(scene, [(one.text, one.values) for one in shown], room)
        scene.play(do.appear(*grids, lag=0.2))
        scene.wait(0.8)
        labels = [grid.shape_label for grid in grids if len(grid.shape_label)]
        if labels:
            scene.play(*(do.highlight(label, theme=scene.theme, stays=True) for label in labels))
    scene.play(do.appear(words))
    scene.wait(1.5)


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
