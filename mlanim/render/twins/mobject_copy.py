"""Copies of mobjects, as deep as Manim's and many times sooner.

Every ``play`` copies its mobjects two or three times, and ``copy.deepcopy`` spends most of that
time on the parsed SVG outline that each glyph was made from. Manim reads that outline while it
makes the glyph and never again, so copies share it, and colours, which nothing changes; everything
else is copied as ``deepcopy`` copies it.
"""

from __future__ import annotations

import types
from copy import deepcopy
from enum import Enum
from pathlib import PurePath
from typing import Any

import numpy as np
from manim import CapStyleType, LineJointType, ManimColor, Mobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from mlanim.render.twins.patching import remembered

_ATOMS = frozenset(
    {type(None), bool, int, float, complex, str, bytes, type, np.float64, np.int64, ManimColor}
    | {types.FunctionType, types.BuiltinFunctionType, LineJointType, CapStyleType}
)
_MISSING = object()
_NUMBERS = np.dtype(float)


def copy_mobject(mobject: Mobject, copies: dict[int, Any]) -> Mobject:
    """``Mobject.__deepcopy__``: the same attributes, and what they share stays shared."""
    kind = mobject.__class__
    result = kind.__new__(kind)
    identity = id(mobject)  # asked once: where somebody listens for opened files, asking is dear
    copies[identity] = result
    held = mobject.__dict__
    fresh = result.__dict__ if _keeps_all_in_its_dict(kind, tuple(held)) else None
    shares = "path_obj" if isinstance(mobject, VMobjectFromSVGPath) else None
    for name, value in held.items():
        of = value.__class__
        if of not in _ATOMS and name != shares:
            if of is np.ndarray and value.dtype is _NUMBERS:
                place = id(value)
                known = copies.get(place)
                value = copies[place] = value.copy(order="K") if known is None else known
            else:
                value = _copied(value, copies)
        if fresh is None:
            setattr(result, name, value)
        else:
            fresh[name] = value
    result.original_id = str(identity)
    return result


def _copied(value: Any, copies: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _ATOMS or _is_enum(kind):
        return value
    place = id(value)
    known = copies.get(place, _MISSING)
    if known is not _MISSING:
        return known
    if kind is np.ndarray and not value.dtype.hasobject:
        copied = value.copy(order="K")
    elif kind is list:
        # registered before it is filled: a list may hold what holds the list
        copies[place] = copied = []
        copied.extend([_copied(element, copies) for element in value] if value else ())
        return copied
    elif kind is dict:
        copies[place] = copied = {}
        for key, element in value.items():
            copied[_copied(key, copies)] = _copied(element, copies)
        return copied
    elif issubclass(kind, PurePath):
        return value
    elif _copies_as_mobject(kind):
        return copy_mobject(value, copies)
    else:
        return deepcopy(value, copies)
    copies[place] = copied
    return copied


@remembered
def _keeps_all_in_its_dict(kind: type, names: tuple[str, ...]) -> bool:
    """Whether to set these attributes is no more than to keep them."""
    plain = kind.__setattr__ is object.__setattr__
    return plain and not any(hasattr(getattr(kind, name, None), "__set__") for name in names)


@remembered
def _is_enum(kind: type) -> bool:
    return issubclass(kind, Enum)


def _copies_as_mobject(kind: type) -> bool:
    return getattr(kind, "__deepcopy__", None) is copy_mobject
