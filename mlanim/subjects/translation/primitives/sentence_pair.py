"""Two sentences over each other, for arrows from the words of one to those of the other."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, UP, VGroup

from mlanim.errors import NoRoomError
from mlanim.primitives.area import Area
from mlanim.primitives.token_row import TokenRow
from mlanim.theme import LIGHT, Theme

__all__ = ["SentencePair"]

_SIZES = (0.34, 0.31, 0.28, 0.25, 0.22, 0.2, 0.18)
_HIGHEST = 4.6  # units: longer arrows are harder to follow


class SentencePair(VGroup):
    """A line of words above and a line of words below, as large as the area allows.

    Parts: `.source` and `.target` (TokenRow). Raises UsageError where a line does not fit the area
    at a legible size; `fits` asks first.

    >>> pair = SentencePair(["je", "suis"], ["I", "am"], area=Area(0, 0, 6, 4))
    >>> bool(pair.source.get_bottom()[1] > pair.target.get_top()[1])
    True
    """

    def __init__(
        self, source: Sequence[str], target: Sequence[str], *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        for size in _SIZES:
            self.source, self.target = (
                TokenRow(words, role=role, theme=theme, size=size, gap=0.9 * size)
                for words, role in ((source, "encoder"), (target, "output"))
            )
            if max(self.source.width, self.target.width) <= area.width:
                break
        else:
            raise NoRoomError(
                f"sentences of {len(source)} and {len(target)} words do not fit one line of "
                f"{area.width:.1f} units legibly",
                "give them more width, or draw an AttentionMatrix alone",
                lacks="width",
            )
        height = min(area.height, _HIGHEST)
        middle = Area(area.left, area.center[1] - height / 2, area.width, height)
        middle.place(self.source, UP), middle.place(self.target, DOWN)
        self.add(self.source, self.target)

    @classmethod
    def fits(cls, source: Sequence[str], target: Sequence[str], *, area: Area) -> bool:
        """Whether both sentences find room in one line each."""
        widths = (
            TokenRow(w, size=_SIZES[-1], gap=0.9 * _SIZES[-1]).width for w in (source, target)
        )
        return max(widths) <= area.width
