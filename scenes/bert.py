"""Bidirectional models: masked words, spans, ELMo's mix, and what a trained encoder is used for."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np

from mlanim import motion as do
from mlanim.acts.captured import chosen_head, is_causal, open_captured
from mlanim.acts.masked_attention import attention_of_all_heads
from mlanim.explainer import Explainer, parameter
from mlanim.models.captured import read_trace
from mlanim.models.masked_model import (
    MASK,
    classify_opinion,
    fill_masks,
    load_masked_model,
    next_sentence,
    read_words,
)
from mlanim.models.softmax import softmax
from mlanim.models.token_names import drawn
from mlanim.subjects.masked_model import MaskedRow, ReadingModel, TaskShape, TwoWayGrid
from mlanim.subjects.masked_model.models.asked import judge_sentences, span_of
from mlanim.subjects.masked_model.models.elmo import load_elmo, read_both_ways

MOST_NAMED = 5  # words that a page lists
LONGEST_READ = 24  # signs of a captured token in a line of words


class Bert(Explainer):
    """BERT: reading both ways, masked words, sentence pairs and the tasks it is tuned for."""

    sentence: str = parameter(
        "the dog didn't eat the [MASK] because it was too hot",
        "with one [MASK]",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    span: str = parameter(
        "they say that the bird didn't enter the field because it was too tired",
        "masked here and there, or three words in a row",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    opinion: str = parameter(
        "the song was not boring",
        "whose writer was pleased, or not",
        words=lambda: load_elmo().vocabulary,
    )
    follows: str = parameter(
        "so the soup got cold",
        "may follow the sentence, its mask filled",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    layer: int = parameter(3, "the layer of a captured model that is looked into", low=1, high=128)
    head: int = parameter(1, "the head of a captured model", low=1, high=128)
    trace: Path | None = parameter(None, "tensors of another model, captured")
    captured_steps: ClassVar = {"attention": ("attention",), "masked-lm": ("logits", "vocabulary")}
    judge = staticmethod(judge_sentences)

    def construct(self):
        if self.trace is None:
            self.play_own()
        else:
            self.play_captured()

    def play_own(self):
        """All steps, by the models that were trained for them."""
        self.model = load_masked_model()
        self.masked_lm()
        self.span_mask()
        self.elmo()
        self.classifier()
        self.next_sentence()
        self.fine_tune()

    def masked_lm(self):
        with self.step(
            "masked-lm",
            say="BERT reads a whole sentence at once, with some words masked. From the words on "
            "both sides it predicts what stood there.",
        ):
            found = fill_masks(self.model, self.sentence)
            order = np.argsort(-found.probabilities[0], kind="stable")[:MOST_NAMED]
            names = [self.model.stack.vocabulary[i] for i in order]
            chances = found.probabilities[0][order]
            rest = len(found.probabilities[0]) - len(order)
            self.read(
                "Guess the masked word",
                found.stack.tokens,
                found.masked[0],
                [*names, self.theme.words.said(f"{rest} others")],
                [*chances, max(0.0, 1 - chances.sum())],
            )

    def read(self, title, tokens, position, names, chances, second=None):
        """A page on which the model reads tokens and says something at one of them."""
        page = ReadingModel(tokens, position, names, chances, second=second, **self.on(self.body))
        self.turn_to(title, page.words, page.model)
        self.play(do.draw(page.into), do.pulse(page.place, scale=1.1))
        self.play(do.pour(page.words.tokens, page.model, run_time=1.4))
        self.play(do.pulse(page.model, scale=1.03))
        self.play(do.draw(page.out))
        self.play(do.attend(page.bars))
        self.wait(2)

    def span_mask(self):
        words = span_of(self.span)
        spans = [[i, i + 1, i + 2] for i in range(1, len(words) - 3)]
        together = min(spans, key=lambda places: self.guess(words, places).mean())
        # One word of the hardest span, and two that are no neighbours of it nor of each other.
        far = sorted(range(len(words)), key=lambda i: -abs(i - together[0]))
        second = next(i for i in far if abs(i - far[0]) > 1)
        apart = sorted({together[0], far[0], second})
        with self.step(
            "span-mask",
            say="Words masked here and there leave their neighbours as hints. SpanBERT masks whole "
            "spans, so that the model has to do with what stands around them.",
        ):
            upper, lower = self.body.rows(1, 1, gap=0.3)
            pages = []
            for name, places, area in (
                ("scattered masks", apart, upper),
                ("one span", together, lower),
            ):
                chances = self.guess(words, places)
                pages.append(MaskedRow(name, words, places, chances, **self.on(area)))
            self.turn_to("How sure of what was there?", *(page.name for page in pages))
            for page in pages:
                self.play(do.appear(page.words))
                self.wait(0.6)
                self.play(
                    do.appear(*page.answers, lag=0.2), do.after(0.3, do.appear(*page.numbers))
                )
                self.wait(1)
            self.wait(2)

    def guess(self, words, places):
        """How probable the model finds each of the words at these places when all are masked."""
        text = " ".join(MASK if i in places else word for i, word in enumerate(words))
        right = [self.model.stack.index[words[i]] for i in places]
        return fill_masks(self.model, text).probabilities[range(len(places)), right]

    def elmo(self):
        with self.step(
            "elmo",
            say="Before BERT, ELMo read forward with one LSTM and backward with another. A word's "
            "vector is a mix of all layers, with weights learned for the task.",
        ):
            trace = read_both_ways(load_elmo(), self.opinion)
            last = len(trace.tokens) - 1
            page = TwoWayGrid(
                trace.tokens,
                trace.layers,
                trace.weights,
                trace.mixed[last],
                last,
                **self.on(self.body),
            )
            self.turn_to("ELMo: forward and backward", *page.tokens)
            self.play(do.appear(*page.embeddings, lag=0.1), do.appear(page.names[0]))
            for layer in (0, 1):
                pace = 0.9 / max(3, len(trace.tokens))
                self.play(
                    do.appear(page.names[layer + 1]),
                    do.appear(*page.forward[layer], lag=pace),
                    do.appear(*reversed(page.backward[layer]), lag=pace),
                )
            self.wait(0.8)
            self.play(do.appear(page.title), do.attend(page.bars))
            self.wait(0.6)
            self.play(
                *(do.flow(box, page.mixed, bend=0.1, run_time=1.2) for box in page.column),
                do.after(0.9, do.appear(page.mixed, page.mixed_name)),
            )
            self.wait(2)

    def classifier(self):
        with self.step(
            "classifier",
            say="To classify a sentence, one small layer reads the output at the first token, "
            "[CLS]. Here it tells whether the writer was pleased.",
        ):
            found = classify_opinion(self.model, self.opinion)
            names = list(map(self.theme.words.said, ("not pleased", "pleased")))
            self.read("[CLS] stands for it all", found.stack.tokens, 0, names, found.probabilities)

    def next_sentence(self):
        with self.step(
            "next-sentence",
            say="BERT also learns whether one sentence follows another. [SEP] parts them, and "
            "each token knows its sentence.",
        ):
            first = fill_masks(self.model, self.sentence)
            words = read_words(self.sentence)
            words[words.index(MASK)] = first.best[0]
            found = next_sentence(self.model, " ".join(words), self.follows)
            names = list(map(self.theme.words.said, ("does not follow", "follows")))
            second = len(words) + 2
            self.read(
                "Does it follow?", found.stack.tokens, 0, names, found.probabilities, second=second
            )

    def fine_tune(self):
        with self.step(
            "fine-tune",
            say="The same encoder serves many tasks; only what is put on top differs: a class for "
            "a pair or a sentence, a span in a text, a tag for each word.",
        ):
            shapes = (
                ("a pair: one class", ["[CLS]", "A", "[SEP]", "B"], {0: "class"}),
                ("a sentence: one class", ["[CLS]", "so", "good"], {0: "class"}),
                (
                    "an answer: start, end",
                    ["who", "[SEP]", "the", "fox"],
                    {2: "start", 3: "end"},
                ),
                ("a tag a word", ["the", "fox", "slept"], {0: "article", 1: "noun", 2: "verb"}),
            )
            rows = self.body.rows(1, 1, gap=0.3) if not self.area.is_tall else None
            areas = (
                [part for row in rows for part in row.columns(1, 1, gap=0.4)]
                if rows
                else self.body.rows(1, 1, 1, 1, gap=0.3)
            )
            pages = [
                TaskShape(title, tokens, said, **self.on(area))
                for (title, tokens, said), area in zip(shapes, areas, strict=True)
            ]
            self.turn_to("One encoder, many tasks", *(page.title for page in pages))
            for page in pages:
                self.play(do.appear(page.words, page.model))
                self.play(do.draw(*page.wires), do.appear(*page.answers, lag=0.1))
                self.wait(0.8)
            self.wait(2)

    def play_captured(self):
        """What another model attends to; what the file lacks is left out."""
        found = read_trace(self.trace)
        steps = open_captured(self, self.trace, found)
        causal = is_causal(found)
        if causal:
            self.note(
                f"{self.trace.name}: no token looks at a later one, so what is said at a token is "
                "what comes after it; for such a model there is `mlanim render gpt2`"
            )
        if "attention" in steps:
            looked_at = chosen_head(self, found.layers, found.heads)
            with self.step("attention", say="Where each token looks, in every head."):
                attention_of_all_heads(self, found.drawn_tokens, found.attention, *looked_at)
        if "masked-lm" in steps:
            where = "after" if causal else "at"
            with self.step(
                "masked-lm", say=f"What the model predicts {where} the least certain token."
            ):
                chances = softmax(found.logits)
                place = int(chances.max(axis=1).argmin())
                order = np.argsort(-chances[place], kind="stable")[:MOST_NAMED]
                top = chances[place][order]
                names = [found.drawn_words[i] for i in order]
                if rest := chances.shape[1] - len(order):
                    names, top = (
                        [*names, self.theme.words.said(f"{rest} others")],
                        [*top, max(0.0, 1 - top.sum())],
                    )
                title = "What comes after it?" if causal else "The least certain token"
                cut = [drawn(token, LONGEST_READ) for token in found.tokens]
                self.read(title, cut, place, names, top)
