"""Inside a language model: its words layer by layer, and what they hang on."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from mlanim.acts.captured import open_captured
from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.models.captured import read_trace
from mlanim.models.language_model.language_model import load_language_model, read_prompt
from mlanim.subjects.thoughts.acts.attention_flow import pipes_of_attention, three_measures
from mlanim.subjects.thoughts.acts.lens import all_positions, compare, logit_lens
from mlanim.subjects.thoughts.acts.neurons import firing, patterns
from mlanim.subjects.thoughts.acts.saliency import generated_ranks, generated_saliency, saliency
from mlanim.subjects.thoughts.models.asked import judge_thoughts
from mlanim.subjects.thoughts.models.own_thoughts import think
from mlanim.subjects.thoughts.models.thought_file import read_thoughts


class Thoughts(Explainer):
    """A language model's thoughts: its words after each layer, and what they hang on."""

    prompt: str = parameter(
        "one morning the robot lost a ball . the robot looked in the box but the",
        "the beginning of a tale, in the model's words",
    )
    tokens: int = parameter(4, "how many tokens are generated", low=1, high=16)
    ask: list[str] | None = parameter(None, "words to compare; none: the two most probable")
    word: int = parameter(1, "which of the words that it says is looked into", low=1, high=64)
    layer: int = parameter(2, "the layer whose units are shown", low=1, high=128)
    factors: int = parameter(4, "of the units' firing", low=2, high=8)
    span: int = parameter(3, "of its last words, summed up", low=1, high=64)
    trace: Path | None = parameter(None, "thoughts of another model, captured")
    judge = staticmethod(judge_thoughts)
    captured_steps: ClassVar = {
        "logit-lens": ("said", "said_ranks"),
        "compare": ("asked", "asked_ranks"),
        "saliency": ("said", "gradient_x_input", "integrated_gradients", "scores"),
        "neurons": ("neurons", "neuron_numbers"),
        "attention-flow": ("attention",),
        "generated": ("said", "said_at", "said_ranks", "integrated_gradients"),
    }

    def construct(self):
        self.found, given = self.thoughts()
        self.row = self.chosen("word", len(self.found.asked_at))
        self.at = self.found.asked_at[self.row]
        if "logit-lens" in given:
            self.logit_lens()
        if "compare" in given:
            self.compare()
        if "saliency" in given:
            self.saliency()
        if "neurons" in given:
            self.neurons()
        if "attention-flow" in given:
            self.attention_flow()
        if "generated" in given:
            self.generated()

    def thoughts(self):
        """What is shown, and the steps that it gives."""
        if self.trace is None:
            model = load_language_model()
            words = read_prompt(model, self.prompt)
            return think(model, words, self.tokens, self.ask or ()), self.captured_steps
        for name in ("prompt", "tokens", "ask"):
            if name in self.given_parameters:
                raise UsageError(
                    f"{name}= with a trace", "its words are those that were captured: leave it out"
                )
        given = open_captured(self, self.trace, read_trace(self.trace))
        return read_thoughts(self.trace), given

    def chosen(self, name, count):
        """A number counted from 1, as one from 0; a default beyond what there is is the last."""
        value = getattr(self, name)
        if value > count and name in self.given_parameters:
            raise UsageError(f"{name}={value}", f"there are {count}", "count from 1")
        return min(value, count) - 1

    def logit_lens(self):
        with self.step(
            "logit-lens",
            say="Every layer hands on a vector. Read out as if it were the last one's, it names "
            "words. So one sees the word that comes climb, layer by layer, to rank one.",
        ):
            logit_lens(self, self.found, self.at)
            if self.found.top_words is not None and self.at > 0:
                all_positions(self, self.found, self.at)

    def compare(self):
        with self.step(
            "compare",
            say="Of two words for one blank, which is ahead? Their ranks after each layer tell "
            "where the model makes up its mind.",
        ):
            compare(self, self.found, self.at)

    def saliency(self):
        with self.step(
            "saliency",
            say="What did the word hang on? Gradient times input asks how its score changes with "
            "each word read. Integrated gradients ask on all the way from a mean word, so they sum "
            "to the whole.",
        ):
            saliency(self, self.found, self.row)

    def neurons(self):
        with self.step(
            "neurons",
            say="Inside each layer are units that fire at some words and not at others. Many fire "
            "together: a few factors, multiplied out, say nearly the same.",
        ):
            layer = self.chosen("layer", len(self.found.neurons))
            firing(self, self.found, layer, self.factors)
            patterns(self, self.found, layer, self.factors)

    def attention_flow(self):
        with self.step(
            "attention-flow",
            say="One layer's attention tells little of where a vector comes from. Rollout "
            "multiplies all layers. Flow takes them as pipes: how much can pass through?",
        ):
            pipes_of_attention(self, self.found, self.at)
            three_measures(self, self.found, self.at)

    def generated(self):
        with self.step(
            "generated",
            say="Words that it said itself can be asked the same: when did each come first, and "
            "what did it hang on? Over several words the shares are averaged.",
        ):
            generated_ranks(self, self.found)
            generated_saliency(self, self.found, self.span)
