"""Transposed and reshaped: the cells keep their order in memory, which the strip below shows."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.area import Area
from mlanim.subjects.arrays.acts.operations import code_page, new_line, turn_to_code
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.provenance import origins
from mlanim.subjects.arrays.motion import gather
from mlanim.subjects.arrays.primitives.array_grid import ArrayGrid
from mlanim.subjects.arrays.primitives.side_by_side import arranged

__all__ = ["transpose_reshape"]

_DATA = np.array([[1, 2], [3, 4], [5, 6]])


def transpose_reshape(scene: Explainer) -> None:
    """The transpose reads the memory in another order, a reshape in the same one."""
    for code in ("data.T", "data.reshape(2, 3)", "data.reshape(6)"):
        _played(scene, code)


def _played(scene: Explainer, code: str) -> None:
    """The array over its memory, then the result filled in C order."""
    operation = evaluate(code, {"data": _DATA}).operations[0]
    line = new_line(scene, code)
    page = code_page(scene, line)
    strip_high = 2.2
    above = Area(page.left, page.bottom + strip_high, page.width, page.height - strip_high)
    below = Area(page.left, page.bottom, page.width, strip_high - 0.2)
    memory = _DATA.ravel()
    plan = arranged([_DATA, operation.result], above, scene.theme)
    style: dict[str, Any] = {"theme": scene.theme, "cell": plan.cell}
    source = ArrayGrid(_DATA, name="data", plan=plan.plans[0], **style)
    result = ArrayGrid(operation.result, role="encoder", plan=plan.plans[1], **style)
    plan.place([source, result], above)
    low = arranged([memory], below, scene.theme)
    strip = ArrayGrid(
        memory,
        name=scene.theme.words.said("in memory"),
        role="negative",
        theme=scene.theme,
        plan=low.plans[0],
        cell=low.cell,
        shape="",
    )
    below.place(strip)
    turn_to_code(scene, line, source, strip.blank())
    everyone = np.arange(memory.size).reshape(-1, 1)
    scene.play(gather([source], [everyone], strip, lag=0.12))
    scene.play(do.appear(result.blank()))
    own = origins(operation)[0].reshape(-1, 1)
    scene.play(gather([strip], [own], result, slowly=True, lag=0.25))
    scene.wait(1.2)
