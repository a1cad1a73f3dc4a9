"""Many heads: what each looks at, how they are joined, and one that learned what "it" means."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np

from mlanim.acts.captured import chosen_head, open_captured
from mlanim.acts.masked_attention import attention_of_all_heads
from mlanim.explainer import Explainer, parameter
from mlanim.models.captured import read_trace
from mlanim.models.masked_model import load_masked_model, looking_head, resolve
from mlanim.subjects.transformer.acts.multi_head import all_heads, join_heads
from mlanim.subjects.transformer.acts.pronoun import what_it_means
from mlanim.subjects.transformer.models import transformer
from mlanim.subjects.transformer.models.asked import judge_sentences


class MultiHead(Explainer):
    """Multi-head attention: several ways to look, joined, in a trained model or in yours."""

    source: str = parameter(
        "la zone économique européenne est grande",
        "a French sentence of the model's grammar",
        words=lambda: transformer.load_transformer().source_words,
    )
    layer: int = parameter(1, "the layer that is looked into", low=1, high=128)
    head: int = parameter(1, "the head that is looked into", low=1, high=128)
    pronoun: str = parameter(
        "The animal didn't cross the street because it was too tired",
        "a sentence with two nouns and “it”",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    counterpart: str = parameter(
        "The animal didn't cross the street because it was too wide",
        "another one, beside it",
        words=lambda: load_masked_model().stack.vocabulary,
    )
    trace: Path | None = parameter(None, "tensors of another model, captured")
    captured_steps: ClassVar = {"layers": ("attention",)}
    judge = staticmethod(judge_sentences)

    def construct(self):
        if self.trace is not None:
            captured = read_trace(self.trace)
            open_captured(self, self.trace, captured)
            self.layers(captured.drawn_tokens, captured.attention)
            return
        model = transformer.load_transformer()
        made = transformer.translate_transformer(model, self.source)
        weights = np.stack([layer.attention.weights for layer in made.encoder])
        layer, head = chosen_head(self, *weights.shape[:2])
        words, attention = made.source_tokens, made.encoder[layer].attention
        with self.step(
            "heads",
            say=f"Every layer has several heads, here {len(attention.weights)}. Each has its own "
            "matrices, and looks in its own way.",
        ):
            all_heads(self, words, attention, known=head, layer=layer + 1)
            self.wait(5)
        with self.step(
            "join",
            say="What the heads found stands side by side, and one more matrix mixes it: the "
            "output of multi-head attention.",
        ):
            own = model.encoder[layer].self_attention
            join_heads(self, words, attention, own, layer=layer + 1)
            self.wait(1.5)
        self.layers(words, weights)
        with self.step(
            "it",
            say="Some heads can be understood. In a model trained to fill gaps, one looks from "
            "“it” to the noun that is meant.",
        ):
            reader = load_masked_model()
            traces = [resolve(reader, sentence) for sentence in (self.pronoun, self.counterpart)]
            what_it_means(self, traces, *looking_head())
            self.wait(1.5)

    def layers(self, words, weights):
        with self.step(
            "layers",
            say="All heads of all layers in one picture: rows look, columns are looked at, and the "
            "darker, the more.",
        ):
            attention_of_all_heads(self, words, weights, *chosen_head(self, *weights.shape[:2]))
