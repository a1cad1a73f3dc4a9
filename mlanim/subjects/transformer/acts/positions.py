"""Positions: a code of sines and cosines for each, added to the word's embedding."""

from __future__ import annotations

from manim import LEFT
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer
from mlanim.primitives.short_vector import short_vector
from mlanim.subjects.transformer import PositionMap
from mlanim.words.table import AsIs

__all__ = ["add_position", "position_map"]


def position_map(scene: Explainer, codes: NDArray, *, title: str, area: show.Area) -> PositionMap:
    """The codes (count, width) of all positions as a picture."""
    picture = PositionMap(codes, area=area, theme=scene.theme)
    scene.turn_to(title, picture)
    return picture


def add_position(
    scene: Explainer, word: str, embedding: NDArray, codes: NDArray, position: int
) -> None:
    """All codes (count, d) as a picture; one comes out and is added to an embedding (d,)."""
    upper, lower = scene.body.rows(1, 1.25, gap=0.5)
    picture = position_map(scene, codes, title="Every position has a code", area=lower)
    scene.wait(0.8)
    code = codes[position]
    limit = float(max(abs(embedding).max(), abs(embedding + code).max()))
    names = [AsIs(word), f"+ position {position}", "= input"]
    labels = [
        show.Label(text, theme=scene.theme, role=role, weight="bold")
        for text, role in zip(names, ("encoder", "context", "encoder"), strict=True)
    ]
    margin = max(label.width for label in labels) + 0.3
    boxes = []
    for label, values, role, row in zip(
        labels,
        (embedding, code, embedding + code),
        ("encoder", "context", "encoder"),
        upper.rows(1, 1, 1, gap=0.2),
        strict=True,
    ):
        box = short_vector(
            values,
            width=row.width - margin - 0.1,
            height=min(0.46, row.height),
            cell=0.76,
            role=role,
            theme=scene.theme,
            numbers="auto",
            limit=1.0 if role == "context" else limit,
        )
        box.move_to([row.right - 0.1 - box.width / 2, row.center[1], 0])
        label.next_to(box, LEFT, buff=0.2)
        label.align_baseline(box.frame.get_y() - label.cap_height / 2)
        boxes.append(box)
    own, added, total = boxes
    scene.play(scene.retitle("Add it to the embedding"), do.appear(own, labels[0]))
    frame = picture.row(position)
    scene.play(do.appear(frame))
    scene.play(
        do.carry(frame, added.frame, run_time=0.9), do.after(0.7, do.appear(added, labels[1]))
    )
    scene.wait(0.4)
    scene.play(
        do.appear(labels[2]),
        do.together(*(do.carry(box.cells, total.cells, bend=0.0) for box in (own, added))),
        do.after(0.7, do.appear(total)),
    )
