"""What readers of the transformer ask about next: how its attention is made cheaper and longer."""

from __future__ import annotations

import numpy as np

from mlanim.explainer import Explainer, parameter
from mlanim.models.language_model.language_model import (
    continue_text,
    load_language_model,
)
from mlanim.subjects.modern_attention.acts.experts import load, routing
from mlanim.subjects.modern_attention.acts.head_sharing import caches, sharing
from mlanim.subjects.modern_attention.acts.rotary import score_diagonals, turning_pairs
from mlanim.subjects.modern_attention.acts.sliding_window import (
    growing_reach,
    masked_window,
    rolling_cache,
)
from mlanim.subjects.modern_attention.acts.speculative import (
    last_word,
    measured,
    one_round,
    rounds,
)
from mlanim.subjects.modern_attention.acts.tiles import tiles
from mlanim.subjects.modern_attention.models.asked import (
    HEADS,
    WORDS,
    judge_attention,
    words_begun,
)
from mlanim.subjects.modern_attention.models.experts import load_experts, unseen_text
from mlanim.subjects.modern_attention.models.head_sharing import shared_heads
from mlanim.subjects.modern_attention.models.rotary import RotaryPairs
from mlanim.subjects.modern_attention.models.sliding_window import read_in_windows
from mlanim.subjects.modern_attention.models.speculative import continue_in_rounds
from mlanim.subjects.modern_attention.models.two_models import LargeModel, load_word_pairs

ROUTED = 7  # words
PASSES, DRAWN_PASSES = 40, 5
ROUNDS = 4000
LAYER, HEAD = 2, 3  # from 0


class ModernAttention(Explainer):
    """Modern attention: rotary positions, shared heads, windows, tiles, experts, drafts."""

    prompt: str = parameter(
        "one morning the robot lost a", "the beginning of a tale, in the model's words"
    )
    kv_heads: int = parameter(2, "heads of keys and values for 8 query heads", low=1, high=8)
    window: int = parameter(4, "how many words a position sees", low=2, high=8)
    tile: int = parameter(4, "how many keys a tile has", low=1, high=12)
    top_k: int = parameter(2, "how many of 4 experts a word is sent to", low=1, high=4)
    draft: int = parameter(4, "how many words the small model drafts", low=1, high=8)
    temperature: float = parameter(1.0, "of both models' draws", low=0.3, high=3)
    sampling_seed: int = parameter(38, "of the draws", low=0)
    judge = staticmethod(judge_attention)

    def construct(self):
        shared_heads(HEADS, self.kv_heads)  # refuses what cannot be before anything is drawn
        self.model = load_language_model()
        begun = words_begun(self.model, self.prompt)
        self.made = continue_text(self.model, self.prompt, WORDS - begun)
        self.stack = self.made.stack
        self.rotary()
        self.grouped_heads()
        self.sliding_window()
        self.flash_tiles()
        self.mixture_of_experts()
        self.speculative()

    def rotary(self):
        head = self.stack.layers[1].attention
        pairs = RotaryPairs(head.queries[2, -1], head.keys[2, 5])
        with self.step(
            "rotary",
            say="Rotary positions turn each pair of a query and of a key by an angle that grows "
            "with the word's place. Move both words on, and all turn alike: the score depends on "
            "their distance alone.",
        ) as step:
            if step.shown:
                turning_pairs(self, pairs, (7, 3), on=20)
                score_diagonals(self, pairs, back=4)

    def grouped_heads(self):
        with self.step(
            "grouped-heads",
            say="The keys and values of all tokens are kept. Where several query heads share one "
            "head of keys and values, that cache shrinks by as much: eightfold in Llama 2 70B and "
            "Llama 3 70B, fourfold in Llama 3 8B.",
        ) as step:
            if step.shown:
                sharing(self, HEADS, self.kv_heads)
                caches(self)

    def sliding_window(self):
        words = self.stack.tokens
        layers = read_in_windows(self.model, [self.model.index[w] for w in words], self.window)
        full = self.stack.layers[0].attention.weights[HEAD]
        weights = np.stack([layer.attention.weights for layer in layers])
        with self.step(
            "sliding-window",
            say="With a window each position sees the last few only. But what it sees has looked "
            "back in its turn, so with every layer it reaches further. And the cache never grows "
            "beyond the window.",
        ) as step:
            if step.shown:
                masked_window(self, words, full, weights[0][HEAD], self.window, HEAD)
                growing_reach(self, words, weights, self.window)
                rolling_cache(self, words, layers[0].attention.keys[HEAD], self.window)

    def flash_tiles(self):
        head = self.stack.layers[LAYER].attention
        with self.step(
            "flash-tiles",
            say="FlashAttention never holds a whole row of scores. It keeps the highest score and "
            "the sum so far, and scales what came before when a higher one comes. After every tile "
            "the result is exactly the softmax of what was read.",
        ) as step:
            if step.shown:
                one = head.queries[HEAD, -1], head.keys[HEAD], head.values[HEAD]
                tiles(self, self.stack.tokens, *one, self.tile, layer=LAYER + 1, head=HEAD + 1)

    def mixture_of_experts(self):
        layers = load_experts(), load_experts(balanced=False)
        words = self.stack.tokens[: ROUTED + 1]
        routed = layers[0].read([self.model.index[w] for w in words], self.top_k)
        with self.step(
            "mixture-of-experts",
            say="A mixture of experts has several small networks where one was. A router weighs "
            "them for each word, and only the best few compute. A loss of its own keeps their "
            "load even.",
        ) as step:
            if step.shown:
                routing(self, words[1:], routed, self.top_k)
                load(self, *(layer.read(unseen_text(), self.top_k) for layer in layers))

    def speculative(self):
        small = load_word_pairs().at(self.temperature)
        large = LargeModel(self.temperature, self.model)
        text = [self.model.index[word] for word in self.made.prompt]
        made = continue_in_rounds(
            small,
            large,
            text,
            self.draft,
            rounds=PASSES,
            longest=len(self.model.position_embedding),
            seed=self.sampling_seed,
        )
        with self.step(
            "speculative",
            say="A small model drafts a few words, and the large one judges all of them in one "
            "pass. A draft stays with probability p over q; else a word is drawn of what p has "
            "more than q. What comes out is distributed exactly as the large model's own.",
        ) as step:
            if step.shown:
                vocabulary = self.model.vocabulary
                one_round(self, self.made.prompt, vocabulary, made[0])
                last_word(self, vocabulary, made[0])
                rounds(self, vocabulary, made, DRAWN_PASSES)
                measured(self, vocabulary, made[0], ROUNDS, self.sampling_seed)
