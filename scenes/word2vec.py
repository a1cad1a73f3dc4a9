"""Words as vectors: what they are, what they can do, and how they are learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.subjects.words.acts.analogy import add_words, outcome, rank_words
from mlanim.subjects.words.acts.embedding_colours import embedding_colours
from mlanim.subjects.words.acts.negative_sampling import draw_noise, every_word, yes_or_no
from mlanim.subjects.words.acts.personality import five_traits, two_traits
from mlanim.subjects.words.acts.recommender import heard_beside, like_songs, listening
from mlanim.subjects.words.acts.skip_gram import skip_gram
from mlanim.subjects.words.acts.sliding_window import sliding_window
from mlanim.subjects.words.acts.training import many_steps, one_step
from mlanim.subjects.words.acts.word_choice import OF_VECTORS, choose_words
from mlanim.subjects.words.acts.word_map import word_map
from mlanim.subjects.words.models.asked import judge_words
from mlanim.subjects.words.models.learned_words import load_items, load_words

SENTENCE = "thou shalt not make a machine in the likeness of a human mind"
SONG = "Late Bus"


def known_words():
    """Those of the bundled model."""
    return load_words().words


class Word2vec(Explainer):
    """Words as vectors: cosines, a map, sums of words, and the training that makes them."""

    words: list[str] | None = parameter(
        None, "of colours and map; none: a choice", words=known_words
    )
    analogy: str = parameter(
        "king - man + woman", "a sum of words, with any signs", words=known_words
    )
    vectors: Path | None = parameter(None, "word vectors of your own: text or .bin, also .gz")
    corpus: Path | None = parameter(None, "a text of your own, to learn from: a UTF-8 file")
    window: int = parameter(2, "neighbours on each side", low=1, high=5)
    negatives: int = parameter(4, "noise words for a pair", low=1, high=8)
    dimensions: int = parameter(32, "numbers a word, of a corpus", low=2, high=300)
    epochs: int = parameter(30, "times that a corpus is read, at most", low=1, high=100)
    training_seed: int = parameter(4, "of the training and of noise words", low=0)
    judge = staticmethod(judge_words)

    def construct(self):
        self.choice = choose_words(self)
        if self.choice.learned is None:
            self.play_vectors()
        else:
            self.play_all()

    def play_all(self):
        self.learned = self.choice.learned
        self.text = self.learned.example
        self.place = self.telling_place()
        self.word = self.text[self.place]
        self.samples = self.drawn_samples()
        self.personality()
        self.embedding_colours()
        self.map()
        if self.choice.analogy:
            self.sum_of_words()
        self.sliding_window()
        self.skip_gram()
        self.negative_sampling()
        self.training()
        self.recommender()

    def play_vectors(self):
        """What can be shown of vectors whose text is not known."""
        steps = [s for s in OF_VECTORS if s != "analogy" or self.choice.analogy]
        for path in self.selection.paths:
            if path not in steps:
                raise UsageError(
                    f"the step {path} is not played with vectors=",
                    f"a file gives {', '.join(steps)}",
                    "to see how words are learned, give a text: corpus=FILE",
                )
        self.note(
            f"{self.vectors.name}: {', '.join(steps)}; how they were learned it does not tell"
        )
        self.embedding_colours()
        self.map()
        if self.choice.analogy:
            self.sum_of_words()

    def personality(self):
        with self.step(
            "personality",
            say="A person in numbers: each trait from minus one to one. Two traits are a direction "
            "on a plane, and the cosine of the angle tells how alike two people are. Five traits "
            "cannot be drawn, but the same sum works.",
        ):
            two_traits(self)
            five_traits(self)

    def embedding_colours(self):
        with self.step(
            "embedding-colours",
            say="A word is a list of numbers too, drawn as colours. Words that mean like things "
            "have like strips, and some numbers all words of a kind share.",
        ):
            embedding_colours(self, self.choice.vectors, self.choice.strips)

    def map(self):
        with self.step(
            "map",
            say="On the plane where the vectors spread most, like words lie together. The lines "
            "join a word to those that are nearest by all of their numbers.",
        ):
            word_map(self, self.choice.vectors, self.choice.mapped, self.choice.kind)

    def sum_of_words(self):
        made = self.choice.analogy
        with self.step(
            "analogy",
            say="Words can be added and taken away, number by number. Then all words are ranked by "
            "their cosine with the sum. The words it was asked with are left out, as every tool "
            f"does. {outcome(made)}.",
        ):
            add_words(self, made)
            rank_words(self, made)

    def sliding_window(self):
        with self.step(
            "sliding-window",
            say="All that is needed is text. A window goes over it, and each place gives pairs: "
            "the word in the middle with each of its neighbours.",
        ):
            words = self.text if self.corpus else SENTENCE.split()
            sliding_window(self, words, self.window)

    def skip_gram(self):
        with self.step(
            "skip-gram",
            say="Skip-gram guesses the neighbours from the word. The continuous bag of words does "
            "it the other way: from the mean of the neighbours' vectors it guesses the word.",
        ):
            skip_gram(self, self.learned.vectors, self.text, self.place, self.window)

    def negative_sampling(self):
        with self.step(
            "negative-sampling",
            say="To say which of all words is a neighbour takes a product with every one of them. "
            "So the question is changed: are these two neighbours, yes or no? For no, words are "
            "drawn by chance, frequent ones more often.",
        ):
            every_word(self, self.learned, self.word)
            draw_noise(self, self.learned, self.samples[1:])
            yes_or_no(self, self.learned, self.word, self.samples)

    def training(self):
        with self.step(
            "training",
            say="A step takes one pair and its noise words: dot product, sigmoid, error. Each row "
            "moves a little against its error. After many such steps, like words have come "
            "together.",
        ):
            one_step(self, self.learned, self.learned.words.index(self.word), self.samples)
            many_steps(self, self.learned, self.choice.kind)

    def recommender(self):
        items = load_items()
        with self.step(
            "recommender",
            say="What people listen to, view, or stay at, one after the other, is like a sentence. "
            "The same training finds songs that are alike. But what everybody hears is near "
            "everything: counted by what is heard together, it comes first for every song.",
        ):
            listening(self)
            like_songs(self, items, SONG)
            heard_beside(self, items, SONG)

    def telling_place(self):
        """The rarest word of the shown sentence that has all its neighbours, if one has."""
        counts = [self.learned.counts[self.learned.words.index(word)] for word in self.text]
        inner = range(len(self.text))[self.window : -self.window] or range(len(self.text))
        return min(inner, key=lambda i: counts[i])

    def drawn_samples(self):
        """A true neighbour, and noise words that are drawn as the training draws them."""
        near = self.text[self.place - 1 if self.place else 1]
        draw = np.random.default_rng(self.training_seed)
        noise = draw.choice(len(self.learned.words), self.negatives, p=self.learned.noise)
        return [self.learned.words.index(near), *noise.tolist()]
