"""What came before attention and beside it: six small systems, trained and measured."""

from __future__ import annotations

from typing import Literal

from mlanim.explainer import Explainer, parameter
from mlanim.subjects.attention_family.acts.copies import (
    copied_row,
    looks,
    over_length,
    over_training,
)
from mlanim.subjects.attention_family.acts.memory import accuracies, gates, gradient_curves, path
from mlanim.subjects.attention_family.acts.recommender import recommend
from mlanim.subjects.attention_family.acts.self_attention import (
    every_word,
    one_word,
    stated_vectors,
)
from mlanim.subjects.attention_family.acts.windows import (
    window_accuracies,
    window_learns,
    wrong_windows,
)


class AttentionFamily(Explainer):
    """Attention's family: factors, bare dot products, memories that fade, windows, copies."""

    word: Literal["dog", "chased", "cat", "across", "town"] = parameter(
        "cat", "of the sentence, that looks at the others"
    )
    seed: int = parameter(1, "of the tastes and traits before training", low=0)
    length: int = parameter(30, "words of a sequence to remember", low=20, high=40)

    def construct(self):
        self.recommender()
        self.self_attention_basic()
        self.rnn_path_length()
        self.lstm_gru()
        self.local_window()
        self.copy_task()

    def recommender(self):
        with self.step(
            "recommender",
            say="A taste and a trait match as their dot product says. Nobody states them: they "
            "begin as chance, and descent on the error of the known ratings finds them. "
            "Their products then guess the ratings that are missing.",
        ) as step:
            if step.shown:
                recommend(self, self.seed)

    def self_attention_basic(self):
        with self.step(
            "self-attention-basic",
            say="Take the same dot product between the words of a sentence. Softmax makes "
            "weights of the scores, and the weighted sum of all vectors is the word's new "
            "vector. There is no parameter in it.",
        ) as step:
            if step.shown:
                stated_vectors(self)
                one_word(self, self.word)
                every_word(self)

    def rnn_path_length(self):
        with self.step(
            "rnn-path-length",
            say="In a recurrent network the first word reaches the last only through every cell "
            "in between. The gradient goes the same way back, and at each step there is "
            "less of it. Attention is one step away from every word.",
        ) as step:
            if step.shown:
                path(self)
                gradient_curves(self, ["rnn"], self.length)

    def lstm_gru(self):
        with self.step(
            "lstm-gru",
            say="Gates decide what is kept. In an LSTM and a GRU that learned to remember the "
            "name, the gradient still arrives at the first word. The plain network, trained "
            "the same way, never learned it.",
        ) as step:
            if step.shown:
                gates(self, self.length)
                gradient_curves(self, ["rnn", "lstm", "gru"], self.length)
                accuracies(self)

    def local_window(self):
        with self.step(
            "local-window",
            say="A hard window stands where it was put. A soft one has two edges, each a "
            "softmax: summed from the left and from the right, their product is the window, "
            "and divided by its sum it weighs the signs. So the gradient can move both "
            "edges to the brackets, though nobody tells where these are.",
        ) as step:
            if step.shown:
                wrong_windows(self)
                window_learns(self)
                window_accuracies(self)

    def copy_task(self):
        with self.step(
            "copy-task",
            say="To copy a row without attention, all of it must go through one vector, and "
            "long rows do not. With attention each letter is looked up where it stands. "
            "Attention alone, with positions, learns it soonest.",
        ) as step:
            if step.shown:
                copied_row(self)
                looks(self)
                over_training(self)
                over_length(self)
