"""Frames: a rectangle around something holds that, and nothing else that could be meant.

What lies between two parts of a group is enclosed with them, and seems to belong to them. A frame
that is too wide cuts into what stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mlanim.review.finding import Finding
from mlanim.review.geometry import cuts, inside
from mlanim.review.picture import VISIBLE, Array, Frame, Picture, Shape, Text

__all__ = ["framed", "passing"]

_SLACK = 0.02  # units
_LESSER = 0.35  # of the size of what is held: smaller things are signs between it, as "=" is
_ALIKE = 0.6  # of the size of the larger
_CORE = 1 / 3  # of its width and height, on each side, may a frame reach into a thing
_NO_BODIES = ("Line", "Arrow", "ArrowTip", "Curve")


def framed(picture: Picture) -> Iterator[Finding]:
    """Frames that enclose or cut what they were not drawn around."""
    bodies: list[Text | Shape] = [text for text in picture.texts if text.opacity > VISIBLE]
    bodies += [shape for shape in picture.shapes if _is_body(shape, _told(picture))]
    for frame in picture.frames:
        for body in bodies:
            if body.key in frame.keys | {frame.shape.key} or _touches(body.box, frame.held):
                continue
            if len(frame.held) and _encloses(frame, body):
                problem = f"encloses {body.name}, which it was not drawn around"
                advice = "give each its own frame, or move apart what it does not mean"
            elif isinstance(body, Shape) and _cuts_into(frame, body, bodies):
                problem = f"cuts through {body.name}"
                advice = "make it narrower, or move them apart"
            else:
                continue
            names = (frame.shape.name, body.name)
            yield Finding(picture.step, picture.time, "frame", names, problem, advice)


def passing(before: Picture, within: Picture, after: Picture) -> Iterator[Finding]:
    """Frames that come and go again within a play, around what stands still meanwhile."""
    was, is_now = _boxes(before), _boxes(after)
    stood = {key for key in was.keys() & is_now.keys() if np.allclose(was[key], is_now[key])}
    others = _told(before) | _told(after)
    meant = [frame for frame in within.frames if frame.told or len(frame.held)]
    frames = [frame for frame in meant if frame.shape.key not in others | stood]
    texts = [text for text in within.texts if text.key in stood]
    shapes = [shape for shape in within.shapes if shape.key in stood - others]
    yield from framed(replace(within, frames=frames, texts=texts, shapes=shapes))


def _told(picture: Picture) -> set[int]:
    return {frame.shape.key for frame in picture.frames if frame.told}


def _boxes(picture: Picture) -> dict[int, Array]:
    bodies: list[Text | Shape] = [*picture.texts, *picture.shapes]
    return {body.key: body.box for body in bodies}


def _is_body(shape: Shape, frames: set[int]) -> bool:
    seen = shape.stroked or shape.filled
    return seen and shape.closed and shape.kind not in _NO_BODIES and shape.key not in frames


def _touches(box: Array, held: Array) -> bool:
    """Whether it lies upon anything that is held: as its ground, its label, its part."""
    low, high = held[:, :2] + _SLACK, held[:, 2:] - _SLACK
    return bool(((box[2:] > low) & (box[:2] < high)).all(axis=1).any())


def _encloses(frame: Frame, body: Text | Shape) -> bool:
    low, high = frame.reach[:2] - _SLACK, frame.reach[2:] + _SLACK
    within = (body.box[:2] >= low).all() and (body.box[2:] <= high).all()
    if within and not frame.shape.rectangular:
        corners = body.box[[[0, 1], [2, 1], [2, 3], [0, 3]]]
        within = inside(corners, frame.shape).all()
    if not len(frame.held):
        return bool(within)
    size = (body.box[2:] - body.box[:2]).max()
    least = (frame.held[:, 2:] - frame.held[:, :2]).max(axis=1).min()
    speaks = not isinstance(body, Text) or any(letter.isalnum() for letter in body.words)
    return bool(within and size > _LESSER * least and speaks)


def _cuts_into(frame: Frame, body: Shape, bodies: list[Text | Shape]) -> bool:
    """Whether its outline passes through the middle of a thing that has its own place.

    Of a frame that has moved on nobody knows what it holds: it may lie upon what is larger. A plain
    outline is a frame, if it holds one of several things alike and cuts another.
    """
    size = body.box[2:] - body.box[:2]
    whole = frame.shape.box[2:] - frame.shape.box[:2]
    if not len(frame.held) and size.prod() >= whole.prod():
        return False
    core = np.concatenate([body.box[:2] + size * _CORE, body.box[2:] - size * _CORE])
    if not bool(cuts(frame.shape.outline, core[None]).any()):
        return False
    return frame.told or any(_alike(other, body) and _encloses(frame, other) for other in bodies)


def _alike(one: Text | Shape, other: Shape) -> bool:
    sizes = [(body.box[2:] - body.box[:2]).max() for body in (one, other)]
    return isinstance(one, Shape) and bool(min(sizes) > _ALIKE * max(sizes))
