"""Einstein's notation: letters on the axes, the same letters meet, and the same as loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.primitives.text import shortened
from mlanim.subjects.arrays.acts.operations import code_page, new_line, turn_to_code
from mlanim.subjects.arrays.models.operation import Operation
from mlanim.subjects.arrays.models.subscripts import read_subscripts
from mlanim.subjects.arrays.motion import gather
from mlanim.subjects.arrays.primitives.operation_page import OperationPage

__all__ = ["TOUR", "play_einsum"]

TOUR: tuple[tuple[str, Mapping[str, NDArray]], ...] = (
    ("i,ij->i", {"a": np.array([0, 1, 2]), "b": np.arange(12).reshape(3, 4)}),
    ("ij,jk", {"a": np.array([[1, 2], [3, 4]]), "b": np.array([[1, 0, 2], [0, 1, 3]])}),
)


def play_einsum(scene: Explainer, code: str, operation: Operation) -> None:
    """Operands with letters on their axes; cells whose letters agree are multiplied and summed."""
    values = [operand.values for operand in operation.operands]
    names = [operand.text for operand in operation.operands]
    read = read_subscripts(operation.subscripts, [array.shape for array in values])
    line = new_line(scene, code)
    page = code_page(scene, line)
    words = _loops(scene, read.loops(names), page)
    high = float(words.height)
    above = show.Area(page.left, page.bottom + high + 0.5, page.width, page.height - high - 0.5)
    letters = [*read.operands, read.result]
    grids = OperationPage(operation, letters=letters, name="out", **scene.on(above))
    turn_to_code(scene, line, *grids.operands)
    scene.play(do.appear(grids.signs, grids.result))
    words.move_to([page.center[0], 0, 0]).align_baseline(
        page.bottom + high - words.cap_height + 0.1
    )
    scene.play(do.appear(words))
    scene.wait(0.8)
    scene.play(gather(grids.operands, grids.origins, grids.result, slowly=True, lag=0.5))
    scene.wait(1.6)


def _loops(scene: Explainer, loops: Sequence[str], page: show.Area) -> show.Label:
    """Lines of code as large as they fit; what is too long for any size is cut."""
    style: dict[str, Any] = {"theme": scene.theme, "mono": True}
    lines = [_kept(text) for text in loops]
    for size in ("body", "small"):
        words = show.Label("\n".join(lines), size=size, **style)
        if words.width <= page.width:
            return words
    cut = [shortened(text, page.width, size="small", **style) for text in lines]
    return show.Label("\n".join(cut), size="small", **style)


def _kept(text: str) -> str:
    """Spaces at the beginning of a line that stay there."""
    bare = text.lstrip(" ")
    return "\u00a0" * (len(text) - len(bare)) + bare
