"""What is put on a trained encoder for a task: which positions are read, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.block import Block
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["TaskShape"]


class TaskShape(VGroup):
    """A small diagram: tokens below, the model, and over some tokens what is said of them.

    said: position to word. Parts: `.title`, `.words`, `.model`, `.wires`, `.answers`.

    >>> words = ["all", "cats", "sleep"]
    >>> shape = TaskShape("tagging", words, {1: "noun"}, area=Area(0, 0, 6, 3))
    >>> [answer.text for answer in shape.answers]
    ['noun']
    """

    def __init__(
        self,
        title: str,
        tokens: Sequence[str],
        said: dict[int, str],
        *,
        area: Area,
        name: str = "BERT",
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        self.title = Label(title, theme=theme, size="small", weight="bold")
        widths = [Label(AsIs(token), theme=theme, size="small").width for token in tokens]
        room = (area.width - 0.3 - sum(widths)) / max(1, len(tokens) - 1)
        gap = 0.22 if len(said) < 2 else min(0.7, room)  # room for what is said of neighbours
        self.words = TokenRow(tokens, role="encoder", theme=theme, size="small", gap=gap)
        high = min(0.6, 0.24 * area.height)
        self.model = Block(
            name,
            role="hidden",
            theme=theme,
            size="small",
            width=min(area.width, self.words.width + 0.3),
            height=high,
        )
        pitch = min(0.85, area.height / 4)
        x, y = area.center[0], area.center[1]
        self.title.center_on([x, y + 1.75 * pitch, 0])
        self.model.move_to([x, y - 0.25 * pitch, 0])
        self.words.move_to([x, y - 1.35 * pitch, 0])
        self.wires, self.answers = VGroup(), VGroup()
        top = self.model.get_top()[1]
        for place, word in said.items():
            at = self.words.tokens[place].get_x()
            answer = Label(word, theme=theme, role="output", size="small", weight="bold")
            answer.center_on([at, y + 0.85 * pitch, 0])
            area.keep(answer)
            self.answers.add(answer)
            self.wires.add(
                Wire(
                    (at, top + 0.03),
                    (at, answer.get_bottom()[1] - 0.06),
                    role="output",
                    theme=theme,
                    tip_length=0.1,
                )
            )
        self.add(self.title, self.words, self.model, self.wires, self.answers)
