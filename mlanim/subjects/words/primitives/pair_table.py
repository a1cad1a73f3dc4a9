"""A growing table of pairs: a word and one of its neighbours in each place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from manim import VGroup

from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.primitives.wire import Wire
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["PairTable"]

_ARROW, _GAP, _ASIDE = 0.4, 0.1, 0.45


class PairTable(VGroup):
    """Pairs (word, neighbour) down the columns, as large as all of them can be.

    Parts: `.pairs`, each with `.word`, `.wire`, `.neighbour`; `.left_out`, how many had no room.

    >>> table = PairTable([("a", "b"), ("b", "a")], area=Area(0, 0, 6, 3))
    >>> table.told()
    [('a', 'b'), ('b', 'a')]
    """

    def __init__(
        self, pairs: Sequence[tuple[str, str]], *, area: Area, theme: Theme = LIGHT
    ) -> None:
        super().__init__()
        if not pairs:
            raise UsageError("PairTable was given no pairs", "give one or more")
        for cap in (0.3, 0.26, 0.22, 0.2, theme.sizes.small):
            style: dict[str, Any] = {"theme": theme, "size": cap}
            words = [Label(AsIs(word), role="query", weight="bold", **style) for word, _ in pairs]
            others = [Label(AsIs(other), role="key", **style) for _, other in pairs]
            wide = max(w.width for w in words), max(o.width for o in others)
            column = sum(wide) + _ARROW + 2 * _GAP
            columns = max(1, int((area.width + _ASIDE) / (column + _ASIDE)))
            rows = max(1, int(area.height / (2.05 * cap)))
            if columns * rows >= len(pairs):
                break
        rows = min(rows, -(-len(pairs) // columns)) if columns * rows >= len(pairs) else rows
        columns = min(columns, -(-len(pairs) // rows))
        pitch = min(area.height / rows, 2.6 * cap)
        spare = (area.width - columns * column) / max(1, columns)
        self.left_out = max(0, len(pairs) - rows * columns)
        self.pairs = VGroup()
        for i, (word, other) in enumerate(zip(words, others, strict=True)):
            if i >= rows * columns:
                break
            x = area.left + (i // rows) * (column + spare) + spare / 2
            y = area.top - (i % rows + 0.5) * pitch
            pair = VGroup()
            pair.word, pair.neighbour = word, other
            word.center_on([x + wide[0] - word.width / 2, y, 0])
            start = x + wide[0] + _GAP
            pair.wire = Wire(
                (start, y), (start + _ARROW, y), role="key", theme=theme, tip_length=0.1
            )
            other.center_on([start + _ARROW + _GAP + other.width / 2, y, 0])
            pair.add(word, pair.wire, other)
            self.pairs.add(pair)
        self.add(self.pairs)

    def told(self) -> list[tuple[str, str]]:
        """The pairs, read back from the labels."""
        return [(pair.word.text, pair.neighbour.text) for pair in self.pairs]

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        first = ", ".join(f"{word} and {other}" for word, other in self.told()[:3])
        return Seen(f"table of {len(self.pairs)} pairs of words", first)
