"""one_look: all that an attention decoder computes for one output word."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.translation.motion.decode import join, speak
from mlanim.subjects.translation.motion.make_room import make_room
from mlanim.subjects.translation.motion.write_down import write_down
from mlanim.subjects.translation.primitives.attention_page import AttentionPage

__all__ = ["one_look"]


def one_look(scene: Explainer, page: AttentionPage, t: int, pace: float = 1.0) -> None:
    """Score, softmax, weighted sum and the word `t` (from 0), each as large as its page allows.

    pace: seconds of the film for one of the usual; scores take theirs, since copies that cross
    many cells in less flash.
    """
    scored, bars, summed = (page.as_far_as(stage) for stage in ("scores", "softmax", "sum"))
    with scene.step("score", say="Score every hidden state against the decoder's state."):
        table = scored.table
        scene.play(scene.retitle("Score every hidden state"), do.appear(table.heads[1]))
        scene.play(do.score(table.states, scored.step.state, table.scores, run_time=2.9))
        scene.wait(0.8 * pace)
    with scene.step("softmax", say="Softmax turns the scores into weights that sum to one."):
        table = bars.table
        scene.play(scene.retitle("Softmax: weights that sum to 1"), make_room(scored, bars))
        scene.play(do.appear(table.heads[2], run_time=0.3))
        scene.play(do.softmax(table.scored, table.bars, run_time=2.8 * pace))
        scene.wait(1.2 * pace)
    with scene.step("weighted-sum", say="Each state times its weight, summed: the context."):
        table = summed.table
        scene.play(scene.retitle("Weigh the states, add them up"), make_room(bars, summed))
        scene.play(do.appear(table.heads[3], run_time=0.3))
        scene.play(do.weigh(table.states, table.weighted, run_time=2 * pace))
        scene.play(
            do.appear(table.sum_sign),
            do.add_up(table.weighted, table.context, run_time=2.2 * pace),
        )
        scene.wait(pace)
    with scene.step("concat", say="Context and decoder state together give the next word."):
        scene.play(scene.retitle("Context and state give the word"), make_room(summed, page))
        scene.play(join(page.table.context, page.step, run_time=1.6 * pace))
        scene.play(speak(page.step, run_time=2 * pace + 0.2))
        scene.play(write_down(page.step.word, page.said, t))
        scene.wait(1.2 * pace)
