"""Sessions: what was listened to, one thing after the other, a session a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import VGroup

from mlanim.primitives.area import Area
from mlanim.primitives.charts.class_marks import CLASS_ROLES
from mlanim.primitives.seen import Seen
from mlanim.primitives.text import Label
from mlanim.primitives.token_row import Token
from mlanim.theme import LIGHT, Theme
from mlanim.words.table import AsIs

__all__ = ["SessionRows"]

_GAP = 0.14
_SIZES = (0.26, 0.22, 0.18)


class SessionRows(VGroup):
    """Rows of boxed names, as many of each session as a row has room for, and "…".

    kind_of: the number of a name's kind, from 0: its colour; None: in plain ink.

    Parts: `.rows`, each of tokens; `.told()` reads the names back.

    >>> rows = SessionRows([["Rust", "Anvil"]], lambda name: 0, area=Area(0, 0, 8, 2))
    >>> rows.told()
    [['Rust', 'Anvil']]
    """

    def __init__(
        self,
        sessions: Sequence[Sequence[str]],
        kind_of: Callable[[str], int | None],
        *,
        area: Area,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__()
        pitch = min(1.4, area.height / len(sessions))
        size = next((s for s in _SIZES if 2.9 * s <= pitch), _SIZES[-1])
        top = area.center[1] + pitch * len(sessions) / 2
        self.rows = VGroup()
        for i, names in enumerate(sessions):
            y, x = top - (i + 0.5) * pitch, area.left
            row = VGroup()
            for name in names:
                kind = kind_of(name)
                role = "output" if kind is None else CLASS_ROLES[kind % 6]
                token = Token(
                    Label(AsIs(name), theme=theme, role=role, size=size), role=role, theme=theme
                )
                if (
                    x + token.width > area.right - 0.35 and name != names[-1]
                ) or x + token.width > area.right:
                    more = Label("…", theme=theme, size=size)
                    row.add(more.center_on([x + more.width / 2, y, 0]))
                    break
                token.shift([x + token.width / 2 - token.get_x(), y - token.box.get_y(), 0])
                row.add(token)
                x += token.width + _GAP
            self.rows.add(row)
        self.add(self.rows)

    def told(self) -> list[list[str]]:
        """The names that are drawn, read back from the boxes."""
        return [[t.label.text for t in row if isinstance(t, Token)] for row in self.rows]

    @property
    def seen(self) -> Seen:
        """What it shows, in words."""
        first = ", ".join(self.told()[0])
        return Seen(f"list of {len(self.rows)} sessions", f"the first: {first}")
