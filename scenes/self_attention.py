"""Self-attention alone: the published numbers, then any sentence at any width."""

from __future__ import annotations

from mlanim.explainer import Explainer, parameter
from mlanim.primitives import about
from mlanim.subjects.transformer.acts.matrix_form import matrix_form
from mlanim.subjects.transformer.acts.multi_head import all_heads, join_heads
from mlanim.subjects.transformer.acts.queries_keys_values import queries_keys_values
from mlanim.subjects.transformer.acts.self_attention import (
    published_example,
    scale_softmax,
    score,
    table_of,
    weighted_values,
)
from mlanim.subjects.transformer.models.asked import check_word, judge_random
from mlanim.subjects.transformer.models.random_attention import random_attention


class SelfAttention(Explainer):
    """Self-attention: the published worked example, then any sentence with random matrices."""

    sentence: str = parameter("robots dream too", "the words; each has a random vector")
    width: int = parameter(8, "numbers a word, all heads together", low=1, high=128)
    heads: int = parameter(2, "how many heads", low=1, high=16)
    word: int = parameter(1, "the word that looks, from 1", low=1)
    matrix_seed: int = parameter(0, "of the random vectors and matrices", low=0)
    judge = staticmethod(judge_random)

    def construct(self):
        words = tuple(self.sentence.split())
        self.made = random_attention(
            words, width=self.width, heads=self.heads, seed=self.matrix_seed
        )
        check_word(self.word, len(words))
        self.published()
        self.qkv()
        self.one_word()
        if self.heads > 1:
            self.multi_head()

    def published(self):
        with self.step(
            "published",
            say="The published example: queries and keys are 64 wide. The scores 112 and 96 are "
            "divided by 8, and softmax makes 0.88 and 0.12 of them.",
        ):
            published_example(self)
            self.wait(3)

    def qkv(self):
        with self.step(
            "qkv",
            say="Now with other words, and matrices that are random, not learned. Each word's "
            "vector is multiplied by three matrices: a query, a key and a value come out.",
        ):
            queries_keys_values(
                self, self.made.words, self.made.embeddings, self.made.weights, head=1
            )
            self.wait(1.2)

    def one_word(self):
        trace, words, looking = self.made.trace, self.made.words, self.word - 1
        one = trace.queries[0], trace.keys[0], trace.values[0]
        table = about(table_of(self, words, *one, looking=looking), head=1)
        with self.step("score", say="One word's query times every key: each dot product a score."):
            score(self, table)
            self.wait(1.2)
        with self.step(
            "scale-softmax",
            say="Divided by the square root of the keys' width, softmax makes weights of them.",
        ):
            scale_softmax(self, table)
            self.wait(1.2)
        with self.step(
            "weighted-values", say="Each value times its weight, all added up: z, the result."
        ):
            weighted_values(self, table)
            self.wait(1.4)
        with self.step(
            "matrix-form", say="The same for all words at once, as two products of matrices."
        ):
            matrix_form(self, words, *one)
            self.wait(1.5)

    def multi_head(self):
        with self.step(
            "multi-head",
            say=f"{self.heads} heads look in {self.heads} ways. Joined and multiplied by one more "
            "matrix, they give one vector a word.",
        ):
            all_heads(self, self.made.words, self.made.trace, known=0)
            self.wait(1.2)
            join_heads(self, self.made.words, self.made.trace, self.made.weights)
            self.wait(1.5)
