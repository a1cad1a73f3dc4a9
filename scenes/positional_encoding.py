"""Positional encoding: numbers, waves, the picture, and the sum with an embedding."""

from __future__ import annotations

from typing import Literal

from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.models.positions import sinusoidal
from mlanim.subjects.transformer.acts.position_code import both_forms, code_table, waves
from mlanim.subjects.transformer.acts.positions import add_position, position_map
from mlanim.subjects.transformer.models import transformer
from mlanim.subjects.transformer.models.asked import judge_sentences


class PositionalEncoding(Explainer):
    """Positional encoding: how sines and cosines tell a transformer the order of words."""

    width: int = parameter(64, "numbers a code, even", low=4, high=512)
    count: int = parameter(50, "how many positions", low=4, high=512)
    form: Literal["interleaved", "split"] = parameter(
        "interleaved", "sine and cosine in turn (the paper), or all sines, then all cosines"
    )
    source: str = parameter(
        "je suis étudiant",
        "a French sentence of the model's grammar",
        words=lambda: transformer.load_transformer().source_words,
    )
    position: int = parameter(1, "the word whose code is added, from 0", low=0)
    judge = staticmethod(judge_sentences)

    def construct(self):
        model = transformer.load_transformer()
        made = transformer.translate_transformer(model, self.source)
        words = made.source_tokens
        if self.position >= len(words):
            raise UsageError(f"position={self.position}", f"the sentence has 0 to {len(words) - 1}")
        codes = sinusoidal(self.count, self.width, self.form)
        with self.step(
            "code",
            say="Attention alone does not know the order of words. So each position gets a code: "
            "sines and cosines, here of four numbers.",
        ):
            code_table(self, 4, 4, self.form)
            self.wait(4.2)
        with self.step(
            "waves",
            say="Along the positions every dimension is a wave. The first ones are fast, and each "
            "that follows is slower.",
        ):
            waves(self, self.width, self.count, self.form)
            self.wait(2.5)
        with self.step(
            "map",
            say=f"All codes in one picture: {self.count} positions, {self.width} dimensions. No "
            "two rows are alike.",
        ):
            position_map(self, codes, title="The codes of all positions", area=self.body)
            self.wait(3.5)
        with self.step(
            "forms",
            say="The paper lets sine and cosine take turns; the illustrated article shows all "
            "sines, then all cosines. The idea is the same.",
        ):
            both_forms(self, self.width, self.count)
            self.wait(5.6)
        with self.step(
            "add",
            say="The code is added to the word's embedding: the same word at another position "
            "enters the model as another vector.",
        ):
            own = sinusoidal(transformer.LONGEST, model.width)
            embedding = made.source_embeddings[self.position]
            add_position(self, words[self.position], embedding, own, self.position)
            self.wait(2)
