"""Colours: each as the reader's light and dark scheme has it, by its role where it has one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlanim.colour import to_hex
from mlanim.theme import Theme

__all__ = ["ColourTable", "roles_of", "unpacked"]


def roles_of(theme: Theme) -> dict[str, str]:
    """The colours that a theme names, as a page's style does.

    >>> from mlanim.theme import LIGHT
    >>> roles_of(LIGHT)["surface"], roles_of(LIGHT)["hidden-ink"]
    ('#FFFFFF', '#A55100')
    """
    named = {"surface": theme.surface, "ink": theme.ink, "muted": theme.muted}
    for name, role in theme.roles.items():
        word = name.replace("_", "-")
        named |= {f"{word}-ink": role.ink, f"{word}-fill": role.fill}
    return named


def unpacked(paint: bytes) -> NDArray:
    """A paint's rows of RGBA (n, 4)."""
    return np.frombuffer(paint, np.float32).reshape(-1, 4)


class ColourTable:
    """Pairs of colours, light and dark, by number.

    Args:
        themes: one or two.

    >>> from mlanim.theme import DARK, LIGHT
    >>> table = ColourTable((LIGHT, DARK))
    >>> table.number((1, 1, 1), (14 / 255, 18 / 255, 24 / 255)), table.told
    (0, ['surface'])
    >>> table.number((1, 0, 0), (0, 1, 0)), table.told[1]
    (1, ['#FF0000', '#00FF00'])
    """

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        named = [roles_of(theme) for theme in themes]
        self.roles = {name: [one[name] for one in named] for name in (named[0] if named else {})}
        self._names: dict[tuple[str, str], str] = {}
        for name, pair in self.roles.items():
            self._names.setdefault((pair[0], pair[-1]), name)
        self._known: dict[tuple[str, str], int] = {}
        self.told: list[str | list[str]] = []

    def number(self, light: object, dark: object) -> int:
        """The number of a colour, sRGB (3,) in both."""
        pair = to_hex(light), to_hex(dark)  # type: ignore[arg-type]
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = len(self.told)
            self.told.append(self._names.get(pair) or list(pair))
        return known
