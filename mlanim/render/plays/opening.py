"""The opening of a play: a digest of all that its frames follow from, known before any of them.

The address of a segment needs every frame, so that much must be animated. Where a play's frames
depend on nothing but their moment, they follow from what stands when it begins: the animations
with all that they hold, what they move, what rests below, the camera, and the code that
interpolates. Two plays with the same opening show the same, and the second one need not be played.
"""

from __future__ import annotations

import pickle
import sys
import warnings
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path, PurePath
from types import BuiltinFunctionType, CodeType, FunctionType, MappingProxyType, MethodType
from typing import Any

import numpy as np
from manim import Animation, Camera, ManimColor, Mobject, MovingCamera, Scene, config
from manim.utils.iterables import list_update

import mlanim
from mlanim.render.known.as_imported import is_watched_class, is_watched_function
from mlanim.render.known.known_code import is_others, is_plain, shadows
from mlanim.render.known.proven import proven
from mlanim.render.plays.address import Background, look, setting
from mlanim.render.sinks.port import Film
from mlanim.render.twins.collecting import no_collecting
from mlanim.render.twins.shown import NotComparable

__all__ = ["Opener", "Opening"]

# Things of Python's that are no more than what they hold.
_CONTAINERS = (complex, np.ndarray, partial, OrderedDict, defaultdict, deque, slice, range)
# Where it comes from: a file of this render alone, what was read there and how that was named,
# what it was copied from.
_WHENCE = ("file_name", "path_obj", "id_to_vgroup_dict", "original_id")
_NO_MATTER = ("_dir", "_file", "_command", "seed")  # of the configuration
_SETTINGS = (bool, int, float, str, tuple, ManimColor)
_NUMBERS = np.dtype(float)


class Opener:
    """Tells the openings of a film's plays, None where something cannot be told from outside."""

    def __init__(self, film: Film) -> None:
        self._setting = setting(film) + _sources()
        self._background = Background()

    def before(self, scene: Scene, defaults: Any) -> Opening | None:
        """What a play's animations are before they begin, which copies much and adds nothing.

        It is the half of an opening; `of_play` is the other one. The `defaults` are those that
        `set_default` changed: what begins may make new mobjects.
        """
        opening = Opening(self._setting)
        return opening if opening.sees((scene.animations, defaults, _configured())) else None

    def of_play(self, scene: Scene, opening: Opening) -> str | None:
        """Of a play that has begun and can be entered at any frame (`can_jump`)."""
        camera = scene.renderer.camera
        shown = list(scene.moving_mobjects) or _whole(scene)
        frame = camera.frame if type(camera) is MovingCamera else None
        return self._told(opening, scene, (scene.duration, shown, frame))

    def of_wait(self, scene: Scene) -> str | None:
        """Of a wait in which nothing moves."""
        shown = list(scene.moving_mobjects) or _whole(scene)
        try:
            keys = look(scene.renderer.camera, shown).keys
        except NotComparable:
            return None
        return self._told(Opening(self._setting), scene, (scene.duration, keys))

    def _told(self, opening: Opening, scene: Scene, follows_from: Any) -> str | None:
        camera = scene.renderer.camera
        try:
            rests = look(camera, list(scene.static_mobjects))[:2]
        except NotComparable:
            return None
        seen = opening.sees((self._background.digest(camera), rests, follows_from))
        return opening.value() if seen else None


class Opening:
    """A digest of things, which knows those that it has seen already."""

    def __init__(self, setting: bytes) -> None:
        self._digest = _Digest(setting)
        self._reader = _Reader(self._digest, protocol=5)

    def sees(self, thing: Any) -> bool:
        """Take in a thing with all that can be reached from it; whether that can be told."""
        try:
            with no_collecting():
                self._reader.dump(thing)
        except (_Untold, pickle.PicklingError):
            return False
        except (TypeError, ValueError, AttributeError, RecursionError):  # what pickle cannot read
            return False
        return True

    def value(self) -> str:
        """The digest of all that was seen."""
        return self._digest.value()


class _Digest:
    """A file that remembers only what its content amounts to."""

    def __init__(self, start: bytes) -> None:
        self._digest = blake2b(start, digest_size=20)

    def write(self, block: Any) -> None:
        self._digest.update(block)

    def value(self) -> str:
        return self._digest.hexdigest()


class _Untold(Exception):  # noqa: N818
    """Code whose doing cannot be told from what it is."""


class _Reader(pickle.Pickler):
    """Writes down whatever can be reached; of code, what it is instead of where it stands."""

    def reducer_override(self, thing: Any) -> Any:
        """Pickle asks for each thing that is no plain number, text or collection of them."""
        kind: Any = type(thing)
        if kind is np.ndarray and not thing.dtype.hasobject:
            return _named(thing.dtype.str, thing.shape, thing.tobytes())
        if isinstance(thing, Mobject | Animation):
            if not is_plain(kind) or shadows(thing):
                raise _Untold
            return _named(kind, *_state(thing)) if isinstance(thing, Mobject) else NotImplemented
        if kind is FunctionType:
            return _function(thing)
        if kind is MethodType:
            return _named("method", thing.__self__, thing.__func__)
        if kind is CodeType:
            return _code(thing)
        if thing is tuple:  # of which the answers here are made
            return NotImplemented
        if isinstance(thing, type):
            return _named("class", thing.__module__, thing.__qualname__, known=_is_told(thing))
        if kind is ManimColor:
            return _named("colour", thing._internal_value.tobytes())
        if kind is MappingProxyType:
            return _named("mapping", dict(thing))
        if kind is np.float64:
            return _named("float64", float(thing))
        if kind is BuiltinFunctionType or kind is np.ufunc:
            return _named("function", thing.__name__, known=is_others(thing))
        if isinstance(thing, Scene | Camera) or not _is_plain_data(kind):
            raise _Untold
        return NotImplemented


def _is_plain_data(kind: Any) -> bool:
    """Whether things of a class are no more than what they hold, and hold it where it is seen."""
    return (
        kind in _CONTAINERS
        or is_watched_class(kind)
        or (issubclass(kind, np.generic | np.dtype | Enum | PurePath) and is_others(kind))
    )


def _is_told(kind: type) -> bool:
    return is_watched_class(kind) or is_others(kind) or is_plain(kind)


def _state(mobject: Mobject) -> tuple[Any, list[Any], list[Any], bytes]:
    """What a mobject holds, and its arrays as one; there are thousands, and pickle is slow."""
    held = vars(mobject)
    values = list(held.values())
    plan = _plan(tuple(held), tuple(map(type, values)))
    arrays = [values[i] for i in plan.arrays]
    if not all(array.dtype is _NUMBERS for array in arrays):
        return plan.names, [values[i] for i in (*plan.others, *plan.arrays)], [], b""
    return (
        plan.names,
        [values[i] for i in plan.others],
        [array.shape for array in arrays],
        b"".join([array.tobytes() for array in arrays]),
    )


@dataclass(frozen=True)
class _Plan:
    """Which of a mobject's attributes are arrays, and which others count."""

    names: tuple[str, ...]
    arrays: tuple[int, ...]
    others: tuple[int, ...]


@cache
def _plan(names: tuple[str, ...], kinds: tuple[type, ...]) -> _Plan:
    arrays = [i for i, kind in enumerate(kinds) if kind is np.ndarray]
    others = [i for i, name in enumerate(names) if i not in arrays and name not in _WHENCE]
    return _Plan(names, tuple(arrays), tuple(others))


def _named(*names: Any, known: bool = True) -> tuple[Any, ...]:
    if not known:
        raise _Untold
    return tuple, (names,)


def _function(function: Any) -> Any:
    """A function is its code and what that depends on; Manim's own is its name."""
    if is_watched_function(function):
        return _named(
            "function",
            function.__code__.co_filename,
            function.__code__.co_qualname,
            function.__code__.co_firstlineno,
            function.__defaults__,
            function.__kwdefaults__,
            [cell.cell_contents for cell in function.__closure__ or ()],
        )
    found = proven(function)
    if found is None:
        return _named("function", function.__module__, function.__name__, known=is_others(function))
    return _named(
        "function", function.__code__, function.__defaults__, function.__kwdefaults__, found
    )


def _code(code: CodeType) -> tuple[Any, ...]:
    return _named(
        "code",
        code.co_code,
        code.co_consts,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_flags,
        code.co_argcount,
        code.co_kwonlyargcount,
    )


def _whole(scene: Scene) -> list[Mobject]:
    whole: list[Mobject] = list_update(scene.mobjects, scene.foreground_mobjects)
    return whole


def _configured() -> list[tuple[str, Any]]:
    """Manim's configuration as it is now, but for places and the seed of numbers.

    Also what decides whether a computation ends in an error: a film that is known has none.
    """
    settings = [
        (name, config._d[name])
        for name in sorted(config._d)
        if not name.endswith(_NO_MATTER) and type(config._d[name]) in _SETTINGS
    ]
    fatal = [repr(rule) for rule in warnings.filters if rule[0] == "error"]
    around = (np.geterr(), str(np.geterrcall()), fatal, sys.getrecursionlimit())
    formulas = vars(config).get("_tex_template")
    return [*settings, ("formulas", formulas), ("around", around)]


@cache
def _sources() -> bytes:
    """Of mlanim's own code, which changes between versions while it is worked on."""
    digest = blake2b()
    for path in sorted(Path(mlanim.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()
