"""Neural machine translation, from a black box to the alignment of two sentences."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from manim import VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer, parameter
from mlanim.subjects.translation import (
    Alignment,
    AttentionPage,
    Bottleneck,
    RateColumns,
    RecurrentStep,
    UnrolledEnd,
    align_word,
    clear,
    cross,
    feed_back,
    keep_end,
    open_cell,
    read_word,
    take_in,
)
from mlanim.subjects.translation.acts import look_back
from mlanim.subjects.translation.models.accuracy import exact, exact_by_length
from mlanim.subjects.translation.models.alignment import backward_run
from mlanim.subjects.translation.models.asked import judge_sentence
from mlanim.subjects.translation.models.decoder_look import decoder_look, look_passes
from mlanim.subjects.translation.models.encoder_step import encoder_step
from mlanim.subjects.translation.models.seq2seq import load_model, translate


class Seq2Seq(Explainer):
    """Neural machine translation: a recurrent encoder, a decoder, and attention between them."""

    source: str = parameter(
        "la zone économique européenne est grande",
        "a French sentence of the model's grammar",
        words=lambda: load_model("gru", "bahdanau").source_words,
    )
    attention: Literal["none", "bahdanau", "luong"] = parameter(
        "bahdanau", "how a decoder state is scored against the hidden states"
    )
    cell: Literal["gru", "lstm"] = parameter("gru", "the recurrent cell")
    gates: bool = parameter(True, "open the recurrent cell and show its gates")
    judge = staticmethod(judge_sentence)

    def construct(self):
        self.trace = translate(load_model(self.cell, self.attention), self.source)
        self.french, self.english = self.trace.source_tokens, self.trace.target_tokens
        self.n, self.m = len(self.french), len(self.english)
        self.looked_at = min(1, self.n - 1)
        self.above, self.below = self.body.rows(1.65, 1, gap=0.4)

        self.black_box()
        self.encoder_decoder()
        self.embeddings()
        self.rnn_step()
        self.unroll()
        self.context()
        if self.attention != "none":
            self.attend()
            self.align()

    def passes(self):
        return look_passes(self.trace)

    def black_box(self):
        with self.step(
            "black-box",
            say="A sequence-to-sequence model takes items in, one at a time, and gives items out. "
            "Here French words go in, and English words come out.",
        ):
            model = self.model = show.Translator(
                self.french, self.trace.spoken, self.trace.hidden_states[-1], **self.on(self.body)
            )
            self.turn_to(
                "One sequence in, another out", *model.words_in.tokens, model.box, model.name
            )
            self.play(do.pour(model.words_in.tokens, model.box))
            self.play(do.pulse(VGroup(model.box, model.name), scale=1.04))
            self.play(do.emerge(model.words_out.tokens, model.box))
            count = self.n + len(self.trace.spoken)  # few words come sooner than this is read
            self.wait(max(1.5, 5.0 - 0.35 * count))

    def encoder_decoder(self):
        with self.step(
            "encoder-decoder",
            say="Inside are two networks. The encoder reads the sentence and sums it up in a "
            "vector, the context. The decoder writes the translation from it.",
        ):
            model = self.model
            self.play(
                self.retitle("Inside: encoder and decoder"),
                do.vanish(model.name, *model.words_out.tokens),
                model.box.animate.become(model.opened),
            )
            self.play(do.appear(model.encoder, model.decoder, scale=0.8, lag=0.3))
            self.play(do.pour(model.words_in.tokens, model.encoder, run_time=2))
            self.play(
                do.pulse(model.encoder, scale=1.05),
                do.appear(model.context, start=model.encoder, scale=0.4),
                do.appear(model.context_name),
            )
            self.play(do.flow(model.context, model.decoder, shrink=0.6, run_time=1.2))
            self.play(do.emerge(model.words_out.tokens, model.decoder, run_time=1.8))
            self.wait(1.4)

    def embeddings(self):
        with self.step(
            "embeddings",
            say="A network computes with numbers. So each word is looked up in a table that the "
            f"model has learned: its embedding, {self.trace.source_embeddings.shape[1]} numbers.",
        ):
            top, rest = self.body.rows(1.1, 3.6, gap=0.3)
            vectors = self.trace.source_embeddings
            table = show.VectorList(self.french, vectors, **self.on(rest))
            close = show.WordVector(
                self.french[self.looked_at],
                vectors[self.looked_at],
                limit=table.limit,
                **self.on(top),
            )
            self.turn_to("Each word becomes a vector", close.word)
            self.play(do.appear(close.vector, start=close.word, scale=0.5))
            self.wait(1.4)
            self.play(do.appear(*table.tokens, lag=min(0.1, 1 / self.n)))
            self.play(
                do.carry(close.vector.frame, table.vectors[self.looked_at].frame),
                do.appear(*table.vectors, lag=min(0.25, 2 / self.n)),
            )
            self.wait(max(1.8, 3.6 - self.n / 4))

    def rnn_step(self):
        with self.step(
            "rnn-step",
            say="The encoder reads one word at a time. Its cell takes the hidden state so far and "
            "the word's vector, and computes the next hidden state.",
        ):
            made = encoder_step(self.trace, self.looked_at)
            one = RecurrentStep(**made.outside, kind=self.cell, **self.on(self.body))
            in_before, in_vector, out = one.wires
            self.turn_to("One step of the encoder", one.cell)
            self.play(
                do.appear(
                    one.before, one.names[0], in_before, one.vector, one.word, in_vector, lag=0.1
                )
            )
            self.play(*(do.flow(part, one.cell, shrink=0.4) for part in (one.before, one.vector)))
            self.play(do.pulse(one.cell, scale=1.08))
            self.play(do.appear(out, one.names[1]), do.appear(one.after, start=one.cell, scale=0.4))
            self.wait(1.4)
            if self.gates:
                inside = show.CellInside(self.cell, **made.inside, **self.on(self.body))
                self.play(
                    self.retitle("Inside the cell: its gates"),
                    open_cell(one.cell, inside, *one, run_time=4.2),
                )
                self.wait(2.5)

    def unroll(self):
        with self.step(
            "unroll",
            say="The same cell is used for every word. Unrolled in time, each copy hands its "
            "hidden state on to the next.",
        ):
            self.encoder = self.unrolled(self.body)
            rolled = show.RNNCell(
                kind=self.cell, size=1.4, looped=True, text_size=0.3, theme=self.theme
            )
            self.turn_to("One cell, unrolled in time", self.body.place(rolled))
            self.wait(0.4)
            self.play(do.unroll(rolled, self.encoder))
            for i in range(self.n):
                pace = min(1.1, max(0.35, 6.3 / self.n))
                self.play(read_word(self.encoder, i, run_time=pace))
            self.add(self.encoder)
            self.wait(max(0.8, 3.8 - self.n / 2))

    def unrolled(self, area, noun=show.UnrolledRNN):
        states = self.trace.hidden_states
        return noun(self.french, states, cell_kind=self.cell, limit=1, **self.on(area))

    def context(self):
        with self.step(
            "context",
            say="Without attention only the last hidden state crosses to the decoder. However long "
            f"the sentence is, it has to fit into {self.trace.hidden_states.shape[1]} numbers.",
        ):
            plain = translate(load_model(self.cell, "none"), self.source)
            narrow = Bottleneck(plain.hidden_states[-1], plain.spoken, **self.on(self.below))
            to_decoder, to_words = narrow.wires
            upper = self.unrolled(self.above, UnrolledEnd)
            self.play(self.retitle("One vector has to carry all"), keep_end(self.encoder, upper))
            self.encoder = upper
            *others, last = upper.states
            # From here on the states are those of a model that was trained without attention.
            self.play(do.become_values(upper.states, plain.hidden_states[-len(upper.states) :]))
            self.play(do.dim(*others), do.carry(last, narrow.context, run_time=1.1))
            self.play(do.appear(narrow.context, narrow.name, to_decoder, narrow.decoder))
            self.play(do.flow(narrow.context, narrow.decoder, shrink=0.6))
            self.play(do.appear(to_words), do.emerge(narrow.words.tokens, narrow.decoder))
            self.wait(1.5)
            best = "bahdanau" if self.attention == "none" else self.attention
            rates, reference = exact_by_length(self.cell, "none"), exact(self.cell, best)
            self.chart = RateColumns(
                rates, unit="words", reference=("with attention", reference), **self.on(self.below)
            )
            self.play(
                self.retitle("Without attention: % right"),
                do.vanish(*narrow),
                do.after(0.4, do.appear(self.chart)),
            )
            self.wait(3)

    def attend(self):
        with self.step(
            "attention",
            say="With attention, all hidden states cross. For every word it writes, the decoder "
            "looks back at them.",
        ):
            pages = [self.attention_page(t) for t in range(min(2, self.m))]
            if len(self.encoder.states) < self.n:  # its end only was on view
                self.encoder = self.unrolled(self.body)
                self.turn_to("Attention: all states cross", self.encoder)
            else:
                self.play(
                    self.retitle("Attention: all states cross"),
                    do.vanish(self.chart),
                    do.undim(*self.encoder.states),
                )
                self.play(do.become_values(self.encoder.states, self.trace.hidden_states))
            first = pages[0].as_far_as("scores")
            self.play(cross(self.encoder, first.table))
            self.play(take_in(first.step))
            self.look(pages[0], 0)
            for t, (page, following) in enumerate(pairwise(pages), 1):
                asking = following.as_far_as("scores")
                self.play(
                    self.retitle("The word goes in again"),
                    feed_back(page.step, asking.step),
                    clear(page, asking),
                )
                self.play(take_in(asking.step, run_time=1.2))
                self.look(following, t, pace=0.65)

    def attention_page(self, t):
        values = vars(decoder_look(self.trace, t))
        return AttentionPage(
            **values, said=self.english[:2], spoken=t, cell_kind=self.cell, **self.on(self.body)
        )

    def look(self, page, t, pace=1.0):
        """All that is computed for one output word."""
        with self.step("score", say="Score every hidden state against the decoder's state."):
            look_back.score(self, page, pace)
        with self.step("softmax", say="Softmax turns the scores into weights that sum to one."):
            look_back.softmax(self, page, pace)
        with self.step("weighted-sum", say="Each state times its weight, summed: the context."):
            look_back.weighted_sum(self, page, pace)
        with self.step("concat", say="Context and decoder state together give the next word."):
            look_back.next_word(self, page, t, pace)

    def align(self):
        with self.step(
            "alignment",
            say="Row by row, the weights show which French words each English word was made from.",
        ):
            page = Alignment(self.french, self.english, self.trace.weights, **self.on(self.body))
            weights = page.matrix.weights
            self.turn_to("Where each word looked", page)
            for t in range(len(weights)):
                pace = min(1.1, max(0.45, 6.6 / self.m))
                self.play(align_word(page, t, run_time=pace))
            self.play(do.undim(*page.arrows), do.pulse(page.matrix.frame, scale=1.02))
            self.wait(0.6)
            rows = backward_run(weights)
            if len(rows) > 1:
                words = " ".join(self.english[row] for row in rows)
                words = f"“{words}”" if self.area.is_wide else "This"
                self.play(self.retitle(f"{words} is read backwards"))
                block = page.matrix.block(rows, weights[rows].argmax(axis=1))
                self.play(do.highlight(block, theme=self.theme, role="context", buff=0, stays=True))
            self.wait(2)
