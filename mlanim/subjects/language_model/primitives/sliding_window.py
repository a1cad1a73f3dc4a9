"""Running text and a window upon it: each place of the window is a training example."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RoundedRectangle, VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import TokenRow
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SlidingWindow"]

_PADDING = 0.1


class SlidingWindow(VGroup):
    """A line of words, a window of `size` of them and the word after it, and a list of examples.

    Parts: `.text` (TokenRow on one line: as many words as fit), `.count` (examples that it gives),
    `.frame(i)` and `.target_frame(i)` for example i, `.examples` (rows of `.given`, `.wire`,
    `.wanted`), `.heads`.

    Raises UsageError where not one example fits.

    >>> page = SlidingWindow("one day the fox lost a hat".split(), 3, area=Area(0, 0, 13, 6))
    >>> page.count, page.examples[0].wanted.text
    (4, 'fox')
    """

    def __init__(
        self, words: Sequence[str], size: int, *, area: Area, rows: int = 4, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        self.theme, self.size = theme, size
        line, low = area.rows(1, 3.6, gap=0.4)
        for fitting in range(len(words), size, -1):
            self.text = TokenRow(words[:fitting], theme=theme, size="body", gap=0.26)
            if self.text.width + 2 * _PADDING <= line.width:
                break
        else:
            raise NoRoomError(
                f"a window of {size} words and the next in {area.width:.3g} units of width",
                "make the window smaller",
                lacks="width",
            )
        line.place(self.text)
        self.count = min(rows, fitting - size)
        head, table = low.rows(0.5, 4, gap=0.15)
        pitch = min(0.85, table.height / self.count)
        lines = [
            TokenRow(words[i : i + size], theme=theme, size="body", gap=0.2, role="decoder")
            for i in range(self.count)
        ]
        widest = max(row.width for row in lines)
        x = area.center[0] - 0.9
        self.examples = VGroup()
        for i, given in enumerate(lines):
            y = table.top - (i + 0.5) * pitch
            example = VGroup()
            example.given = given
            given.move_to([x - widest / 2 + given.width / 2, 0, 0])
            given.shift([0, y - given.tokens[0].baseline[1] - 0.1, 0])
            end = x + widest / 2
            example.wire = Wire(
                (end + 0.12, y), (end + 0.85, y), role="output", theme=theme, tip_length=0.12
            )
            example.wanted = Label(AsIs(words[i + size]), theme=theme, role="output", weight="bold")
            example.wanted.center_on([end + 1.0 + example.wanted.width / 2, y, 0])
            example.wanted.align_baseline(given.tokens[0].baseline[1])
            example.add(given, example.wire, example.wanted)
            self.examples.add(example)
        start = x - widest / 2
        self.heads = VGroup(
            Label("what is read", theme=theme, size="small", role="muted"),
            Label("what should come", theme=theme, size="small", role="muted"),
        )
        self.heads[0].center_on([start + self.heads[0].width / 2, head.center[1], 0])
        self.heads[1].center_on([x + widest / 2 + 1.0 + self.heads[1].width / 2, head.center[1], 0])
        area.keep(self.heads[1])
        self.add(self.text, self.heads, self.examples)

    def frame(self, example: int) -> RoundedRectangle:
        """The window's frame around the words that are read."""
        return self._around(self.text.tokens[example : example + self.size], "decoder")

    def target_frame(self, example: int) -> RoundedRectangle:
        """The frame around the word that should come."""
        return self._around(
            self.text.tokens[example + self.size : example + self.size + 1], "output"
        )

    def _around(self, words: VGroup, role: str) -> RoundedRectangle:
        words = VGroup(*words)
        box = RoundedRectangle(
            width=words.width + 2 * _PADDING, height=0.62, corner_radius=0.1
        ).set_stroke(self.theme.role(role).ink, self.theme.stroke.bold)
        y = words[0].baseline[1] + words[0].cap_height / 2
        return box.move_to([words.get_x(), y, 0])
