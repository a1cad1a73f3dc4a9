"""Decoder-only language models: how GPT-2 reads, looks back, speaks, and learns."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.captured import chosen_head, is_causal, open_captured
from mlanim.acts.masked_attention import attention_of_all_heads, masked_attention
from mlanim.explainer import Explainer, parameter
from mlanim.models.captured import read_trace
from mlanim.models.dot_product_attention import causal_mask
from mlanim.models.language_model.asked import judge_prompt
from mlanim.models.language_model.language_model import continue_text, load_language_model
from mlanim.models.language_model.sampling import sample
from mlanim.subjects.language_model import TokenClimb
from mlanim.subjects.language_model.acts.autoregression import autoregression
from mlanim.subjects.language_model.acts.kv_cache import kv_cache
from mlanim.subjects.language_model.acts.sampling import sampling
from mlanim.subjects.language_model.acts.train_step import train_step
from mlanim.subjects.language_model.acts.windows import windows
from mlanim.subjects.language_model.models.optimiser_steps import load_optimiser_steps
from mlanim.subjects.language_model.models.parameter_count import (
    GPT2_SMALL,
    decoder_only_parameters,
)
from mlanim.words.table import AsIs


class Gpt2(Explainer):
    """GPT-2: a language model word by word, its mask, cache, sampling and training."""

    prompt: str = parameter(
        "one morning the robot lost a",
        "the beginning of a tale, in the model's words",
        words=lambda: load_language_model().vocabulary,
    )
    tokens: int = parameter(4, "how many tokens are generated", low=1, high=24)
    layer: int = parameter(2, "the layer that is looked into", low=1, high=128)
    head: int = parameter(1, "the head that is looked into", low=1, high=128)
    top_k: int = parameter(6, "how many tokens may be drawn", low=1, high=50)
    temperature: float = parameter(0.7, "below 1 sharper, above 1 flatter", low=0.05, high=5)
    sampling_seed: int = parameter(3, "of the draws", low=0)
    trace: Path | None = parameter(None, "tensors of another model, captured")
    judge = staticmethod(judge_prompt)
    captured_steps: ClassVar = {
        "one-token-through": ("hidden_states",),
        "masked-attention": ("attention",),
        "sampling": ("logits",),
    }

    def construct(self):
        if self.trace is None:
            self.play_own()
        else:
            self.play_captured()

    def play_own(self):
        """All steps, by the model that was trained for them."""
        self.model = load_language_model()
        layers, heads = len(self.model.layers), self.model.layers[0].self_attention.heads
        self.looked_at = chosen_head(self, layers, heads)
        self.made = continue_text(
            self.model,
            self.prompt,
            self.tokens,
            temperature=self.temperature,
            top_k=self.top_k,
            seed=self.sampling_seed,
        )
        self.autoregression()
        self.one_token()
        self.masked_attention()
        self.kv_cache()
        self.sampling()
        self.windows()
        self.train_step()

    def autoregression(self):
        with self.step(
            "autoregression",
            say="A language model reads some words and says the next one. That word joins what it "
            "reads, and it says another.",
        ) as step:
            if step.shown:
                autoregression(self, self.made)
                self.wait(1)

    def one_token(self):
        said = sum(decoder_only_parameters(**GPT2_SMALL).values())
        with self.step(
            "one-token-through",
            say="Inside is a stack of decoder layers. A token enters as a vector, and every layer "
            f"rewrites it. GPT-2 small has {GPT2_SMALL['layers']} layers and {said:,} parameters; "
            f"this model has {len(self.model.layers)}.",
        ) as step:
            if step.shown:
                stack = self.made.stack
                last = len(self.made.prompt) - 1
                self.climb(stack.tokens[last], stack.hidden_states[:, last])
                said = AsIs(self.made.said[0])
                word = show.Label(
                    said, theme=self.theme, role="output", weight="bold", size="title"
                )
                top = self.page.states[-1]
                word.next_to(top, buff=0.5)
                self.area.keep(word)
                self.play(do.appear(word, start=top, scale=0.5))
                self.wait(2.4)

    def climb(self, token, states):
        self.page = page = TokenClimb(token, states, **self.on(self.body))
        self.turn_to("One token through the stack", page.token, page.stack, page.note)
        self.play(do.appear(page.states[0], start=page.token, scale=0.5))
        self.play(do.rise(page.stack, page.states, run_time=min(6.0, 1.6 * len(page.drawn))))

    def masked_attention(self):
        with self.step(
            "masked-attention",
            say="In attention every token scores every other. What comes later is hidden: its "
            "weight is exactly zero. Softmax makes each row sum to one.",
        ) as step:
            if step.shown:
                stack, count = self.made.stack, min(8, len(self.made.prompt) + 1)
                layer, head_index = self.looked_at
                head = stack.layers[layer].attention
                tokens = stack.tokens[:count]
                # The first rows of a causal model are what they would be without the later ones.
                scaled = head.scaled[head_index, :count, :count]
                weights = head.weights[head_index, :count, :count]
                facts = {"layer": layer + 1, "head": head_index + 1}
                masked_attention(self, tokens, scaled, causal_mask(count), weights, **facts)

    def kv_cache(self):
        with self.step(
            "kv-cache",
            say="Keys and values of old tokens never change, so they are kept. For a new token "
            "only its own query, key and value are computed.",
        ) as step:
            if step.shown:
                kv_cache(self, self.made, *self.looked_at)
                self.wait(1)

    def sampling(self):
        with self.step(
            "sampling",
            say="The last vector becomes a logit for every token. The best few stay, the "
            "temperature sharpens or flattens them, and a random number picks one.",
        ) as step:
            if step.shown:
                widest = int(np.argmax([_entropy(s.probabilities) for s in self.made.samples]))
                sampling(self, self.made.samples[widest], self.model.vocabulary, self.temperature)

    def windows(self):
        with self.step(
            "windows",
            say="It has learned from running text alone. A window slides over it; each place gives "
            "words to read and the word that should come.",
        ) as step:
            if step.shown:
                longer = continue_text(self.model, self.prompt, 12, seed=self.sampling_seed)
                windows(self, (*longer.prompt, *longer.said), 4)

    def train_step(self):
        with self.step(
            "train-step",
            say="A training step compares the prediction with the right word and nudges all "
            "weights so that the error shrinks. Then comes the next example.",
        ) as step:
            if step.shown:
                train_step(self, load_optimiser_steps(), self.model.vocabulary)

    def play_captured(self):
        """The same steps for tensors of another model; what the file lacks is left out."""
        found = read_trace(self.trace)
        steps = open_captured(self, self.trace, found)
        ahead = is_causal(found) is False
        if ahead:
            self.note(
                f"{self.trace.name}: its tokens look at later ones too, so nothing is masked; "
                "for a model that reads both ways there is `mlanim render bert`"
            )
        if "one-token-through" in steps:
            with self.step(
                "one-token-through", say="The last token on its way through the layers."
            ) as step:
                if step.shown:
                    self.climb(found.drawn_tokens[-1], found.hidden_states[:, -1])
                    self.wait(2)
        if "masked-attention" in steps:
            looked_at = chosen_head(self, found.layers, found.heads)
            said = "Where each token looks, in every head"
            said += ", later ones too: this model masks none." if ahead else "."
            with self.step("masked-attention", say=said) as step:
                if step.shown:
                    attention_of_all_heads(self, found.drawn_tokens, found.attention, *looked_at)
        if "sampling" in steps:
            where = "at" if ahead else "after"
            with self.step(
                "sampling", say=f"The logits {where} the last token, and a draw from them."
            ) as step:
                if step.shown:
                    random = np.random.default_rng(self.sampling_seed)
                    drawn = sample(
                        found.logits[-1], random, temperature=self.temperature, top_k=self.top_k
                    )
                    sampling(self, drawn, found.drawn_words, self.temperature)


def _entropy(chances):
    return -float(np.sum(chances * np.log(np.maximum(chances, 1e-12))))
