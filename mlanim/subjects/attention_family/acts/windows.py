"""Where to look: a window at a fixed place, attention, and a window whose edges are learned."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.attention_family import BarRows, CurveChart
from mlanim.subjects.attention_family.models.bracket_networks import FINDERS
from mlanim.subjects.attention_family.models.bracket_task import (
    KINDS,
    LETTERS,
    SIGNS,
    BracketBatch,
)
from mlanim.subjects.attention_family.models.learned import held_out_brackets, load_learned
from mlanim.subjects.attention_family.models.soft_window import SoftWindow, hard_window

__all__ = ["told_example", "window_accuracies", "window_at", "window_learns", "wrong_windows"]

NAMES = {"fixed": "fixed window", "attention": "attention", "window": "learned window"}
_ROLES = {"fixed": "hidden", "attention": "query", "window": "output"}
_LEARNED = (
    ("left edge", "query"),
    ("summed from the left", "query"),
    ("right edge", "key"),
    ("summed from the right", "key"),
    ("product: the window", "output"),
    ("cut at the likeliest edges", "output"),
)


@cache
def told_example() -> BracketBatch:
    """The first held-out row that only the learned window answers right."""
    batch, learned = held_out_brackets(), load_learned("brackets")
    right = {
        kind: FINDERS[kind].answers(learned[kind].weights, batch).argmax(axis=1) == batch.answers
        for kind in FINDERS
    }
    row = int(np.argmax(right["window"] & ~right["fixed"] & ~right["attention"]))
    parts = (batch.signs, batch.questions, batch.answers, batch.edges)
    return BracketBatch(*(part[row : row + 1] for part in parts))


def window_at(kept: int) -> SoftWindow:
    """The learned window on the example, after so many measurements of the training."""
    return FINDERS["window"].window(load_learned("brackets")["window"].at(kept), told_example())


def rows_of(made: SoftWindow) -> NDArray:
    """What is drawn of a window, (6, n)."""
    parts = (made.left, made.after_left, made.right, made.before_right, made.window)
    return np.vstack([*parts, hard_window(made.left, made.right)])


def wrong_windows(scene: Explainer) -> None:
    """The question, and two ways to look that know nothing of brackets as edges."""
    batch, learned = told_example(), load_learned("brackets")
    kinds = ("fixed", "attention")
    mixes = np.vstack([FINDERS[kind].mix(learned[kind].weights, batch) for kind in kinds])
    top = float(mixes.max())
    names = [f"{NAMES[k]}: {_percent(learned[k].accuracies[-1])} right" for k in kinds]
    rows = BarRows(
        _signs(batch),
        names,
        mixes,
        roles=[_ROLES[kind] for kind in kinds],
        tops=[top] * len(kinds),
        signs_role=_sign_roles(batch),
        **scene.on(page_room(scene)),
    )
    kind = KINDS[batch.questions[0]]
    asked = f"The commonest letter in “{kind[0]} {kind[1]}”?"
    scene.turn_to(asked, rows.signs)
    left, right = batch.edges[0].tolist()
    scene.play(do.appear(rows.frame(left, right, role="output")))
    scene.wait(1.6)
    for i, kind in enumerate(kinds):
        told = FINDERS[kind].answers(learned[kind].weights, batch)[0]
        scene.play(do.appear(*rows.row(i), lag=0.15))
        scene.play(scene.retitle(_said(NAMES[kind], told, batch)))
        if i == len(kinds) - 1:
            stand_whole(scene, rows)
        scene.wait(2.0)


def window_learns(scene: Explainer) -> None:
    """Edges, cumulative sums and product before training, then as they sharpen."""
    batch, learned = told_example(), load_learned("brackets")["window"]
    line, room = page_room(scene).rows(0.4, page_room(scene).height - 0.5, gap=0.1)
    rows = BarRows(
        _signs(batch),
        [name for name, _ in _LEARNED],
        rows_of(window_at(0)),
        roles=[role for _, role in _LEARNED],
        signs_role=_sign_roles(batch),
        **scene.on(room),
    )
    cut = rows.hold_back(len(_LEARNED) - 1)
    step = _Step(scene, line)
    scene.turn_to("Two soft edges: a softmax each", rows.signs)
    left, right = batch.edges[0].tolist()
    scene.play(do.appear(rows.frame(left, right, role="output")))
    scene.play(do.appear(step.told, step.number))
    for i in (0, 2):
        scene.play(do.appear(*rows.row(i), lag=0.1))
    scene.wait(1.2)
    scene.play(scene.retitle("Cumulative sums, and their product"))
    for i in (1, 3, 4):
        scene.play(do.appear(*rows.row(i), lag=0.1))
    stand_whole(scene, rows)
    scene.wait(1.6)
    scene.play(scene.retitle("The answer alone moves the edges"))
    for kept in _sharpening(learned.accuracies):
        scene.play(
            rows.animate(run_time=1.0).set_values(rows_of(window_at(kept))),
            step.number.animate(run_time=1.0).set_value(float(learned.kept_steps[kept])),
        )
        scene.wait(0.3)
    scene.wait(0.8)
    told = FINDERS["window"].answers(learned.weights, batch)[0]
    scene.play(scene.retitle(_said(NAMES["window"], told, batch)))
    scene.wait(1.6)
    scene.play(scene.retitle("Hard: ones and zeros, and no gradient"), do.appear(*cut, lag=0.1))
    scene.wait(2.4)


def window_accuracies(scene: Explainer) -> None:
    """All three while they were trained."""
    learned = load_learned("brackets")
    curves = {
        NAMES[kind]: np.column_stack([one.steps, one.accuracies]) for kind, one in learned.items()
    }
    last = {name: _percent(points[-1, 1]) for name, points in curves.items()}
    chart = CurveChart(
        curves,
        y=(0.0, 1.0),
        roles=[_ROLES[kind] for kind in learned],
        told={name: f"{name} {share}" for name, share in last.items()},
        names=("training steps", "letters told right"),
        percent=True,
        **scene.on(page_room(scene)),
    )
    chart.set_stage(0)
    scene.turn_to("Only edges find what lies between", chart)
    scene.play(do.learn(chart, stage=chart.x[1], run_time=4.0))
    scene.wait(2.4)


class _Step:
    """The step of the training, in a line of its own."""

    def __init__(self, scene: Explainer, line: show.Area) -> None:
        style: dict[str, Any] = {"theme": scene.theme, "size": "body"}
        self.told = show.Label("training step", role="muted", **style)
        self.number = show.Number(0, decimals=0, weight="bold", anchor="left", **style)
        y = line.center[1]
        self.told.center_on([line.left + self.told.width / 2, y, 0])
        x = line.left + self.told.width + 0.2
        self.number.center_on([x + self.number.width / 2, y, 0])


def _sharpening(accuracies: NDArray) -> list[int]:
    """The measurements until nothing is told wrong, three more, and the last."""
    done = int(np.argmax(accuracies >= accuracies.max() - 0.002))
    return [*range(1, min(done + 4, len(accuracies) - 1)), len(accuracies) - 1]


def _signs(batch: BracketBatch) -> list[str]:
    return [SIGNS[i] for i in batch.signs[0]]


def _sign_roles(batch: BracketBatch) -> dict[str, str]:
    """The asked brackets stand out."""
    return dict.fromkeys(KINDS[batch.questions[0]], "output")


def _said(name: str, shares: NDArray, batch: BracketBatch) -> str:
    """What a network answers, and whether that is right."""
    told, right = int(shares.argmax()), int(batch.answers[0])
    end = "right" if told == right else f"it is “{LETTERS[right]}”"
    return f"{name[0].upper()}{name[1:]}: “{LETTERS[told]}”, {end}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
