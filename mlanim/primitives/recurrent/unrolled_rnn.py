"""A recurrent network unrolled in time: one cell a word, the hidden state handed on along wires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, VGroup

from mlanim.errors import NoRoomError, UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.recurrent.rnn_cell import CellKind, RNNCell
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["UnrolledRNN"]


@dataclass(frozen=True)
class _Measure:
    """How large one word's column is drawn, in units."""

    text: float  # cap height of the words
    cell: float  # height of an RNN cell
    state: float  # height of the state strip
    upright: bool  # the strip stands (a column) or lies (a row)
    reach: float  # shortest wire between two cells, and between cell, word and state
    even: bool  # all columns as wide as the widest word
    channel: float  # height between two rows, for the wire that leads back


# From roomy to dense; the first that fits the given height is taken.
_MEASURES = (
    _Measure(0.25, 1.0, 1.4, True, 0.36, True, 0.42),
    _Measure(0.22, 0.9, 1.1, True, 0.34, True, 0.4),
    _Measure(0.2, 0.7, 0.8, True, 0.28, True, 0.36),
    _Measure(0.2, 0.7, 0.8, True, 0.28, False, 0.36),
    _Measure(0.18, 0.5, 0.55, True, 0.2, True, 0.34),
    _Measure(0.18, 0.5, 0.55, True, 0.2, False, 0.34),
    _Measure(0.18, 0.42, 0.16, False, 0.16, True, 0.34),
    _Measure(0.18, 0.42, 0.16, False, 0.16, False, 0.34),
    _Measure(0.18, 0.34, 0.12, False, 0.13, False, 0.28),
    _Measure(0.18, 0.32, 0.1, False, 0.1, False, 0.22),
)


class UnrolledRNN(VGroup):
    """Words below, cells above them, each cell's hidden state on top; wires hand the state on.

    tokens: n words. states: (n, d), the hidden state after each word. width: the row wraps like
    text when it is longer, with a wire led back between the rows. height: the drawing becomes
    denser until it fits (never the text below the legible size), else UsageError.
    area: instead of width and height, and where it stands.
    direction "down" stacks the cells, words to the left and states to the right.

    Parts, index i for word i: `.cells`, `.tokens`, `.states` (TensorBox), `.inputs` (word to
    cell), `.outputs` (cell to state), `.wires` (the state that enters cell i; `wires[0]` brings
    the initial state). `.rows` lists the word indices of each row.

    >>> import numpy as np
    >>> rnn = UnrolledRNN(["je", "suis", "étudiant"], np.eye(3, 4))
    >>> len(rnn.cells), len(rnn.wires), rnn.states[1].values.tolist()
    (3, 3, [0.0, 1.0, 0.0, 0.0])
    """

    def __init__(
        self,
        tokens: Sequence[str],
        states: Any,
        *,
        cell_kind: CellKind = "gru",
        role: str = "encoder",
        state_role: str = "hidden",
        theme: Theme = LIGHT,
        area: Area | None = None,
        width: float | None = None,
        height: float | None = None,
        direction: Literal["right", "down"] = "right",
        shown: int | None = None,
        limit: float | None = None,
    ) -> None:
        super().__init__()
        if area is not None:
            width, height = area.width, area.height
        states = np.asarray(states, dtype=float)
        if not tokens or states.ndim != 2 or len(states) != len(tokens):
            raise UsageError(
                f"{len(tokens)} words and states of shape {states.shape}",
                "there must be one or more words and one state (a row) for each",
            )
        self.theme, self.role, self.state_role = theme, role, state_role
        self.cell_kind: CellKind = cell_kind
        self.direction = direction
        self._values, self._words = states, list(tokens)
        self._limit = float(np.abs(states).max()) if limit is None else limit
        self._shown = shown
        self.cells, self.tokens, self.states = VGroup(), VGroup(), VGroup()
        self.inputs, self.outputs, self.wires = VGroup(), VGroup(), VGroup()
        if direction == "down":
            self._lay_down(height)
        else:
            self._lay_rows(width, height)
        self.add(self.wires, self.inputs, self.outputs, self.cells, self.states, self.tokens)
        self.center()
        if area is not None:
            area.place(self)

    # -- words in rows ---------------------------------------------------------------------------

    def _lay_rows(self, width: float | None, height: float | None) -> None:
        # Of each measure only one column is built until one is chosen.
        lengths = [Label(AsIs(word), theme=self.theme, size=1.0).width for word in self._words]
        for measure in _MEASURES:
            pitches = self._pitches(lengths, measure)
            side = measure.reach + 0.14  # room for the wire that comes back
            room = np.inf if width is None else width - 2 * side
            if max(pitches) > room:
                continue
            rows = _wrap(pitches, room)
            # A line of text with accents and descenders is about twice its cap height.
            column = measure.state + measure.cell + 2 * measure.reach + 2 * measure.text
            needed = len(rows) * column + (len(rows) - 1) * measure.channel
            if height is None or needed <= height:
                break
        else:
            size = " x ".join("any" if side is None else f"{side:.3g}" for side in (width, height))
            raise NoRoomError(
                f"{len(self._words)} words do not fit {size} units legibly",
                "give more width or height, or fewer words",
                lacks="width" if max(pitches) > room else "",
            )
        self.rows = rows
        parts = [self._parts(index, measure) for index in range(len(self._words))]
        for line, row in enumerate(rows):
            x, top = 0.0, -line * (column + measure.channel)
            for index in row:
                self._put(parts[index], np.array([x + pitches[index] / 2, top, 0]), measure)
                x += pitches[index]
        right = max(sum(pitches[index] for index in row) for row in rows)
        for row in rows:
            for index in row:
                self._wire(index, index == row[0], -side, right, measure)

    def _parts(self, index: int, measure: _Measure) -> tuple[Label, RNNCell, TensorBox]:
        theme = self.theme
        word = Label(AsIs(self._words[index]), theme=theme, size=measure.text, role=self.role)
        cell = RNNCell(
            kind=self.cell_kind,
            role=self.role,
            theme=theme,
            size=measure.cell,
            text_size=max(theme.sizes.small, 0.24 * measure.cell),
        )
        count = min(self._values.shape[1], self._shown or self._values.shape[1])
        along = measure.state / count if measure.upright else min(0.16, cell.width / count)
        state = TensorBox(
            self._values[index],
            role=self.state_role,
            theme=theme,
            cell=max(0.26, 0.25 * measure.state) if measure.upright else along,
            cell_height=along if measure.upright else measure.state,
            orientation="column" if measure.upright else "row",
            limit=self._limit,
            numbers=False,
            shape_label=False,
            shown=self._shown,
        )
        return word, cell, state

    def _pitches(self, lengths: list[float], measure: _Measure) -> list[float]:
        """How wide each word's column is; lengths are those of words of cap height 1."""
        _, cell, state = self._parts(0, measure)
        gap = self.theme.gap * (1.15 if measure.even else 1)
        least = max(cell.width + measure.reach, state.width + 0.14)
        widths = [max(length * measure.text + gap, least) for length in lengths]
        return [max(widths)] * len(widths) if measure.even else widths

    def _put(self, parts: tuple[Label, RNNCell, TensorBox], top: np.ndarray, m: _Measure) -> None:
        word, cell, state = parts
        state.move_to(top + DOWN * m.state / 2)
        cell.move_to(top + DOWN * (m.state + m.reach + m.cell / 2))
        word.move_to(cell)
        # On one line whatever their descenders: by the baseline, not by the box.
        baseline = top[1] - m.state - 2 * m.reach - m.cell - 1.35 * m.text
        word.align_baseline(baseline)
        self._collect(
            parts,
            Wire(
                (cell.get_x(), baseline + 1.35 * m.text + 0.02),
                cell.input_port,
                role=self.role,
                theme=self.theme,
                tip_length=0.1,
            ),
            Wire(
                cell.output_port,
                state.get_bottom(),
                role=self.state_role,
                theme=self.theme,
                tip_length=0.1,
            ),
        )

    def _wire(self, index: int, first: bool, left: float, right: float, measure: _Measure) -> None:
        cell = self.cells[index]
        into = cell.hidden_in_port
        if index == 0:
            way = [into + LEFT * min(measure.reach, 0.3), into]
        elif not first:
            way = [self.cells[index - 1].hidden_out_port, into]
        else:
            # Back to the left like a carriage, in the channel between the words above and the
            # states below; its ends run outside of every word.
            before = self.cells[index - 1].hidden_out_port
            outside = right + measure.reach / 2 + 0.05
            channel = self.states[index].get_top()[1] + 0.45 * measure.channel
            way = [
                before,
                (outside, before[1]),
                (outside, channel),
                (left, channel),
                (left, into[1]),
                into,
            ]
        self.wires.add(
            Wire(*way, role=self.state_role, theme=self.theme, tip_length=0.1, corner=0.12)
        )

    # -- words from top to bottom ----------------------------------------------------------------

    def _lay_down(self, height: float | None) -> None:
        n, theme = len(self._words), self.theme
        pitch = 1.0 if height is None else min(1.0, height / n)
        if pitch < 0.42:
            raise NoRoomError(
                f"{n} words do not fit a height of {height:.3g} units legibly",
                f"{n * 0.42:.1f} are needed",
                'use direction="right", which wraps',
                lacks="height",
            )
        measure = _Measure(
            0.22 if pitch > 0.6 else 0.18, 0.66 * pitch, 0.4 * pitch, False, 0.34, True, 0.0
        )
        parts = [self._parts(index, measure) for index in range(n)]
        self.rows = [list(range(n))]
        for index, (word, cell, state) in enumerate(parts):
            cell.move_to(DOWN * pitch * index)
            word.next_to(cell, LEFT, buff=measure.reach + 0.08)
            word.align_baseline(cell.get_y() - measure.text / 2)
            state.next_to(cell, RIGHT, buff=measure.reach)
            self._collect(
                (word, cell, state),
                Wire(
                    cell.hidden_in_port + LEFT * measure.reach,
                    cell.hidden_in_port,
                    role=self.role,
                    theme=theme,
                    tip_length=0.1,
                ),
                Wire(
                    cell.hidden_out_port,
                    state.get_left(),
                    role=self.state_role,
                    theme=theme,
                    tip_length=0.1,
                ),
            )
            start = cell.output_port + UP * 0.3 * pitch
            if index:
                start = self.cells[index - 1].input_port
            self.wires.add(
                Wire(start, cell.output_port, role=self.state_role, theme=theme, tip_length=0.1)
            )

    def _collect(self, parts: tuple[Label, RNNCell, TensorBox], into: Wire, out: Wire) -> None:
        word, cell, state = parts
        self.tokens.add(word)
        self.cells.add(cell)
        self.states.add(state)
        self.inputs.add(into)
        self.outputs.add(out)


def _wrap(pitches: list[float], room: float) -> list[list[int]]:
    """Indices in rows none of which is longer than `room`."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for index, pitch in enumerate(pitches):
        if rows[-1] and used + pitch > room:
            rows.append([])
            used = 0.0
        rows[-1].append(index)
        used += pitch
    return rows
