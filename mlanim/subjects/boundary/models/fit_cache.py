"""Fits that were made before, by what they were made of."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from mlanim.cache_place import cache_place
from mlanim.sealed import read_sealed, write_sealed

__all__ = ["Later", "is_readers_own", "kept_fits"]

Made = TypeVar("Made")
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "xgboost-cpu", "xgboost")


class Later:
    """Something that is read from a pickle only when it is asked for.

    A fitted estimator brings its library along, and that takes longer to import than a film of
    kept fits takes to begin.

    >>> kept = pickle.loads(pickle.dumps(Later([1, 2])))
    >>> kept.thing
    [1, 2]
    """

    def __init__(self, thing: Any) -> None:
        self._packed: bytes | None = None
        self._thing = thing

    @property
    def thing(self) -> Any:
        """The thing itself."""
        if self._packed is not None:
            self._thing, self._packed = pickle.loads(self._packed), None
        return self._thing

    def __getstate__(self) -> bytes:
        """Only bytes, which need nothing to be imported."""
        return pickle.dumps(self._thing, protocol=5) if self._packed is None else self._packed

    def __setstate__(self, packed: bytes) -> None:
        self._packed, self._thing = packed, None


def kept_fits(
    made_of: tuple[Any, ...],
    make: Callable[[], Made],
    to_keep: Callable[[Made], Made] = lambda made: made,
) -> Made:
    """What `make` made the last time of the same data, settings and versions, or makes now.

    The file lies in the user's own cache folder; one that cannot be read is made anew, and where
    none can be written nothing is kept. A reader's own estimator may change its code: it is not.

    made_of: what was learned, by which model, and whatever else decides it. to_keep: what is
    written in place of what was made.
    """
    if is_readers_own(made_of[1]):
        return make()
    path = cache_place() / "fits" / f"{_digest(made_of)}.pkl"
    if (content := read_sealed(path)) is not None:
        with suppress(Exception):  # whatever an older file may raise
            kept: Made = pickle.loads(content)  # our own, in the user's own folder
            with suppress(OSError):
                path.touch()  # used just now: what was not for long is removed first
            return kept
    made = make()
    with suppress(Exception):  # of what cannot be pickled nothing is kept
        write_sealed(cache_place(), path, pickle.dumps(to_keep(made), protocol=5))
    return made


def is_readers_own(model: Any) -> bool:
    """Whether a model is "module:name" or an estimator, not one of ours."""
    return not isinstance(model, str) or ":" in model


def _digest(made_of: Any) -> str:
    return blake2b(pickle.dumps((made_of, _versions()), protocol=5), digest_size=20).hexdigest()


@cache
def _versions() -> tuple[Any, ...]:
    found: list[Any] = []
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append((name, version(name)))
    sources = sorted(Path(__file__).parents[3].rglob("models/*.py"))  # what fits, and all below
    return (*found, blake2b(b"".join(path.read_bytes() for path in sources)).hexdigest())
