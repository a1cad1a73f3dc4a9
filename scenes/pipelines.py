"""Pipelines: systems of several models, as boxes and wires with real packets between them."""

from __future__ import annotations

from pathlib import Path

from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.subjects.systems.acts.adversarial_loop import adversarial_loop
from mlanim.subjects.systems.acts.depth_layers import depth_layers
from mlanim.subjects.systems.acts.evolution import evolution
from mlanim.subjects.systems.acts.on_device import on_device
from mlanim.subjects.systems.acts.own_system import own_system
from mlanim.subjects.systems.acts.reply_bot import reply_bot
from mlanim.subjects.systems.models.asked import judge_system
from mlanim.subjects.systems.models.learned_replies import load_loop, load_replies
from mlanim.subjects.systems.models.system_file import read_system

POST = 0  # of those that the models were not trained on


class Pipelines(Explainer):
    """Systems as moving diagrams: a bot that replies, a writer against a judge, or your own."""

    file: Path | None = parameter(None, "a system of your own: boxes, wires, packets; a .toml")
    replies: int = parameter(4, "that the bot writes to a post", low=2, high=5)
    writing_seed: int = parameter(0, "of the bot's draws", low=0)
    judge = staticmethod(judge_system)

    def construct(self):
        if self.file is None:
            self.play_ours()
        else:
            self.play_own()

    def play_ours(self):
        self.reply_bot()
        self.adversarial_loop()
        self.evolution()
        self.depth_layers()
        self.on_device()

    def reply_bot(self):
        with self.step(
            "reply-bot",
            say="A language model writes replies to a post. A judge, who reads its hidden states, "
            "lets pass what looks real. A ranker guesses the votes of what passes, and the best "
            "reply is posted.",
        ) as step:
            if step.shown:
                bot = load_replies()
                made = bot.write(POST, self.replies, self.writing_seed)
                reply_bot(self, bot, POST, made)

    def adversarial_loop(self):
        with self.step(
            "adversarial-loop",
            say="Now the judge's verdicts tune the writer, and in each round a new judge learns to "
            "tell real from written. It is right less and less often, until it can only guess, "
            "while more and more replies are such as the grammar could have written.",
        ) as step:
            if step.shown:
                adversarial_loop(self, load_replies(), load_loop(), POST, self.writing_seed + 1)

    def evolution(self):
        with self.step(
            "evolution",
            say="Programs that learn are found by a search. The best of a few, drawn at random, "
            "has a child with a mutation, and the oldest dies.",
        ) as step:
            if step.shown:
                evolution(self)

    def depth_layers(self):
        with self.step(
            "depth-layers",
            say="A picture with its depth is cut into layers. What near things hide is filled in. "
            "Then the camera may move, and near layers move most.",
        ) as step:
            if step.shown:
                depth_layers(self)

    def on_device(self):
        with self.step(
            "on-device",
            say="A drawn digit is scaled, normalised and read by a small network: in float32, and "
            "with weights of eight bits, which take a quarter of the room.",
        ) as step:
            if step.shown:
                on_device(self)

    def play_own(self):
        for path in self.selection.paths:
            if path != "system":
                raise UsageError(
                    f"the step {path} is not played with file=", "a file is the step system"
                )
        given = read_system(self.file)
        with self.step(
            "system", say="Boxes work, wires lead on, and packets change on their way."
        ) as step:
            if step.shown:
                own_system(self, given)
