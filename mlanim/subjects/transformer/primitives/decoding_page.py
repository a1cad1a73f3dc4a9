"""A decoder at work: what it has said, what the encoder made, and the word that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, UP, RoundedRectangle, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.block import Block
from mlanim.primitives.text import Label, Number
from mlanim.primitives.token_row import Token
from mlanim.primitives.vector_list import VectorList
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["DecodingPage"]

_LINE = 0.55  # units: a row of words
_GAP = 0.9  # units between words and decoder, where the arrows of self-attention run
_GUTTER = 0.06  # between words side by side


class DecodingPage(VGroup):
    """m steps of a decoder: word t goes in below, looks at what it may, and word t comes out above.

    inputs, outputs: m words each; inputs[0] is "<start>", inputs[t + 1] is outputs[t].
    memory: (n, d) the encoder's output. own: (m, m) and cross: (m, n) attention weights, each row
    of sum 1. probabilities: (m,) of the words that come out. note: whose weights they are.
    Steps for which there is no width are not drawn; `.steps` tells how many are, `.more` the rest.
    Of words for which there is no height, one line tells how many, and takes all their weights.

    Parts: `.memory` (VectorList), `.unread`, `.memory_name`, `.frame`, `.masked`, `.cross`,
    `.forward`, `.head` (Block), `.inputs` (Token), `.outputs` (Label), `.likelihoods` (Number),
    `.own_arrows` and `.cross_arrows` (AttentionArrows, one a step), `.rises` (Wire: two a step),
    `.note`.
    """

    def __init__(
        self,
        source: Sequence[str],
        memory: Any,
        inputs: Sequence[str],
        outputs: Sequence[str],
        *,
        own: Any,
        cross: Any,
        probabilities: Any,
        area: Area,
        note: str = "",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        own, cross = np.asarray(own, dtype=float), np.asarray(cross, dtype=float)
        m, n = len(inputs), len(source)
        if own.shape != (m, m) or cross.shape != (m, n) or len(outputs) != m:
            raise UsageError(
                f"{m} words in, {len(outputs)} out, {n} read, weights {own.shape} and "
                f"{cross.shape}",
                f"they must be ({m}, {m}) and ({m}, {n})",
            )
        self.theme = theme
        # Beside the words that were read their vectors have some room, and all else is for steps.
        widest = max(Label(AsIs(word), theme=theme, size="small").width for word in source)
        self._row = 0.75 if area.is_wide else 0.5  # of the words that were read, at most
        beside, gap = (area.width / 3.8, 0.9) if area.is_wide else (max(1.8, widest + 0.88), 0.35)
        left = Area(area.left, area.bottom, beside, area.height)
        right = Area(area.left + beside + gap, area.bottom, area.width - beside - gap, area.height)
        self._remember(source, memory, left)
        self._fit_columns(inputs, outputs, right)
        self._build(right, left, note)
        self._say(inputs, outputs, np.asarray(probabilities, dtype=float), right)
        self.own_arrows, self.cross_arrows = VGroup(), VGroup()
        for t in range(self.steps):
            below = np.array([self.xs[t], self.masked.box.get_bottom()[1], 0])
            style: dict[str, Any] = {"theme": theme, "max_width": 6.0}
            self.own_arrows.add(
                AttentionArrows(
                    [token.box for token in self.inputs[: t + 1]],
                    below,
                    own[t, : t + 1],
                    sides=("top", "bottom"),
                    **style,
                )
            )
            self.cross_arrows.add(
                AttentionArrows(
                    [*(vector.frame for vector in self.memory.vectors), *self.unread],
                    self.cross.box,
                    self._folded(cross[t]),
                    sides=("right", "left"),
                    **style,
                )
            )
        self.add(
            self.memory,
            self.unread,
            self.memory_name,
            self.frame,
            self.masked,
            self.cross,
            self.forward,
        )
        self.add(self.head, self.rises, self.inputs, self.outputs, self.likelihoods, self.note)

    def _remember(self, source: Sequence[str], memory: Any, area: Area) -> None:
        head, rest = area.rows(0.35, 6, gap=0.1)
        room = int(rest.height / 0.4)
        self.unread = VGroup()
        shown = len(source)
        if shown > room:
            shown = room - 4  # a line for how many there are, and the note
            text = f"… {len(source) - shown} more"
            self.unread.add(Label(text, theme=self.theme, size="small", role="encoder"))
            rest = Area(rest.left, rest.bottom + 1.4, rest.width, rest.height - 1.4)
            source, memory = source[:shown], memory[:shown]
        high = min(rest.height, self._row * len(source))
        rest = Area(rest.left, rest.center[1] - high / 2, rest.width, high)
        self.memory = VectorList(source, memory, area=rest, theme=self.theme, highest_row=self._row)
        if self.unread:
            self.unread[0].next_to(self.memory, DOWN, buff=0.1)
            self.unread[0].shift([rest.right - self.unread[0].get_right()[0], 0, 0])
        self.memory_name = Label("encoder output", theme=self.theme, size="small", role="muted")
        self.memory_name.next_to(self.memory, UP, buff=0.2)
        Area(area.left, area.bottom, area.width, head.top - area.bottom).keep(self.memory_name)

    def _folded(self, weights: np.ndarray) -> np.ndarray:
        shown = len(self.memory.vectors)
        return weights if not self.unread else np.append(weights[:shown], weights[shown:].sum())

    def _fit_columns(self, inputs: Sequence[str], outputs: Sequence[str], area: Area) -> None:
        """One column a step, as wide as its words; as many as there is room for."""
        room = area.width - 0.1
        for self._size in ("body", "small"):
            widths = []
            for pair in zip(inputs, outputs, strict=True):
                labels = [Label(AsIs(word), theme=self.theme, size=self._size) for word in pair]
                widths.append(max(0.6, *(label.width + 0.28 for label in labels)) + _GUTTER)
            ends = np.cumsum(widths)
            self.steps = len(widths) if ends[-1] <= room else int((ends <= room - 1.1).sum())
            if self.steps == len(widths):
                break
        if not self.steps:
            raise NoRoomError(
                f"no step of the decoder fits {area.width:.1f} units of width",
                "give it more",
                lacks="width",
            )
        widths = widths[: self.steps]
        self.more = len(inputs) - self.steps
        spare = min(0.5, (room - sum(widths) - (1.1 if self.more else 0)) / len(widths))
        start = area.center[0] - (sum(widths) + spare * len(widths)) / 2
        start -= 0.55 if self.more else 0.0
        self.xs = []
        for width in widths:
            self.xs.append(start + (width + spare) / 2)
            start += width + spare

    def _build(self, area: Area, beside: Area, note: str) -> None:
        theme = self.theme
        low = area.bottom + _LINE + _GAP
        high = area.top - 2 * _LINE - 0.35
        inner = Area(area.left, low, area.width, high - low)
        pitch = inner.height / 4.1
        block = min(0.68, 0.76 * pitch)
        size = "body" if area.width > 5.2 else "small"
        style: dict[str, Any] = {
            "theme": theme,
            "width": area.width - 0.5,
            "height": block,
            "size": size,
        }
        names = (
            ("masked self-attention", "score"),
            ("encoder-decoder attention", "score"),
            ("feed-forward", "context"),
        )
        self.masked, self.cross, self.forward = (
            Block(name, role=role, **style).move_to([area.center[0], low + (i + 0.55) * pitch, 0])
            for i, (name, role) in enumerate(names)
        )
        top = self.forward.get_top()[1] + 0.18
        self.frame = RoundedRectangle(
            width=area.width - 0.2, height=top - low + 0.0, corner_radius=0.18
        )
        self.frame.set_stroke(theme.role("decoder").ink, theme.stroke.normal)
        self.frame.set_fill(theme.role("decoder").fill, 0.45)
        self.frame.move_to([area.center[0], (top + low) / 2, 0])
        self.head = Block("linear, softmax", role="output", **style).move_to(
            [area.center[0], low + 3.72 * pitch, 0]
        )
        self.note = VGroup()
        if note:
            rows = Label(note, theme=theme, size="small", role="muted", width=beside.width)
            self.note.add(rows.next_to(self.memory, DOWN, buff=0.85 if self.unread else 0.45))
            beside.keep(rows)

    def _say(
        self, inputs: Sequence[str], outputs: Sequence[str], likely: np.ndarray, area: Area
    ) -> None:
        self.inputs, self.outputs, self.likelihoods, self.rises = (VGroup() for _ in range(4))
        low = area.bottom + _LINE / 2 + 0.06
        high = area.top - 0.3
        for t, x in enumerate(self.xs):
            label = Label(AsIs(inputs[t]), theme=self.theme, role="output", size=self._size)
            label.center_on([x, low, 0])
            self.inputs.add(Token(label, role="output", theme=self.theme))
            word = Label(
                AsIs(outputs[t]), theme=self.theme, role="output", weight="bold", size=self._size
            )
            self.outputs.add(word.center_on([x, high, 0]))
            number = Number(float(likely[t]), theme=self.theme, size="small", role="muted")
            self.likelihoods.add(number.center_on([x, high - 0.36, 0]))
            style: dict[str, Any] = {"theme": self.theme, "tip_length": 0.1}
            gaps = (
                (self.forward.get_top()[1] + 0.03, self.head.get_bottom()[1] - 0.03, "decoder"),
                (self.head.get_top()[1] + 0.03, high - 0.52, "output"),
            )
            self.rises.add(
                VGroup(*(Wire((x, a), (x, b), role=role, **style) for a, b, role in gaps))
            )
        if self.more:
            text = Label(f"… {self.more} more", theme=self.theme, size="small", role="muted")
            self.note.add(text.center_on([area.right - text.width / 2, low, 0]))
