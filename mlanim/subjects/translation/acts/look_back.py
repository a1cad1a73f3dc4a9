"""What an attention decoder computes for one output word, a page for each step of it."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.translation.motion.decode import join, speak
from mlanim.subjects.translation.motion.make_room import make_room
from mlanim.subjects.translation.motion.write_down import write_down
from mlanim.subjects.translation.primitives.attention_page import AttentionPage

__all__ = ["next_word", "score", "softmax", "weighted_sum"]

_MEETING = 0.48  # seconds a state: twice as many a second would flicker


def score(scene: Explainer, page: AttentionPage, pace: float) -> None:
    """A number a hidden state, as slow at any pace: copies that cross many cells faster flash."""
    moment = page.as_far_as("scores")
    table = moment.table
    scene.play(scene.retitle("Score every hidden state"), do.appear(table.heads[1]))
    seconds = max(2.9, _MEETING * len(table.scores))
    scene.play(do.score(table.states, moment.step.state, table.scores, run_time=seconds))
    scene.wait(0.8 * pace)


def softmax(scene: Explainer, page: AttentionPage, pace: float) -> None:
    """The scores become weights."""
    before, moment = page.as_far_as("scores"), page.as_far_as("softmax")
    table = moment.table
    scene.play(scene.retitle("Softmax: weights that sum to 1"), make_room(before, moment))
    scene.play(do.appear(table.heads[2], run_time=0.3))
    scene.play(do.softmax(table.scored, table.bars, run_time=2.8 * pace))
    scene.wait(1.2 * pace)


def weighted_sum(scene: Explainer, page: AttentionPage, pace: float) -> None:
    """Each state times its weight, added up."""
    before, moment = page.as_far_as("softmax"), page.as_far_as("sum")
    table = moment.table
    scene.play(scene.retitle("Weigh the states, add them up"), make_room(before, moment))
    scene.play(do.appear(table.heads[3], run_time=0.3))
    scene.play(do.weigh(table.states, table.weighted, run_time=2 * pace))
    scene.play(
        do.appear(table.sum_sign),
        do.add_up(table.weighted, table.context, run_time=2.2 * pace),
    )
    scene.wait(pace)


def next_word(scene: Explainer, page: AttentionPage, t: int, pace: float) -> None:
    """Context and state give the word `t` (from 0), which joins what was said."""
    title = scene.retitle("Context and state give the word")
    scene.play(title, make_room(page.as_far_as("sum"), page))
    scene.play(join(page.table.context, page.step, run_time=1.6 * pace))
    scene.play(speak(page.step, run_time=2 * pace + 0.2))
    scene.play(write_down(page.step.word, page.said, t))
    scene.wait(1.2 * pace)
