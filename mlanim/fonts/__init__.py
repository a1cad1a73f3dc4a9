"""The two families that ship with mlanim, so that text looks the same on every machine.

Source Sans 3 (Adobe, version 3.052) and Source Code Pro (Adobe, version 2.042): unmodified files
under the SIL Open Font License, whose text lies beside them.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from mlanim.errors import MlanimError

__all__ = ["FILES", "MONO", "SANS", "register"]

SANS = "Source Sans 3"
MONO = "Source Code Pro"

FILES = tuple(
    Path(__file__).with_name(name)
    for name in (
        "SourceSans3-Regular.ttf",
        "SourceSans3-Semibold.ttf",
        "SourceCodePro-Regular.ttf",
        "SourceCodePro-Semibold.ttf",
    )
)


@lru_cache(maxsize=1)
def register() -> None:
    """Make the shipped fonts known to Pango, once a process; nothing is installed on the machine.

    Raises MlanimError when a file is missing or unreadable.
    """
    import manimpango  # Pango is slow to load, and only drawing needs it

    for path in FILES:
        if not path.is_file() or not manimpango.register_font(str(path)):
            raise MlanimError(
                f"the font {path.name} cannot be loaded from {path.parent}", "reinstall mlanim"
            )
    _look_anew()


def _look_anew() -> None:
    """Let Pango forget which fonts there were, if it has drawn a text already (Manim's, say)."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a Pango of another name cannot be told
            pango = ctypes.CDLL("libpangocairo-1.0.so.0")
            pango.pango_cairo_font_map_set_default(None)
