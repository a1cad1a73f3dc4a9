"""Frames: a rectangle around something holds that, and nothing else that could be meant.

What lies between two parts of a group is enclosed with them, and seems to belong to them. A frame
that is too wide cuts into what stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mlanim.review.finding import Finding
from mlanim.review.geometry import cuts
from mlanim.review.picture import VISIBLE, Array, Frame, Picture, Shape, Text

__all__ = ["framed", "passing"]

_SLACK = 0.02  # units
_LESSER = 0.35  # of the size of what is held: smaller things are signs between it, as "=" is
_CORE = 1 / 3  # of its width and height, on each side, may a frame reach into a thing
_NO_BODIES = ("Line", "Arrow", "ArrowTip", "Curve")


def framed(picture: Picture) -> Iterator[Finding]:
    """Frames that enclose or cut what they were not drawn around."""
    frames = {frame.shape.key for frame in picture.frames}
    bodies: list[Text | Shape] = [text for text in picture.texts if text.opacity > VISIBLE]
    bodies += [shape for shape in picture.shapes if _is_body(shape, frames)]
    for frame in picture.frames:
        for body in bodies:
            if body.key in frame.keys or _touches(body.box, frame.held):
                continue
            if len(frame.held) and _encloses(frame, body):
                problem = f"encloses {body.name}, which it was not drawn around"
                advice = "give each its own frame, or move apart what it does not mean"
            elif isinstance(body, Shape) and _cuts_into(frame, body):
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
    others = {frame.shape.key for picture in (before, after) for frame in picture.frames}
    frames = [frame for frame in within.frames if frame.shape.key not in others]
    texts = [text for text in within.texts if text.key in stood]
    shapes = [shape for shape in within.shapes if shape.key in stood - others]
    yield from framed(replace(within, frames=frames, texts=texts, shapes=shapes))


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
    box = frame.shape.box
    within = (body.box[:2] >= box[:2] - _SLACK).all() and (body.box[2:] <= box[2:] + _SLACK).all()
    size = (body.box[2:] - body.box[:2]).max()
    least = (frame.held[:, 2:] - frame.held[:, :2]).max(axis=1).min()
    speaks = not isinstance(body, Text) or any(letter.isalnum() for letter in body.words)
    return bool(within and size > _LESSER * least and speaks)


def _cuts_into(frame: Frame, body: Shape) -> bool:
    """Whether its outline passes through the middle of a thing that has its own place.

    Of a frame that has moved on nobody knows what it holds: it may lie upon what is larger.
    """
    size = body.box[2:] - body.box[:2]
    whole = frame.shape.box[2:] - frame.shape.box[:2]
    if not len(frame.held) and size.prod() >= whole.prod():
        return False
    core = np.concatenate([body.box[:2] + size * _CORE, body.box[2:] - size * _CORE])
    return bool(cuts(frame.shape.outline, core[None]).any())
