"""The points that bound a vector mobject, gathered without a Python step per curve.

``get_center``, ``next_to``, ``arrange`` and the depth order of 3-D scenes all ask for them.
"""

from __future__ import annotations

import numpy as np
from manim import Mobject, VMobject
from numpy.typing import NDArray

from mlanim.render.twins.patching import Unaltered

_ANCHORS = ("get_anchors", "get_start_anchors", "get_end_anchors")
_manims = VMobject.get_points_defining_boundary


def points_defining_boundary(vmobject: VMobject) -> NDArray:
    """``VMobject.get_points_defining_boundary``: both ends of each of the family's curves."""
    parts, family = [], vmobject.get_family()
    plain = {kind: _plain_anchors(kind) for kind in set(map(type, family))}
    for member in family:
        points = member.points
        if len(points) == 0:
            continue
        if (
            not plain[type(member)]
            or not _anchors.has_none_in(member.__dict__)
            or points.dtype != np.float64
            or points.shape[1:] != (3,)
            or member.n_points_per_cubic_curve != 4
            or (len(points) % 4 and len(points) != 1)
        ):
            return _manims(vmobject)
        parts.append(
            points if len(points) == 1 else points.reshape(-1, 4, 3)[:, ::3].reshape(-1, 3)
        )
    return np.concatenate(parts) if parts else np.array(())


def _plain_anchors(kind: type[Mobject]) -> bool:
    return issubclass(kind, VMobject) and _anchors(kind)


_anchors = Unaltered(VMobject, _ANCHORS)
