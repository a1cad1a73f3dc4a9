"""Layout: nothing outside the frame, nothing over or through text, no text too small to read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlanim.colour import contrast
from mlanim.review.finding import Finding
from mlanim.review.geometry import Backdrop, cuts, opaque_between, text_outlines
from mlanim.review.picture import VISIBLE, Array, Mask, Picture, Shape, Text

__all__ = [
    "SMALLEST_CAP",
    "beyond",
    "crossed",
    "is_away",
    "is_figure",
    "outside",
    "overlapping",
    "small",
    "strays",
]

SMALLEST_CAP = 8 / 45  # units: 24 px of 1080
_SLACK = 0.02  # units: what overshoots and rounding may take
_SEEN = 1.15  # an edge with less contrast than this to what is behind it does not disturb
_LEADING = ("Line", "Arrow")


def outside(picture: Picture) -> Iterator[Finding]:
    """Texts and figures that leave the frame or come closer to its edge than the margin.

    What lies outside as a whole has gone or is yet to come; if it never does, `unseen` tells.
    """
    figures = [shape for shape in picture.shapes if is_figure(shape, picture)]
    items: list[Text | Shape] = [*picture.texts, *figures]
    for item in items:
        if isinstance(item, Text) and item.opacity <= VISIBLE:
            continue
        side, by = beyond(item, picture)
        if is_away(item, picture):
            continue
        if by > _SLACK:
            where, amount = "outside the frame", f"{by:.2f} units beyond its {side} edge"
        elif by > -picture.margin + _SLACK and _keeps_margin(item):
            where = "inside the margin"
            amount = (
                f"{max(-by, 0):.2f} units from the {side} edge, the margin is {picture.margin:g}"
            )
        else:
            continue
        advice = "move it in, make it smaller, or lay it out from the frame's size"
        yield _finding(picture, "outside", (item.name,), f"{where}: {amount}", advice)


def beyond(item: Text | Shape, picture: Picture) -> tuple[str, float]:
    """The side of the frame that it comes nearest to or leaves furthest, and by how much."""
    width, height = picture.size
    left, bottom, right, top = item.box
    sides = {
        "left": -width / 2 - left,
        "right": right - width / 2,
        "top": top - height / 2,
        "bottom": -height / 2 - bottom,
    }
    return max(sides.items(), key=lambda pair: pair[1])


def _keeps_margin(item: Text | Shape) -> bool:
    return isinstance(item, Text) or (item.closed and item.kind != "ArrowTip")


def is_away(item: Text | Shape, picture: Picture) -> bool:
    """Whether nothing of it is in the frame."""
    half = np.array(picture.size) / 2
    return bool((item.box[:2] > half).any() or (item.box[2:] < -half).any())


def strays(before: Picture, between: list[Picture], after: Picture) -> Iterator[Finding]:
    """Texts that are inside the frame before and after a play but leave it on the way."""
    settled = _inside(before) & _inside(after)
    for picture in between:
        for text in picture.texts:
            out = beyond(text, picture)[1] > _SLACK
            if text.key in settled and text.opacity > VISIBLE and out and not picture.moved:
                settled.discard(text.key)
                problem = "leaves the frame while it moves"
                advice = "give it a path inside the frame"
                yield _finding(picture, "outside", (text.name,), problem, advice)


def _inside(picture: Picture) -> set[int]:
    return {text.key for text in picture.texts if beyond(text, picture)[1] <= _SLACK}


def overlapping(picture: Picture, backdrops: dict[int, Backdrop]) -> Iterator[Finding]:
    """Text over other text: glyphs of two labels that lie upon each other."""
    shown = _shown(picture, backdrops)
    if len(shown) < 2:
        return
    boxes = np.array([picture.texts[i].box for i in shown])
    for a, b in np.argwhere(np.triu(_overlaps(boxes, boxes), k=1)):
        first, second = picture.texts[shown[a]], picture.texts[shown[b]]
        if first.words == second.words and np.allclose(first.box, second.box, atol=_SLACK):
            continue  # one stands exactly on its copy: the reader sees one
        visible = [
            text_outlines(text, _SLACK)[backdrops[i].hidden < 0.9]
            for text, i in ((first, shown[a]), (second, shown[b]))
        ]
        if _overlaps(*visible).any():
            names = (first.name, second.name)
            yield _finding(picture, "overlap", names, "text over text", "move one of them away")


def crossed(picture: Picture, backdrops: dict[int, Backdrop]) -> Iterator[Finding]:
    """Text with a visible line, arrow or box edge through its glyphs."""
    shown = _shown(picture, backdrops)
    shapes = [shape for shape in picture.shapes if shape.stroked or shape.filled]
    if not shown or not shapes:
        return
    reach = max(shape.width for shape in shapes) / 2  # a thick line touches what it passes by
    boxes = np.array([picture.texts[i].box for i in shown]) + reach * np.array([-1, -1, 1, 1])
    near = _overlaps(np.array([shape.box for shape in shapes]), boxes, touch=True).any(axis=1)
    shapes = [shapes[i] for i in np.flatnonzero(near)]
    if not shapes:
        return
    pieces = np.concatenate([shape.outline for shape in shapes])
    owners = np.repeat(np.arange(len(shapes)), [len(shape.outline) for shape in shapes])
    piece_boxes = np.concatenate([pieces.min(axis=1), pieces.max(axis=1)], axis=1)
    piece, place = np.nonzero(_overlaps(piece_boxes, boxes, touch=True))
    for owner, at in sorted(set(zip(owners[piece].tolist(), place.tolist(), strict=True))):
        shape, index = shapes[owner], shown[at]
        text, backdrop = picture.texts[index], backdrops[index]
        mine = pieces[piece[(owners[piece] == owner) & (place == at)]]
        hit = cuts(mine, text_outlines(text, _SLACK - shape.width / 2)).any(axis=0) & (
            backdrop.hidden < 0.9
        )
        if not hit.any() or not _edge_is_seen(shape, backdrop, hit, picture.background):
            continue
        middles = (text.glyphs[hit, :2] + text.glyphs[hit, 2:]) / 2
        if all(opaque_between(p, shape.order, text.order, picture.shapes) for p in middles):
            continue
        advice = f"move the text, or end {shape.name} before it"
        yield _finding(
            picture, "crossed", (text.name, shape.name), f"{shape.name} cuts through it", advice
        )


def small(picture: Picture, backdrops: dict[int, Backdrop]) -> Iterator[Finding]:
    """Text whose capitals are lower than 1/45 of the frame's shorter side."""
    for index in _shown(picture, backdrops):
        text = picture.texts[index]
        if text.cap_height < SMALLEST_CAP * 0.97:
            problem = (
                f"capitals are {text.cap_height:.3f} units high, {SMALLEST_CAP:.3f} is the least"
            )
            advice = "enlarge it, wrap it, or leave it out"
            yield _finding(picture, "small", (text.name,), problem, advice)


def _finding(
    picture: Picture, rule: str, names: tuple[str, ...], problem: str, advice: str
) -> Finding:
    return Finding(picture.step, picture.time, rule, names, problem, advice)


def _shown(picture: Picture, backdrops: dict[int, Backdrop]) -> list[int]:
    """The texts that can be seen: neither faint nor under something."""
    return [
        i
        for i, text in enumerate(picture.texts)
        if text.opacity > VISIBLE
        and (backdrops[i].hidden < 0.9).any()
        and not backdrops[i].set_back
    ]


def _overlaps(some: Array, others: Array, *, touch: bool = False) -> Mask:
    """Which of the boxes (n, 4) lie upon which of the others (m, 4): bool (n, m)."""
    a, b = some[:, None], others[None]
    slack = 1e-9 if touch else -1e-9
    apart = (a[..., :2] > b[..., 2:] + slack) | (b[..., :2] > a[..., 2:] + slack)
    return ~np.any(apart, axis=-1)


def is_figure(shape: Shape, picture: Picture) -> bool:
    """Whether a shape is meant to be seen as a whole.

    Lines may lead out of the frame, curves and grids of a plot may end at it, and a panel may span
    it from edge to edge. An arrow's tip may not be missing.
    """
    if shape.kind in _LEADING or shape.plotted or not (shape.stroked or shape.filled):
        return False
    left, bottom, right, top = shape.box
    spans = right - left >= picture.size[0] - _SLACK or top - bottom >= picture.size[1] - _SLACK
    return not spans


def _edge_is_seen(shape: Shape, backdrop: Backdrop, hit: Mask, page: Array) -> bool:
    """Whether the stroke stands out where it cuts, or the fill from what is around it."""
    if shape.stroked:
        behind = backdrop.behind[hit]
        alpha = shape.stroke[3]
        ink = behind * (1 - alpha) + shape.stroke[:3] * alpha
        if (contrast(ink, behind) > _SEEN).any():
            return True
    if not shape.filled or shape.pixels is not None:
        return shape.pixels is not None
    around = np.vstack([backdrop.behind, page])
    alpha = shape.fill[3]
    return bool((contrast(around * (1 - alpha) + shape.fill[:3] * alpha, around) > _SEEN).any())
