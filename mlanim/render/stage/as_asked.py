"""A scene's source as it was when the scene was asked for, however long Manim takes to come."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mlanim.render.watched.watching import watching_now

__all__ = ["before_it_changed"]


def before_it_changed(path: Path | None, source: bytes | None) -> bytes | None:
    """What a file held when it was asked for, if it has been saved again since then; else None.

    No file says that any more, so that what is made of it leaves no record.

    Args:
        source: what it held; None where that does not matter.
    """
    if path is None or source is None:
        return None
    with suppress(OSError):
        if path.read_bytes() == source:
            return None
    for reads in watching_now():
        reads.leaves(f"draws {path} as it was before it changed")
    return source
