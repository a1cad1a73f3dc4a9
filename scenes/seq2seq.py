"""Neural machine translation, from a black box to the alignment of two sentences."""

from __future__ import annotations

from typing import Literal

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Rectangle, RoundedRectangle, VGroup

from mlanim.explainer import Explainer, parameter
from mlanim.models.seq2seq import load_model, translate
from mlanim.models.weights import held_out_accuracy
from mlanim.motion import (
    appear,
    attend,
    carry,
    concat,
    dim,
    flow,
    highlight,
    pulse,
    read_word,
    retitle,
    reveal_row,
    score,
    softmax,
    together,
    undim,
    unroll,
    vanish,
)
from mlanim.motion.after import after
from mlanim.motion.open_cell import open_cell
from mlanim.motion.weigh import add_up, weigh
from mlanim.primitives import (
    AttentionArrows,
    AttentionMatrix,
    Block,
    Label,
    RNNCell,
    TensorBox,
    TokenRow,
    UnrolledRNN,
)
from mlanim.primitives.area import Area
from mlanim.primitives.cell_inside import CellInside
from mlanim.primitives.attention_table import AttentionTable
from mlanim.primitives.decoder_step import DecoderStep
from mlanim.primitives.rate_columns import RateColumns
from mlanim.primitives.vector_list import VectorList
from mlanim.primitives.wire import Wire


def backwards(columns):
    """The longest run of rows whose columns go back by one each, as row indices.

    >>> backwards([0, 3, 2, 1, 4]).tolist()
    [1, 2, 3]
    """
    runs = np.split(np.arange(len(columns)), np.flatnonzero(np.diff(columns) != -1) + 1)
    return max(runs, key=len)


class Seq2Seq(Explainer):
    """Neural machine translation: a recurrent encoder, a decoder, and attention between them."""

    source: str = parameter(
        "la zone économique européenne est grande", "a French sentence of the model's grammar"
    )
    attention: Literal["none", "bahdanau", "luong"] = parameter(
        "bahdanau", "how a decoder state is scored against the hidden states"
    )
    cell: Literal["gru", "lstm"] = parameter("gru", "the recurrent cell")
    gates: bool = parameter(True, "open the recurrent cell and show its gates")

    def construct(self):
        self.trace = translate(load_model(self.cell, self.attention), self.source)
        self.n, self.m = len(self.trace.source_tokens), len(self.trace.target_tokens)
        self.body = self.below_title(lines=1 if self.area.is_wide else 2)
        self.heading = None

        self.black_box()
        self.encoder_decoder()
        self.embeddings()
        self.rnn_step()
        self.unroll()
        self.context()
        if self.attention != "none":
            self.look_back()
            self.align()

    # 1 ------------------------------------------------------------------------------------------

    def black_box(self):
        with self.step(
            "black-box",
            say="A sequence-to-sequence model takes items in, one at a time, and gives items out. "
            "Here French words go in, and English words come out.",
        ):
            left, middle, right = self.stations(self.body, 1, 1.35, 1)
            self.words_in = self.words(self.trace.source_tokens, "encoder", left)
            self.words_out = self.words(self.trace.target_tokens[:-1], "output", right)
            self.box = VGroup(
                RoundedRectangle(
                    width=middle.width, height=min(middle.height, 3.8), corner_radius=0.25
                )
                .set_stroke(self.theme.ink, self.theme.stroke.normal)
                .set_fill(self.theme.ink, 1),
                Label("model", theme=self.theme, size="title", weight="bold"),
            ).move_to(middle.center)
            self.box[1].center_on(middle.center).set_color(self.theme.surface)
            self.play(
                self.title("One sequence in, another out"),
                appear(*self.words_in.tokens, lag=0.12),
                appear(self.box),
            )
            pace = min(0.35, 3 / self.n)
            self.play(
                *[
                    together(
                        *[flow(w, self.box, shrink=0.6) for w in self.words_in.tokens], lag=pace
                    )
                ]
            )
            self.play(pulse(self.box, scale=1.04))
            self.play(
                appear(*self.words_out.tokens, start=self.box, scale=0.6, lag=min(0.35, 3 / self.m))
            )
            self.wait(1.5)

    # 2 ------------------------------------------------------------------------------------------

    def encoder_decoder(self):
        with self.step(
            "encoder-decoder",
            say="Inside are two networks. The encoder reads the sentence and sums it up in a "
            "vector, the context. The decoder writes the translation from it.",
        ):
            inside = Area(
                self.box[0].get_left()[0], self.box[0].get_bottom()[1],
                self.box[0].width, self.box[0].height,
            ).inset(0.25)  # fmt: skip
            left, middle, right = inside.columns(1.5, 0.8, 1.5, gap=0.4)
            height = min(2.0, inside.height)
            encoder = Block(
                "encoder", role="encoder", theme=self.theme, width=left.width, height=height
            )
            decoder = Block(
                "decoder", role="decoder", theme=self.theme, width=right.width, height=height
            )
            tall = inside.height > 2
            context = TensorBox(
                self.trace.hidden_states[-1],
                role="context",
                theme=self.theme,
                cell=0.3 if tall else middle.width / 18,
                cell_height=0.13 if tall else 0.3,
                orientation="column" if tall else "row",
                limit=1,
                numbers=False,
                shape_label=False,
            )
            name = Label("context", theme=self.theme, size="small", role="context")
            left.place(encoder), middle.place(context), right.place(decoder)
            name.next_to(context, UP, buff=0.14)
            opened = self.box[0].copy().set_fill(self.theme.surface, 1)
            self.play(
                self.title("Inside: an encoder and a decoder"),
                vanish(self.box[1], *self.words_out.tokens),
                self.box[0].animate.become(opened),
            )
            self.play(appear(encoder, decoder, scale=0.8, lag=0.3))
            pace = min(0.3, 2.5 / self.n)
            self.play(
                together(*[flow(w, encoder, shrink=0.6) for w in self.words_in.tokens], lag=pace)
            )
            self.play(
                pulse(encoder, scale=1.05), appear(context, start=encoder, scale=0.4), appear(name)
            )
            self.wait(0.6)
            self.play(flow(context, decoder, shrink=0.6))
            self.play(pulse(decoder, scale=1.05))
            self.play(
                appear(*self.words_out.tokens, start=decoder, scale=0.6, lag=min(0.3, 2.5 / self.m))
            )
            self.wait(1.2)
            self.page = [
                self.box[0],
                encoder,
                decoder,
                context,
                name,
                self.words_out,
                self.words_in,
            ]
            self.play(vanish(*self.page))

    # 3 ------------------------------------------------------------------------------------------

    def embeddings(self):
        with self.step(
            "embeddings",
            say="A network computes with numbers. So each word is looked up in a table that the "
            f"model has learned: its embedding, {self.trace.source_embeddings.shape[1]} numbers.",
        ):
            vectors = self.trace.source_embeddings
            size = vectors.shape[1]
            above, below = self.body.rows(1.1, 3.6, gap=0.3)
            self.embedded = VectorList(
                self.trace.source_tokens, vectors, area=below, theme=self.theme
            )
            word = min(1, self.n - 1)
            label = Label(
                self.trace.source_tokens[word], theme=self.theme, role="encoder", weight="bold"
            )
            cell = (above.width - label.width - 0.6) / size
            close = TensorBox(
                vectors[word], role="encoder", theme=self.theme, orientation="row",
                cell=max(0.8, min(cell, 0.95)), cell_height=0.6, limit=self.embedded.limit,
                shown=None if cell >= 0.8 else int((above.width - label.width - 0.6) / 0.8),
                shape_label=True,
            )  # fmt: skip
            label.next_to(close.frame, LEFT, buff=0.25)
            above.place(VGroup(label, close))
            label.align_baseline(close.frame.get_y() - label.cap_height / 2)
            self.play(self.title("Each word becomes a vector"), appear(label))
            self.play(appear(close, start=label, scale=0.5))
            self.wait(1.4)
            self.play(appear(*self.embedded.tokens, lag=min(0.1, 1 / self.n)))
            self.play(
                carry(close.frame, self.embedded.vectors[word].frame),
                appear(*self.embedded.vectors, lag=min(0.25, 2 / self.n)),
            )
            self.add(self.embedded)
            self.wait(1.6)
            self.play(vanish(label, close, self.embedded))

    # 4 ------------------------------------------------------------------------------------------

    def rnn_step(self):
        with self.step(
            "rnn-step",
            say="The encoder reads one word at a time. Its cell takes the hidden state so far and "
            "the word's vector, and computes the next hidden state.",
        ):
            trace, t = self.trace, min(1, self.n - 1)
            before = trace.hidden_states[t - 1] if t else np.zeros_like(trace.hidden_states[0])
            cell = RNNCell(kind=self.cell, theme=self.theme, size=1.5, text_size=0.28)
            cell.move_to(self.body.center + 0.4 * UP)
            room = (self.body.width - cell.width) / 2 - 0.7
            unit = min(0.24, room / len(before))
            old, new = (
                self.strip(v, "hidden", unit, 0.5) for v in (before, trace.hidden_states[t])
            )
            old.next_to(cell, LEFT, buff=0.6)
            new.next_to(cell, RIGHT, buff=0.6)
            vector = self.strip(
                trace.source_embeddings[t], "encoder", unit, 0.5, self.embedded.limit
            )
            vector.next_to(cell, DOWN, buff=0.6)
            word = Label(trace.source_tokens[t], theme=self.theme, role="encoder", size=0.28)
            word.next_to(vector, DOWN, buff=0.2)
            names = [
                Label(text, theme=self.theme, size="small", role="hidden").next_to(
                    box, UP, buff=0.15
                )
                for text, box in ((f"hidden state {t}", old), (f"hidden state {t + 1}", new))
            ]
            wires = [
                self.wire(old, cell, "hidden"),
                Wire(
                    vector.get_top() + 0.06 * UP,
                    cell.input_port - 0.04 * UP,
                    role="encoder",
                    theme=self.theme,
                ),
                self.wire(cell, new, "hidden"),
            ]
            self.play(self.title("One step of the encoder"), appear(cell))
            self.play(appear(old, names[0], wires[0], vector, word, wires[1], lag=0.12))
            self.play(flow(old, cell, shrink=0.4), flow(vector, cell, shrink=0.4))
            self.play(pulse(cell, scale=1.08))
            self.play(appear(wires[2]), appear(new, start=cell, scale=0.4), appear(names[1]))
            self.wait(1.2)
            around = [old, new, vector, word, *names, *wires]
            if self.gates:
                inside = self.inside(t, before)
                self.play(
                    self.title("Inside the cell: its gates"),
                    open_cell(cell, inside, cell, *around, run_time=4.5),
                )
                self.wait(3.5)
                self.play(vanish(inside))
            else:
                self.play(vanish(cell, *around))

    def inside(self, t, before):
        """The gates of one step, with the values that they had."""
        trace = self.trace
        gates = {name: values[t] for name, values in trace.encoder_gates.items()}
        cells = {}
        if self.cell == "lstm":
            previous = trace.cell_states[t - 1] if t else np.zeros_like(before)
            cells = {"previous_cell": previous, "cell": trace.cell_states[t]}
        return CellInside(
            self.cell, gates, previous=before, state=trace.hidden_states[t], **cells,
            word=trace.source_tokens[t], area=self.below_title(lines=1), theme=self.theme,
        )  # fmt: skip

    # 5 ------------------------------------------------------------------------------------------

    def unroll(self):
        with self.step(
            "unroll",
            say="The same cell is used for every word. Unrolled in time, each copy hands its "
            "hidden state on to the next.",
        ):
            room, _ = self.encoder_rows()
            self.encoder = UnrolledRNN(
                self.trace.source_tokens,
                self.trace.hidden_states,
                cell_kind=self.cell,
                theme=self.theme,
                width=room.width,
                height=room.height,
                limit=1,
            )
            self.body.place(self.encoder)
            rolled = RNNCell(kind=self.cell, theme=self.theme, size=1.2, looped=True)
            rolled.move_to(self.body.center)
            self.play(self.title("One cell, unrolled in time"), appear(rolled))
            self.wait(0.5)
            self.play(unroll(rolled, self.encoder))
            pace = max(0.45, min(1.15, 7 / self.n))
            for i in range(self.n):
                self.play(read_word(self.encoder, i, run_time=pace))
            self.add(self.encoder)
            self.wait(0.8)

    # 6 ------------------------------------------------------------------------------------------

    def context(self):
        with self.step(
            "context",
            say="Without attention only the last hidden state crosses to the decoder. However long "
            f"the sentence is, it has to fit into these {self.trace.hidden_states.shape[1]} numbers.",
        ):
            room, below = self.encoder_rows()
            plain = translate(load_model(self.cell, "none"), self.source)
            context = self.strip(plain.hidden_states[-1], "context")
            name = Label("context", theme=self.theme, size="small", role="context")
            decoder = Block("decoder", role="decoder", theme=self.theme, height=0.9)
            width = below.width - context.width - decoder.width - 1.2
            said = TokenRow(
                [word for word in plain.target_tokens if word != "<end>"] or ["(nothing)"],
                role="output",
                theme=self.theme,
                width=width,
                size="body" if self.n < 12 else "small",
            )
            below.place(VGroup(context, decoder, said).arrange(RIGHT, buff=0.6))
            name.next_to(context, DOWN, buff=0.14)
            wires = [self.wire(context, decoder, "context"), self.wire(decoder, said, "output")]
            above = room.place(self.encoder.copy()).get_center()
            self.play(
                self.title("Without attention, one vector carries all"),
                self.encoder.animate.move_to(above),
            )
            others = [part for i in range(self.n - 1) for part in (self.encoder.states[i],)]
            self.play(dim(*others) if others else pulse(self.encoder.cells))
            self.play(
                flow(self.encoder.states[-1], context, run_time=1.1),
                after(0.7, appear(context, name)),
            )
            self.play(appear(wires[0], decoder), flow(context, decoder, shrink=0.6))
            self.play(
                appear(wires[1]), appear(*said.tokens, start=decoder, lag=min(0.25, 2 / self.m))
            )
            self.wait(1.6)
            chart = self.accuracy(below)
            self.play(vanish(context, name, decoder, *said.tokens, *wires))
            self.play(appear(chart))
            self.wait(2.5)
            self.play(vanish(chart), undim(*others) if others else pulse(self.heading))

    def accuracy(self, area):
        """How the model without attention fares, measured on sentences that it has not seen."""
        plain = held_out_accuracy(self.cell, "none")["exact_by_words"]
        names = sorted(plain, key=lambda name: int(name.split("-")[0]))
        best = "bahdanau" if self.attention == "none" else self.attention
        return RateColumns(
            [plain[name] for name in names],
            names,
            area=area.inset(0.6, 0.0),
            theme=self.theme,
            reference=held_out_accuracy(self.cell, best)["exact"],
            reference_name="with attention",
        )

    # 7 ------------------------------------------------------------------------------------------

    def look_back(self):
        with self.step(
            "attention",
            say="With attention, all hidden states cross. For every word it writes, the decoder "
            "looks back at them.",
        ):
            self.play(self.title("With attention, every state crosses"), self.states_cross())
            for t in range(min(2, self.m)):
                self.look(t)

    def states_cross(self):
        """The hidden states leave the encoder for the table."""
        trace = self.trace
        self.table_area, self.decoder_area = self.stations(self.body, *self.halves())
        self.table = self.attention_table(0)
        kept = self.table.fold.kept
        crossing = [
            carry(self.encoder.states[i], strip, bend=0.05, run_time=1.2)
            for i, strip in zip(kept, self.table.states, strict=True)
        ]
        return together(
            vanish(self.encoder),
            *crossing,
            after(1.1, appear(self.table)),
        )

    def look(self, t):
        """All that is computed for output word t: slowly for the first, faster for the next."""
        trace, pace = self.trace, 1.0 if t == 0 else 0.6
        if t:
            self.table = self.next_table(t)
        table = self.table
        step = DecoderStep(
            trace.decoder_inputs[t],
            trace.decoder_states[t],
            trace.contexts[t],
            trace.target_tokens[t],
            float(trace.probabilities[t].max()),
            area=self.decoder_area,
            cell_kind=self.cell,
            theme=self.theme,
        )
        self.play(appear(step.previous, step.into_cell, step.cell, lag=0.1))
        self.play(
            flow(step.previous, step.cell, shrink=0.5),
            after(0.6, appear(step.out_of_cell, step.state, start=step.cell)),
        )
        with self.step("score", say="Score every hidden state against the decoder's state."):
            self.play(self.title("Score every hidden state"), appear(table.heads[1], run_time=0.3))
            self.play(score(table.states, step.state, table.scores, run_time=3.2 * pace))
            self.wait(0.8 * pace)
        with self.step("softmax", say="Softmax turns the scores into weights that sum to one."):
            rest = table.tokens[len(table.scores) :]
            self.play(
                self.title("Softmax: weights that sum to 1"), appear(table.heads[2], run_time=0.3)
            )
            self.play(softmax([*table.scores, *rest], table.bars, run_time=3.2 * pace))
            self.wait(1.2 * pace)
        with self.step(
            "weighted-sum",
            say="Each state times its weight, all added up: the context for this word.",
        ):
            self.play(
                self.title("Weigh the states, add them up"), appear(table.heads[3], run_time=0.3)
            )
            self.play(weigh(table.states, table.weighted, run_time=2.1 * pace))
            self.play(
                appear(table.sum_sign), add_up(table.weighted, table.context, run_time=2.4 * pace)
            )
            self.wait(1.0 * pace)
        with self.step(
            "concat",
            say="Context and decoder state, side by side, give the next word.",
        ):
            self.play(
                self.title("Context and state give the word"),
                carry(table.context, step.context_half, run_time=1.0 * pace + 0.2),
                carry(step.state, step.state_half, bend=0.0, run_time=1.0 * pace + 0.2),
            )
            self.play(appear(step.joined, run_time=0.15))
            self.play(
                appear(step.into_layer, step.feed_forward),
                flow(step.joined, step.feed_forward, shrink=0.4),
            )
            self.play(
                appear(step.out_of_layer),
                appear(step.word, start=step.feed_forward, scale=0.5),
                appear(step.odds),
            )
            self.wait(1.6 * pace)
        self.play(
            vanish(
                step.reading, step.joined, step.writing, table.scores, table.bars,
                table.weighted, table.context, table.sum_sign, table.heads[1:],
            )
        )  # fmt: skip

    def next_table(self, t):
        """The table for word t; where rows are folded, other rows may be the heaviest now."""
        table = self.attention_table(t)
        same = table.fold == self.table.fold
        if not same:
            self.play(vanish(self.table))
            self.play(appear(table))
        else:
            self.remove(self.table)
            self.add(table)
        return table

    def attention_table(self, t):
        trace = self.trace
        return AttentionTable(
            trace.source_tokens, trace.hidden_states, trace.scores[t], trace.weights[t],
            area=self.table_area, theme=self.theme,
        )  # fmt: skip

    # 8 ------------------------------------------------------------------------------------------

    def align(self):
        with self.step(
            "alignment",
            say="Row by row, the weights show which French words each English word was made from.",
        ):
            trace = self.trace
            self.play(self.title("Where each word looked"), vanish(self.table))
            sentences, grid = self.fan()
            matrix = self.matrix(grid)
            self.play(appear(matrix, *(sentences[0].tokens if sentences else ())))
            pace = max(0.45, min(1.2, 8 / self.m))
            arrows = []
            for t in range(self.m):
                beats = [reveal_row(matrix, t, run_time=pace)]
                if sentences:
                    french, english = sentences
                    word = english.tokens[t]
                    arrows.append(
                        AttentionArrows(french.tokens, word, trace.weights[t], theme=self.theme)
                    )
                    beats += [appear(word), attend(arrows[-1], run_time=pace)]
                    beats += [dim(older, run_time=0.4 * pace) for older in arrows[-2:-1]]
                self.play(*beats)
            self.play(*[undim(arrow) for arrow in arrows] or [pulse(matrix.frame)])
            self.wait(1)
            self.tell_the_reversal(matrix)
            self.wait(2.5)

    def fan(self):
        """Both sentences for arrows between them, where each fits a line; and what is left."""
        if self.area.is_wide or self.area.is_tall:
            area, rest = self.stations(self.body, 1.25, 1)
            for boxed in (True, False):
                rows = [
                    TokenRow(
                        tokens,
                        role=role,
                        theme=self.theme,
                        boxed=boxed,
                        gap=0.1 + 0.1 * (not boxed),
                    )
                    for tokens, role in (
                        (self.trace.source_tokens, "encoder"),
                        (self.trace.target_tokens, "output"),
                    )
                ]
                if max(row.width for row in rows) <= area.width:
                    high = min(area.height, 4.2)
                    rows[0].move_to(area.center + UP * (high - rows[0].height) / 2)
                    rows[1].move_to(area.center - UP * (high - rows[1].height) / 2)
                    return rows, rest
        return None, self.body

    def matrix(self, area):
        """The largest alignment matrix that the area holds."""
        trace = self.trace
        for cell in np.arange(0.78, 0.1, -0.02):
            whole, empty = (
                AttentionMatrix(
                    trace.weights,
                    trace.target_tokens,
                    trace.source_tokens,
                    theme=self.theme,
                    cell=float(cell),
                    revealed=revealed,
                )  # fmt: skip
                for revealed in (self.m, 0)
            )
            if whole.width <= area.width and whole.height <= area.height:
                break
        area.place(whole)
        return empty.shift(whole.frame.get_center() - empty.frame.get_center())

    def tell_the_reversal(self, matrix):
        """Name the longest run of words that is read backwards, if there is one."""
        rows = backwards(self.trace.weights.argmax(axis=1))
        if len(rows) < 2:
            return
        columns = self.trace.weights.argmax(axis=1)[rows]
        cells = [matrix.cell_at(row, column) for row in rows for column in columns]
        words = " ".join(self.trace.target_tokens[row] for row in rows)
        self.play(self.title(f"“{words}” reads backwards"))
        self.play(highlight(VGroup(*cells), theme=self.theme, role="context", run_time=2.5))

    # ---------------------------------------------------------------------------------------------

    def title(self, text):
        """An animation: the heading of a step takes the place of the one before."""
        new = Label(text, theme=self.theme, size="title", weight="bold", width=self.area.width)
        new.move_to([self.area.left + new.width / 2, 0, 0])
        new.align_baseline(self.area.top - new.cap_height - 0.05)
        old, self.heading = self.heading, new
        return appear(new) if old is None else retitle(old, new, place=False)

    def below_title(self, lines):
        """What a heading of so many lines leaves of the frame."""
        high = self.area.height - 0.2 - 0.68 * lines
        return Area(self.area.left, self.area.bottom, self.area.width, high)

    def stations(self, area, *weights):
        """Side by side in a wide frame, one under the other else."""
        split = area.columns if self.area.is_wide else area.rows
        return split(*weights, gap=0.5 if self.area.is_wide else 0.3)

    def words(self, tokens, role, area):
        """A sentence in an area: boxed words, or plain ones where there are many."""
        for boxed, size in ((True, 0.28), (True, "body"), (False, "body"), (False, "small")):
            row = TokenRow(
                tokens, role=role, theme=self.theme, width=area.width, boxed=boxed, size=size
            )
            if row.height <= area.height:
                break
        return area.place(row)

    def encoder_rows(self):
        """Above, the unrolled encoder; below, what becomes of its states."""
        return self.body.rows(1.6, 1, gap=0.4)

    def halves(self):
        """How the table and the decoder share the body."""
        return (1.95, 1) if self.area.is_wide else (1.35, 1)

    def strip(self, values, role, cell=0.14, height=0.4, limit=1.0):
        """A vector as a row of cells."""
        return TensorBox(
            values, role=role, theme=self.theme, orientation="row", cell=cell, cell_height=height,
            limit=limit, numbers=False, shape_label=False,
        )  # fmt: skip

    def wire(self, start, end, role):
        """A level wire between two things."""
        y = start.get_y()
        return Wire(
            [start.get_right()[0] + 0.06, y, 0],
            [end.get_left()[0] - 0.06, y, 0],
            role=role,
            theme=self.theme,
        )
