"""Around a sublayer: its input goes past it, is added to what it made, and the sum normalised."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, Circle, VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.cells import legible_cell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme

__all__ = ["ResidualWire"]

_CELL = (0.76, 0.42)  # a number of two decimals fits in most fonts
_RISE = 0.2  # from the middle of the page to the vectors, for the wire around


class ResidualWire(VGroup):
    """Upward: x, the sublayer, z, plus, x + z, the layer norm, the result.

    x, z, total, normed, output: (d,) each; `total` is x + z, else UsageError; `normed` has mean 0
    and variance 1, `output` is that times the learned gain, plus the bias. `name` is the
    sublayer's.
    Mean and standard deviation of sum and normalised sum stand beside them.

    Parts: `.x`, `.z`, `.total`, `.normed` (TensorBox), `.sublayer`, `.norm` (Block), `.plus`,
    `.around` (Wire), `.wires` (five, upward), `.names`, `.statistics` (of sum and result, each two
    labels and two Numbers), `.learned` (what comes after the norm),
    `.note` (how many numbers are drawn, where not all are).

    >>> wire = ResidualWire("self-attention", [1.0, 2.0], [0.0, 1.0], [1.0, 3.0], [-1.0, 1.0],
    ...                     [-1.5, 1.5], area=Area(-6, -3, 12, 6))
    >>> [number.text for number in wire.total.numbers]
    ['1.00', '3.00']
    """

    def __init__(
        self,
        name: str,
        x: Any,
        z: Any,
        total: Any,
        normed: Any,
        output: Any,
        *,
        area: Area,
        role: str = "score",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        x, z, total, normed, output = (
            np.asarray(v, dtype=float) for v in (x, z, total, normed, output)
        )
        if not np.allclose(x + z, total, atol=1e-5):
            raise UsageError(
                "ResidualWire was given a total that is not x + z",
                "what is shown must be what was computed",
            )
        self.theme = theme
        names = [
            Label(text, theme=theme, role=kind, weight="bold")
            for text, kind in (("x", "encoder"), ("z", "output"), ("x + z", "hidden"))
        ]
        names.append(Label("normalised", theme=theme, role="context", weight="bold"))
        margin = max(label.width for label in names) + 0.3
        told = [self._statistics(values) for values in (total, normed)]
        side = 0.7  # for the wire alone
        if area.is_wide:
            side = max(row.width for row in told) + 0.4
        room = area.width - margin - side - 0.3
        limit = float(max(np.abs(v).max() for v in (x, z, total)))
        last = float(np.abs([normed, output]).max())
        tops = ((x, limit), (z, limit), (total, limit), (normed, last))
        cell = max(_CELL[0], *(legible_cell(v, theme, limit=top) for v, top in tops))
        fit = int(room / cell)
        shown = None if fit >= len(x) else max(2, fit)
        width = cell * (len(x) if shown is None else shown)
        left = area.center[0] + (margin - side - width) / 2
        middle = left + width / 2
        pitch = area.height / 7
        levels = [area.bottom + (i + 0.5) * pitch for i in range(7)]
        boxes = []
        for values, kind, level, top in (
            (x, "encoder", levels[0], limit),
            (z, "output", levels[2], limit),
            (total, "hidden", levels[4], limit),
            (normed, "context", levels[6], last),
        ):
            box = TensorBox(
                values,
                role=kind,
                theme=theme,
                orientation="row",
                cell=cell,
                cell_height=min(_CELL[1], 0.62 * pitch),
                limit=top,
                shown=shown,
                shape_label=False,
                numbers=True,
            )
            box.shift(np.array([middle, level, 0]) - box.frame.get_center())
            boxes.append(box)
        self.x, self.z, self.total, self.normed = boxes
        high = min(0.62, 0.72 * pitch)
        style: dict[str, Any] = {
            "theme": theme,
            "height": high,
            "width": max(2.3, min(0.5 * width, 3.4)),
        }
        self.sublayer = Block(name, role=role, **style).move_to([middle, levels[1], 0])
        self.norm = Block("layer norm", role="context", **style).move_to([middle, levels[5], 0])
        ring = Circle(radius=0.2).set_fill(theme.surface, 1)
        ring.set_stroke(theme.role("hidden").ink, theme.stroke.normal)
        ring.move_to([middle, levels[3], 0])
        sign = Label("+", theme=theme, role="hidden", weight="bold", size=0.26)
        self.plus = VGroup(ring, sign.move_to(ring))
        way = [self.x.frame, self.sublayer, self.z.frame, self.plus, self.total.frame]
        way += [self.norm, self.normed.frame]
        inks = ("encoder", "output", "output", "hidden", "hidden", "context")
        self.wires = VGroup(
            *(
                self._up(low, high, middle, ink)
                for low, high, ink in zip(way, way[1:], inks, strict=False)
            )
        )
        edge = self.x.frame.get_right()[0]
        out = edge + 0.4
        self.around = Wire(
            (edge + 0.06, levels[0]),
            (out, levels[0]),
            (out, levels[3]),
            (middle + 0.26, levels[3]),
            role="encoder",
            theme=theme,
            thickness=theme.stroke.bold,
        )
        self.names = VGroup(
            *(
                label.center_on([left - 0.25 - label.width / 2, box.frame.get_y(), 0])
                for label, box in zip(names, boxes, strict=True)
            )
        )
        for box, name in zip(boxes, self.names, strict=True):
            box.label = name  # it stands beside the box, and parts them without colour
        self.statistics = VGroup(*told)
        for row, box in zip(self.statistics, (self.total, self.normed), strict=True):
            row.next_to(box.frame, RIGHT, buff=0.3)
            if not area.is_wide:  # under the name, one below the other
                row[2:].next_to(row[:2], DOWN, buff=0.1, aligned_edge=RIGHT)
                row.next_to([left - 0.25, box.frame.get_y() - 0.24, 0], DL, buff=0)
            for one, other in (row[:2], row[2:]):
                other.align_baseline(one)
        beside = max(0.5, area.right - self.norm.get_right()[0] - 0.2)
        self.learned = Label(
            "× gain + bias", theme=theme, size="small", role="context", width=beside
        )
        self.learned.next_to(self.norm, RIGHT, buff=0.2)
        self.note = VGroup()
        if shown is not None:
            text = f"{len(x)} numbers,\n{shown - 1} shown"
            note = Label(text, theme=theme, size="small", role="muted")
            note.next_to([left - 0.25, levels[1], 0], LEFT, buff=0)
            self.note.add(note)
        self.add(self.around, self.wires, *boxes, self.sublayer, self.norm, self.plus)
        self.add(self.names, self.statistics, self.note)

    @property
    def mean_and_spread(self) -> tuple[Number, Number]:
        """The two numbers beside the result."""
        _, mean, _, spread = self.statistics[1]
        return mean, spread

    def _up(self, low: Any, high: Any, x: float, role: str) -> Wire:
        start, end = low.get_top()[1] + 0.04, high.get_bottom()[1] - 0.04
        return Wire((x, start), (x, end), role=role, theme=self.theme, tip_length=0.11)

    def _statistics(self, values: np.ndarray) -> VGroup:
        style: dict[str, Any] = {"theme": self.theme, "size": "small", "role": "muted"}
        mean, spread = float(values.mean()), float(values.std())
        return VGroup(
            Label("mean", **style),
            Number(mean, **style),
            Label("sd", **style),
            Number(spread, **style),
        ).arrange(RIGHT, buff=0.12)
