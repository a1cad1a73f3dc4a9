"""A training log as a curve: the loss, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

import numpy as np
from manim import Animation, Dot, Line, VGroup, VMobject, override_animate

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.arrays import finite_array, frozen, one_of
from mlanim.primitives.moving_values import MovingValues
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label, format_number
from mlanim.theme import LIGHT, Theme

__all__ = ["LossCurve"]

_ROLES = ("score", "encoder", "query")  # of the curves, in their order


class LossCurve(VGroup):
    """Losses (k,) at steps (k,), by name, drawn up to a step that can move.

    titles: of the axes, upward and across. The upward one begins at 0; `scale="log"` spreads the
    early steps along the other.

    Parts: `.curves` and `.dots` (one a name), `.names`, `.axes`, `.ticks`, `.titles`.

    >>> curve = LossCurve([0, 10, 20], {"loss": [4.0, 2.0, 1.0]}, area=Area(0, 0, 6, 4))
    >>> curve.set_step(15).value("loss")
    1.5
    """

    def __init__(
        self,
        steps: Any,
        losses: Mapping[str, Any],
        *,
        area: Area,
        step: float | None = None,
        scale: Literal["linear", "log"] = "linear",
        titles: tuple[str, str] = ("loss", "training steps"),
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        one_of("scale", scale, ("linear", "log"))
        self.steps = finite_array(steps, "LossCurve steps", (1,))
        self.losses = {
            name: finite_array(values, f"LossCurve {name!r}", (1,))
            for name, values in losses.items()
        }
        if (
            not 1 <= len(self.losses) <= len(_ROLES)
            or any(len(values) != len(self.steps) for values in self.losses.values())
            or len(self.steps) < 2
            or (np.diff(self.steps) <= 0).any()
        ):
            raise UsageError(
                f"{len(self.steps)} steps and losses {[len(v) for v in self.losses.values()]}",
                f"give 1 to {len(_ROLES)} losses by name, one value a step, steps rising",
            )
        self.theme, self.scale_x = theme, scale
        self._highest = float(max(values.max() for values in self.losses.values()))
        self._frame(area, *titles)
        self.curves, self.dots, self.names = VGroup(), VGroup(), VGroup()
        self._dot = Dot(radius=0.09).points
        for (name, values), role in zip(self.losses.items(), _ROLES, strict=False):
            ink = theme.role(role).ink
            self.curves.add(VMobject(stroke_color=ink, stroke_width=theme.stroke.bold))
            self.dots.add(Dot(radius=0.09, color=ink))
            if len(self.losses) > 1:
                label = Label(name, theme=theme, size="small", role=role, weight="bold")
                label.next_to(self.point(self.steps[-1], values[-1]), buff=0.15)
                self.names.add(label)
        self.add(self.axes, self.ticks, self.titles, self.curves, self.dots, self.names)
        self._show(np.array([self.steps[-1] if step is None else float(step)]))

    @property
    def step(self) -> float:
        """The step up to which the curves are drawn."""
        return float(self._step[0])

    def value(self, name: str) -> float:
        """The loss at the step that is drawn now, on the straight line between two logged ones."""
        return float(np.interp(self.step, self.steps, self.losses[name]))

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        told = [f"{n} from {v[0]:.2f} to {self.value(n):.2f}" for n, v in self.losses.items()]
        return Seen("curve", f"{', '.join(told)} at step {self.step:.0f}")

    @property
    def drawn_data(self) -> dict[str, np.ndarray]:
        """Each curve (m, 2) as far as it is drawn: steps and losses."""
        past = self.steps < self.step
        return {
            f"curve {name!r}": np.vstack(
                [np.stack([self.steps[past], values[past]], axis=1), [self.step, self.value(name)]]
            )
            for name, values in self.losses.items()
        }

    @property
    def drawn_parts(self) -> dict[str, tuple[VMobject, VMobject]]:
        """The line that runs through each curve's points, and the dot at its end."""
        parts = zip(self.losses, self.curves, self.dots, strict=True)
        return {f"curve {name!r}": (line, dot) for name, line, dot in parts}

    def point(self, step: float, loss: float) -> np.ndarray:
        """Where a step and a loss are on the page, shape (3,)."""
        corner, right = self.axes[0].get_start(), self.axes[0].get_end()
        top = self.axes[1].get_end()
        up = loss / self._highest
        return corner + (right - corner) * self._share(step) + (top - corner) * up

    def set_step(self, step: float) -> Self:
        """Draw the curves up to a step; also `.animate.set_step(...)`."""
        self._show(np.array([float(step)]))
        return self

    @override_animate(set_step)
    def _animate_step(self, step: float, anim_args: dict[str, Any] | None = None) -> Animation:
        end = np.array([float(step)])
        return MovingValues(self, lambda: frozen(self._step), self._show, end, **anim_args or {})

    def _share(self, step: float) -> float:
        first, last = self.steps[0], self.steps[-1]
        if self.scale_x == "log":  # of the step after the first, so that step 0 has a place
            return float(np.log1p(step - first) / np.log1p(last - first))
        return float((step - first) / (last - first))

    def _show(self, step: np.ndarray) -> None:
        self._step = np.clip(step, self.steps[0], self.steps[-1])
        for curve, dot, (name, values) in zip(
            self.curves, self.dots, self.losses.items(), strict=True
        ):
            past = self.steps < self.step
            points = [self.point(s, v) for s, v in zip(self.steps[past], values[past], strict=True)]
            points.append(self.point(self.step, self.value(name)))
            curve.set_points_as_corners(points if len(points) > 1 else points * 2)
            dot.points = self._dot + points[-1]

    def _frame(self, area: Area, up: str, across: str) -> None:
        line = 2.1 * self.theme.sizes.small
        marks = self._marks(most=max(1.5, min(4.5, area.height / 0.75)))
        numbers = [self._tick(format_number(mark, 0 if mark == int(mark) else 1)) for mark in marks]
        left = area.left + max(number.width for number in numbers) + 0.18
        bottom, top, right = area.bottom + 2 * line, area.top - line, area.right - 0.25
        if len(self.losses) > 1:
            right -= max(len(name) for name in self.losses) * self.theme.sizes.small
        self.axes = VGroup(
            Line([left, bottom, 0], [right, bottom, 0]), Line([left, bottom, 0], [left, top, 0])
        ).set_stroke(self.theme.muted, self.theme.stroke.thin)
        self.ticks = VGroup()
        for number, mark in zip(numbers, marks, strict=True):
            x = left - 0.12 - number.width / 2
            self.ticks.add(number.center_on([x, self.point(self.steps[0], mark)[1], 0]))
        spans: list[tuple[float, float]] = []
        for step in self._step_marks():  # the ends first: others stand where there is room
            tick = self._tick(str(int(step)))
            x = self.point(step, 0)[0]
            area.keep(tick.center_on([x, bottom - 0.55 * line, 0]))
            low, high = tick.get_left()[0] - 0.1, tick.get_right()[0] + 0.1
            if all(high < start or low > end for start, end in spans):
                spans.append((low, high))
                self.ticks.add(tick)
        self.titles = VGroup(
            self._tick(up, mono=False).align_baseline(area.top - self.theme.sizes.small),
            self._tick(across, mono=False).align_baseline(area.bottom + 0.05),
        )
        self.titles[0].shift([area.left - self.titles[0].get_left()[0], 0, 0])
        self.titles[1].shift([right - self.titles[1].get_right()[0], 0, 0])

    def _tick(self, text: str, *, mono: bool = True) -> Label:
        return Label(text, theme=self.theme, size="small", role="muted", mono=mono)

    def _marks(self, most: float) -> list[float]:
        """Round losses for the vertical axis: 0 and up to so many more."""
        power = 10.0 ** np.floor(np.log10(self._highest))
        width = next(
            k * power for k in (0.25, 0.5, 1, 2, 5, 10) if self._highest / (k * power) <= most
        )
        return [i * width for i in range(int(self._highest / width) + 1)]

    def _step_marks(self) -> list[float]:
        """The first and the last step, then what stands between them."""
        first, last = float(self.steps[0]), float(self.steps[-1])
        if self.scale_x == "linear":
            return [first, last, round((first + last) / 2)]
        return [first, last, *(10.0**power for power in range(7) if first < 10**power < last)]
