"""How the code of a position is made: sines and cosines, slow ones and fast ones."""

from __future__ import annotations

import numpy as np
from manim import DOWN, VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.models.positions import PositionForm, sinusoidal
from mlanim.primitives.short_vector import short_vector
from mlanim.subjects.transformer import PositionMap, WavePlot

__all__ = ["FORM_NAMES", "both_forms", "code_table", "waves"]

FORM_NAMES: dict[PositionForm, str] = {
    "interleaved": "sine, cosine in turn (the paper)",
    "split": "sines, then cosines",
}


def code_table(scene: Explainer, width: int, count: int, form: PositionForm) -> None:
    """The codes of the first positions, number by number."""
    codes = sinusoidal(count, width, form)
    body = scene.body
    top, rest = body.rows(1, 6, gap=0.2)
    name = show.Label(FORM_NAMES[form], theme=scene.theme, role="context", weight="bold")
    formula = "sin, cos of position ÷ 10000^(2i/d)"
    if form == "split":
        formula = "sin, cos of position ÷ 10000^(i/(d/2 − 1))"
    rule = show.Label(formula, theme=scene.theme, role="muted", size="small")
    top.place(VGroup(name, rule).arrange(DOWN, buff=0.18))
    rows = rest.rows(*[1.0] * count, gap=0.15)
    labels = [show.Label(f"position {i}", theme=scene.theme, role="context") for i in range(count)]
    margin = max(label.width for label in labels) + 0.3
    boxes = [
        short_vector(
            code,
            width=min(row.width - margin - 0.1, 1.6 * width),
            height=min(0.6, row.height),
            cell=0.95,
            role="context",
            theme=scene.theme,
            numbers="auto",
            decimals=4,
            limit=1.0,
        )
        for code, row in zip(codes, rows, strict=True)
    ]
    left = body.center[0] - (margin + boxes[0].width) / 2
    for label, box, row in zip(labels, boxes, rows, strict=True):
        box.move_to([left + margin + box.width / 2, row.center[1], 0])
        label.move_to([left + label.width / 2, row.center[1], 0])
        label.align_baseline(row.center[1] - label.cap_height / 2)
    scene.turn_to("A code for each position", name, rule)
    scene.play(
        do.together(
            *(do.appear(label, box) for label, box in zip(labels, boxes, strict=True)), lag=0.4
        )
    )


def waves(scene: Explainer, width: int, count: int, form: PositionForm) -> None:
    """Some dimensions over the positions: each is a wave, slower from one to the next."""
    codes = sinusoidal(count, width, form)
    picked = _sines(width, form)
    plots = [
        WavePlot(codes[:, column], name=f"dimension {column}", area=row, theme=scene.theme)
        for column, row in zip(picked, scene.body.rows(*[1.0] * len(picked), gap=0.3), strict=True)
    ]
    scene.turn_to(
        "Fast waves and slow ones", *(plot.axis for plot in plots), *(p.name for p in plots)
    )
    scene.play(do.together(*(do.appear(plot.wave, plot.dots) for plot in plots), lag=0.35))
    scene.add(*plots)  # whole again, as what they are


def both_forms(scene: Explainer, width: int, count: int) -> None:
    """The paper's order of columns and the article's, one above the other."""
    parts = []
    for form, area in zip(FORM_NAMES, scene.body.rows(1, 1, gap=0.35), strict=True):
        head, rest = area.rows(0.4, 3, gap=0.1)
        name = show.Label(FORM_NAMES[form], theme=scene.theme, role="context", weight="bold")
        head.place(name)
        codes = sinusoidal(count, width, form)
        parts.append(VGroup(name))
        parts.append(PositionMap(codes, area=rest, theme=scene.theme))
    scene.turn_to("Two ways to order the columns", *parts)


def _sines(width: int, form: PositionForm) -> list[int]:
    """Up to four columns that hold sines, spread over the first half of the wavelengths."""
    pairs = np.unique(
        np.linspace(0, max(0, width // 4), min(4, max(1, width // 4 + 1))).astype(int)
    )
    return [int(2 * pair if form == "interleaved" else pair) for pair in pairs]
