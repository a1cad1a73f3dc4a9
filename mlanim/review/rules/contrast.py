"""Contrast: text against what is really behind it, and outlines that are of the page's own colour.

Text needs 4.5:1, at the opacity it has. What was once shown at full strength may be dimmed as
already explained: then it need not be read again, but must stay readable for who looks back, 3:1,
which is what WCAG asks of large text and of graphics that carry meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np

from mlanim.colour import contrast as ratio
from mlanim.review.finding import Finding
from mlanim.review.geometry import Backdrop
from mlanim.review.picture import VISIBLE, Picture

__all__ = ["DIMMED", "ENOUGH", "FULL", "contrast", "unmarked"]

ENOUGH = 4.5
DIMMED = 3.0
FULL = 0.95  # opacity from which text counts as shown at full strength
_ROUNDING = 0.02
_SAME = 1.05  # with less contrast than this nobody sees a line


def contrast(
    picture: Picture, backdrops: dict[int, Backdrop], explained: Set[str] = frozenset()
) -> Iterator[Finding]:
    """Text whose worst glyph has too little contrast; `explained` words were seen in full."""
    for index, text in enumerate(picture.texts):
        backdrop = backdrops[index]
        seen = (text.inks[:, 3] > VISIBLE) & (backdrop.hidden < 0.9)
        if not seen.any() or backdrop.set_back:
            continue
        alpha = (text.inks[:, 3] * (1 - backdrop.hidden))[:, None]
        ink = backdrop.behind * (1 - alpha) + text.inks[:, :3] * alpha
        worst = float(np.where(seen, ratio(ink, backdrop.behind), np.inf).min())
        dimmed = text.opacity < FULL and text.words in explained
        least = DIMMED if dimmed else ENOUGH
        if worst >= least - _ROUNDING:
            continue
        kind = "dimmed text" if dimmed else f"text at opacity {text.opacity:.2g}"
        kind = "text" if text.opacity >= FULL else kind
        problem = f"{kind} has contrast {worst:.2f}:1, {least:g}:1 is the least"
        advice = "dim it less" if dimmed else "take the theme's ink, or another fill behind it"
        yield Finding(picture.step, picture.time, "contrast", (text.name,), problem, advice)


def unmarked(picture: Picture) -> Iterator[Finding]:
    """Manim's own outlines in the colour of the page that they lie on: white on a light one."""
    grounds = np.array([shape.box for shape in picture.shapes if shape.filled]).reshape(-1, 4)
    for shape in picture.shapes:
        if not shape.plain or shape.filled or not shape.stroked:
            continue
        on_page = ((grounds[:, :2] > shape.box[2:]) | (grounds[:, 2:] < shape.box[:2])).any(axis=1)
        if on_page.all() and float(ratio(shape.stroke[:3], picture.background)) < _SAME:
            problem = "nobody sees it: its outline has the page's colour"
            advice = "give it color=self.theme.ink, or another colour"
            yield Finding(picture.step, picture.time, "contrast", (shape.name,), problem, advice)
