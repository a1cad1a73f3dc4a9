"""What a sum of groups does to texts, unless it is told to leave them out."""

from __future__ import annotations

from typing import Any

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives.label import Label
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.trace import follow

__all__ = ["tell_joined_texts"]


def tell_joined_texts(scene: Explainer, table: Any) -> None:
    """The text that pandas makes of the first group, when numeric_only is left out."""
    (moment,) = follow(table, read_chain("groupby('genre').sum()"))
    row = moment.after.iloc[0]
    joined = next(value for value in row if isinstance(value, str))
    told = f"Without numeric_only=True texts are joined too: “{moment.after.index[0]}”, “{joined}”"
    line = Label(told, theme=scene.theme, width=scene.body.width, align="center")
    low = scene.body.bottom + line.height / 2 + 0.05
    line.move_to([scene.body.center[0], low, 0])
    scene.play(do.appear(line))
    scene.wait(2.5)
