"""Ways of drawing: Manim's own, and the engine's, which must give the very same pixels."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

__all__ = ["Drawing", "engines_drawing", "manims_drawing"]

Drawing = Callable[[], AbstractContextManager[None]]  # inside of it, scenes are drawn that way


def manims_drawing() -> AbstractContextManager[None]:
    """Manim's own camera: the reference."""
    return nullcontext()


def engines_drawing() -> AbstractContextManager[None]:
    """What every render uses."""
    return nullcontext()
