"""Many heads: what each looks at, how they are joined, and one that learned what "it" means."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mlanim.acts.masked_attention import attention_of_all_heads
from mlanim.acts.multi_head import all_heads, join_heads
from mlanim.acts.pronoun import what_it_means
from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.models import transformer
from mlanim.models.captured import read_trace
from mlanim.models.masked_model import load_masked_model, looking_head, resolve


class MultiHead(Explainer):
    """Multi-head attention: several ways to look, joined, in a trained model or in yours."""

    source: str = parameter(
        "la zone économique européenne est grande", "a French sentence of the model's grammar"
    )
    layer: int = parameter(1, "the layer that is looked into", low=1, high=128)
    head: int = parameter(1, "the head that is looked into", low=1, high=128)
    pronoun: str = parameter(
        "The animal didn't cross the street because it was too tired",
        "a sentence with two nouns and “it”",
    )
    counterpart: str = parameter(
        "The animal didn't cross the street because it was too wide", "another one, beside it"
    )
    trace: Path | None = parameter(None, "tensors of another model, captured")

    def construct(self):
        if self.trace is not None:
            captured = read_trace(self.trace)
            if captured.attention is None:
                raise UsageError(f"{self.trace} holds no attention", "capture it with the model")
            self.layers(captured.tokens, captured.attention)
            return
        model = transformer.load_transformer()
        made = transformer.translate_transformer(model, self.source)
        weights = np.stack([layer.attention.weights for layer in made.encoder])
        self.check_head(weights)
        words, attention = made.source_tokens, made.encoder[self.layer - 1].attention
        with self.step(
            "heads",
            say=f"Every layer has several heads, here {len(attention.weights)}. Each has its own "
            "matrices, and looks in its own way.",
        ):
            all_heads(self, words, attention, known=self.head - 1)
            self.wait(5)
        with self.step(
            "join",
            say="What the heads found stands side by side, and one more matrix mixes it: the "
            "output of multi-head attention.",
        ):
            join_heads(self, words, attention, model.encoder[self.layer - 1].self_attention)
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

    def check_head(self, weights):
        for name, given, most in zip(
            ("layer", "head"), (self.layer, self.head), weights.shape, strict=False
        ):
            if given > most:
                raise UsageError(f"{name}={given}", f"this model has {most}", "count from 1")

    def layers(self, words, weights):
        self.check_head(weights)
        with self.step(
            "layers",
            say="All heads of all layers in one picture: rows look, columns are looked at, and the "
            "darker, the more.",
        ):
            attention_of_all_heads(self, words, weights, self.layer - 1, self.head - 1)
