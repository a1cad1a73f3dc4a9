"""Copying a row: what three networks write, where they look, and how well it goes."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.attention_family import CopyRows, CurveChart
from mlanim.subjects.attention_family.models.copy_networks import COPIERS, LENGTHS, LETTERS
from mlanim.subjects.attention_family.models.learned import (
    COPIED_LENGTHS,
    held_out_rows,
    load_learned,
)

__all__ = ["copied_row", "looks", "over_length", "over_training"]

NAMES = {"none": "no attention", "some": "GRU + attention", "full": "attention alone"}
_ROLES = {"none": "hidden", "some": "context", "full": "score"}
_SHOWN = 12  # letters of the row that is copied


def copied_row(scene: Explainer) -> None:
    """One held-out row, and what each network writes of it."""
    rows = held_out_rows(_SHOWN)[:, :1]
    copies = {
        NAMES[kind]: _text(copier.copied(load_learned("copy")[kind].weights, rows))
        for kind, copier in COPIERS.items()
    }
    room = page_room(scene, title := "Copy this row")
    page = CopyRows(_text(rows), copies, roles=list(_ROLES.values()), **scene.on(room))
    scene.turn_to(title, page.names[0], page.rows[0])
    scene.wait(1.0)
    for i, share in enumerate(page.shares):
        scene.play(do.appear(page.names[i + 1]))
        scene.play(do.appear(*page.rows[i + 1], lag=0.12, run_time=0.3))
        scene.play(do.appear(share))
        scene.wait(0.8)
    scene.wait(1.6)


def looks(scene: Explainer) -> None:
    """Where both that attend look, from each letter that they write."""
    rows = held_out_rows(_SHOWN)[:, :1]
    letters = list(_text(rows))
    title = "Each written letter looks at the one it copies"
    parts = page_room(scene, title).squares(2, gap=0.5)
    things: list = []
    for kind, part in zip(("some", "full"), parts, strict=True):
        head, room = part.rows(0.4, part.height - 0.5, gap=0.1)
        weights = COPIERS[kind].shares(load_learned("copy")[kind].weights, rows)[0]
        matrix = show.AttentionMatrix.largest(
            weights, letters, letters, area=room, theme=scene.theme, largest_cell=0.6
        )
        label = show.Label(NAMES[kind], theme=scene.theme, role=_ROLES[kind], weight="bold")
        above = min(head.center[1], matrix.get_top()[1] + 0.25)
        things += [label.center_on([matrix.get_x(), above, 0]), matrix]
    scene.turn_to(title, *things)
    scene.wait(3.0)


def over_training(scene: Explainer) -> None:
    """Letters that were copied right, while all three were trained."""
    at = COPIED_LENGTHS.index(_SHOWN)
    curves = {
        NAMES[kind]: np.column_stack([one.steps, one.accuracies[:, at]])
        for kind, one in load_learned("copy").items()
    }
    names = ("training steps", f"letters right, of rows of {_SHOWN}")
    _play(scene, f"Rows of {_SHOWN} letters, step by step", curves, names)


def over_length(scene: Explainer) -> None:
    """The same at the end, for short rows and for longer ones than were ever trained."""
    curves = {
        NAMES[kind]: np.column_stack([COPIED_LENGTHS, one.accuracies[-1]])
        for kind, one in load_learned("copy").items()
    }
    names = ("letters in the row", "letters right")
    limit = (float(LENGTHS[1]), "trained to here")
    _play(scene, "The longer the row, the more is lost", curves, names, limit)


def _play(scene: Explainer, title: str, curves: dict, names: tuple, limit=None) -> None:
    chart = CurveChart(
        curves,
        y=(0.0, 1.0),
        roles=list(_ROLES.values()),
        names=names,
        limit=limit,
        percent=True,
        **scene.on(page_room(scene, title)),
    )
    chart.set_stage(chart.x[0])
    scene.turn_to(title, chart)
    scene.play(do.learn(chart, stage=chart.x[1], run_time=4.5))
    scene.wait(2.4)


def _text(letters: np.ndarray) -> str:
    """A column of letter numbers as letters."""
    return "".join((*LETTERS, "?")[int(i)] for i in letters[:, 0])
