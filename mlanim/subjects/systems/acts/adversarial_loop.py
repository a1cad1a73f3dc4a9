"""A writer is tuned against a judge that learns anew in each round."""

from __future__ import annotations

from manim import DashedLine

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.models.system.system import SystemBox
from mlanim.primitives.loss_curve import LossCurve
from mlanim.primitives.pipeline.pipeline import Pipeline
from mlanim.subjects.systems.models.learned_replies import LearnedReplies, LoopLog
from mlanim.subjects.systems.primitives.scored_texts import ScoredTexts

__all__ = ["adversarial_loop"]

_BOXES = (
    SystemBox("writer", "is tuned", role="decoder"),
    SystemBox("grammar", "real replies", role="encoder"),
    SystemBox("judge", "learns anew", role="key"),
)
_WIRES = (("grammar", "judge"), ("writer", "judge"), ("judge", "writer"))


def adversarial_loop(
    scene: Explainer, bot: LearnedReplies, log: LoopLog, post: int, seed: int
) -> None:
    """The first round step by step, then many; the same post and draws at some of them."""
    shown, body = sorted(log.nudges), scene.body
    if not (body.is_wide or body.is_tall):  # a square has room for two
        shown = [shown[0], shown[-1]]
    made = [bot.write(post, 1, seed, log.nudges[number])[0] for number in shown]
    if body.is_wide:
        above, below = body.rows(1.9, 1, gap=0.3)
        left, right = above.columns(1.15, 1, gap=0.5)
    else:
        left, right, below = body.rows(
            *((1.1, 1, 1.1) if body.is_tall else (1.75, 2.05, 1.95)), gap=0.3
        )
    page = Pipeline(_BOXES, _WIRES, **scene.on(left))
    curve = LossCurve(
        log.rounds,
        {"judge": log.accuracy, "sensible": log.sensible},
        step=1,
        titles=("share right", "rounds"),
        **scene.on(right),
    )
    half = DashedLine(curve.point(1, 0.5), curve.point(log.rounds[-1], 0.5), dash_length=0.08)
    half.set_stroke(scene.theme.muted, scene.theme.stroke.thin)
    rows = ScoredTexts(
        "one post, the same draws",
        [one.text for one in made],
        {
            "round": [log.rounds[number] for number in shown],
            "judge": [log.accuracy[number] for number in shown],
        },
        decimals={"round": 0},
        roles={"round": "muted"},
        **scene.on(below),
    )
    scene.turn_to("A writer against a judge", page.boxes, page.wires)
    real = bot.judged(post, bot.replies[post].tolist())
    scene.play(do.change(page, "grammar", real.text, role="encoder"))
    scene.wait(1)
    scene.play(do.appear(curve, half, rows.head, rows.names))
    for place, (number, one) in enumerate(zip(shown, made, strict=True)):
        if place:
            scene.play(curve.animate(run_time=3).set_step(log.rounds[number]))
        _round(scene, page, one.text, log.accuracy[number])
        scene.play(do.appear(rows.lines[place], rows.row(place)))
        scene.wait(1.5)
        if place < len(shown) - 1:
            scene.play(do.send(page, "judge", "writer"))
    scene.wait(3.2)


def _round(scene: Explainer, page: Pipeline, text: str, accuracy: float) -> None:
    """Both kinds go to the judge; what comes back is how often it is right."""
    scene.play(do.change(page, "writer", text, role="decoder"))
    scene.wait(0.8)
    scene.play(do.send(page, "grammar", "judge", folded=True))
    scene.play(do.send(page, "writer", "judge", folded=True))
    scene.play(do.change(page, "judge", round(float(accuracy), 3), role="score"))
    scene.wait(0.6)
