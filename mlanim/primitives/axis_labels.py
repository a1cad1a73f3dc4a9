"""Labels along the side of a grid that never overlap, whatever the pitch of the grid.

Upright if they fit; else staggered on two levels, the farther ones tied to their row or column
by a thin leader; else (above or below a grid) turned by 90 degrees; else on as many levels as it
takes. Text never shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from manim import DOWN, LEFT, ORIGIN, PI, RIGHT, UP, Line, VGroup, VMobject

from mlanim.errors import UsageError
from mlanim.primitives.text import Label
from mlanim.theme import Theme
from mlanim.words.table import AsIs

__all__ = ["AxisLabels", "Side", "axis_labels", "place_beside"]

Side = Literal["left", "right", "top", "bottom"]

_OUTWARD = {"left": LEFT, "right": RIGHT, "top": UP, "bottom": DOWN}
_GAP = 0.1  # between the grid and the labels, and between levels
_OWN_GAP = 0.12  # between a grid with its labels and the label of it all
_BESIDE = 0.12  # between words side by side
_ABOVE = 0.01  # between words above each other, from the descenders of one to the other's ascenders
_MIDDLE = 0.38  # of the cap height: the middle between descenders and ascenders, above the baseline


class Leader(Line):
    """From a row or column to its label, where that stands back: no line of what is shown."""


class AxisLabels(NamedTuple):
    """One label and one leader (of no length on the first level) for each row or column."""

    labels: VGroup
    leaders: VGroup


def axis_labels(
    texts: Sequence[str] | None,
    anchors: np.ndarray,
    *,
    side: Side,
    theme: Theme,
    name: str,
) -> AxisLabels:
    """Place `texts` beside `anchors` (n, 3), the middles of the cells' outer edges on that `side`.

    No texts give no labels; another count than that of the anchors is a UsageError telling `name`.
    """
    if texts is None:
        return AxisLabels(VGroup(), VGroup())
    if isinstance(texts, str) or len(texts) != len(anchors):
        raise UsageError(
            f"{name} was given {texts!r}"
            if isinstance(texts, str)
            else f"{name} has {len(texts)} texts",
            f"it needs a list of {len(anchors)}, one for each cell along that side",
        )
    labels = [Label(AsIs(str(text)), theme=theme, size="small") for text in texts]
    along = 0 if side in ("top", "bottom") else 1
    for label, anchor in zip(labels, anchors, strict=True):
        _put(label, anchor, side)
    # Two levels of upright words read easier than turned words; more than two do not.
    most = 2 if along == 0 else len(labels)
    levels = _levels(labels, anchors, along, most, apart=_BESIDE if along == 0 else _ABOVE)
    turned = levels is None and along == 0
    if turned:
        for label, anchor in zip(labels, anchors, strict=True):
            _put(label.rotate(PI / 2), anchor, side, turned=True)
        levels = _levels(labels, anchors, along, len(labels), apart=_ABOVE)
    if levels == 1:  # no leader has to pass: level with the numbers in the cells, by capitals
        for label in labels:
            nudge = (0.5 - _MIDDLE) * label.cap_height
            label.shift(nudge * (DOWN if along == 1 else RIGHT if turned else ORIGIN))
    return _stagger(labels, anchors, side, theme, levels or len(labels))


def _put(label: Label, anchor: np.ndarray, side: Side, turned: bool = False) -> None:
    """Beside its anchor; what lines up is the baseline, so that neighbours stand level."""
    outward = _OUTWARD[side]
    label.next_to(anchor, outward, buff=_GAP)
    cap = label.cap_height
    if turned:
        label.shift([anchor[0] + _MIDDLE * cap - label.baseline[0], 0, 0])
    elif side in ("left", "right"):
        label.align_baseline(anchor[1] - _MIDDLE * cap)
    else:
        label.align_baseline(anchor[1] + (_GAP if side == "top" else -_GAP - cap))


def _levels(
    labels: list[Label], anchors: np.ndarray, along: int, most: int, apart: float
) -> int | None:
    """The fewest levels, up to `most`, on which neighbours part by `apart`; None if none do."""
    spans = [_span(label, along) for label in labels]
    for levels in range(1, most + 1):
        neighbours = (pair for level in range(levels) for pair in pairwise(spans[level::levels]))
        # Rows go downward: which of two neighbours comes first does not matter.
        if all(max(one, other)[0] - min(one, other)[1] >= apart for one, other in neighbours) and (
            most > 2
            or not any(_is_crossed(spans, anchors[:, along], i, levels) for i in range(len(spans)))
        ):
            return levels
    return None


def _span(label: Label, along: int) -> tuple[float, float]:
    direction = np.eye(3)[along]
    return label.get_edge_center(-direction)[along], label.get_edge_center(direction)[along]


def _is_crossed(
    spans: list[tuple[float, float]], positions: np.ndarray, index: int, levels: int
) -> bool:
    """Whether the leader of this label would cross one that stands nearer."""
    position = positions[index]
    nearer = (span for other, span in enumerate(spans) if other % levels < index % levels)
    return any(low < position < high for low, high in nearer)


def _stagger(
    labels: list[Label], anchors: np.ndarray, side: Side, theme: Theme, levels: int
) -> AxisLabels:
    """Move every second (third, ...) label outward, past the deepest of the level before it."""
    outward = _OUTWARD[side]
    across = int(np.argmax(np.abs(outward)))
    shift = 0.0
    for level in range(1, levels):
        before = labels[level - 1 :: levels]
        depth = max(label.width if across == 0 else label.height for label in before)
        shift += depth + _GAP
        for label in labels[level::levels]:
            label.shift(outward * shift)
    leaders = VGroup()
    spans = [_span(label, 1 - across) for label in labels]
    for index, (label, anchor) in enumerate(zip(labels, anchors, strict=True)):
        leader = Leader(
            anchor, anchor, stroke_color=theme.muted, stroke_width=1, stroke_opacity=0.6
        )
        if index % levels and not _is_crossed(spans, anchors[:, 1 - across], index, levels):
            end = np.array(anchor)
            end[across] = label.get_edge_center(-outward)[across] - outward[across] * _GAP / 2
            leader.put_start_and_end_on(anchor + outward * _GAP / 2, end)
        leaders.add(leader)
    return AxisLabels(VGroup(*labels), leaders)


def place_beside(label: Label, whole: VGroup, side: Side, body: VMobject) -> None:
    """Put a grid's own label outside of `whole`, at the middle of `body`.

    By its baseline, so that the labels of neighbouring grids are level.
    """
    label.next_to(whole, _OUTWARD[side], buff=_OWN_GAP)
    middle = body.get_center()
    if side in ("left", "right"):
        label.center_on([label.get_x(), middle[1], 0])
    else:
        line = whole.get_top()[1] + _OWN_GAP
        if side == "bottom":
            line = whole.get_bottom()[1] - _OWN_GAP - label.cap_height
        label.set_x(middle[0]).align_baseline(line)
