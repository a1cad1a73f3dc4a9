"""The two families that ship with mlanim, so that text looks the same on every machine.

Source Sans 3 (Adobe, version 3.052) and Source Code Pro (Adobe, version 2.042): unmodified files
under the SIL Open Font License, whose text lies beside them.
"""

from __future__ import annotations

import ctypes
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from mlanim.errors import MlanimError, UsageError

__all__ = ["FILES", "MONO", "SANS", "families", "register", "register_file"]

SANS = "Source Sans 3"
MONO = "Source Code Pro"

# Styles of faces that a text of normal weight, upright, does not ask for.
_OTHER_FACES = re.compile(
    r"bold|black|heavy|light|thin|medium|italic|oblique|condensed|narrow", re.IGNORECASE
)

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


def families() -> list[str]:
    """The families that Pango can draw with, those that ship among them."""
    import manimpango

    register()
    return sorted(manimpango.list_fonts())


@lru_cache(maxsize=64)
def register_file(path: Path, told: str) -> str:
    """Make a font of a file known to Pango; its family's name.

    Args:
        told: how the file was named, for an error.

    Raises UsageError when it is none, or a face for which Pango would draw another of its family.
    """
    import manimpango
    from PIL import ImageFont

    register()
    if not path.is_file():
        raise UsageError(told, "there is no such file")
    try:
        font = ImageFont.truetype(str(path), 20)
        family, style = font.getname()
    except OSError:
        family = style = None
    if family and _OTHER_FACES.search(style or "") and not _varies(font):
        raise UsageError(
            f"{told} is the {style} face of {family}",
            "texts are set in the Regular one: give its file",
        )
    if not family or not manimpango.register_font(str(path)):
        raise UsageError(told, "there is no font in such a file")
    _look_anew()
    return str(family)


def _varies(font: Any) -> bool:
    """Tell whether one file has all weights: it is called by whichever of them comes first."""
    try:
        return bool(font.get_variation_axes())
    except (OSError, NotImplementedError):
        return False


def _look_anew() -> None:
    """Let Pango forget which fonts there were, if it has drawn a text already (Manim's, say)."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a Pango of another name cannot be told
            pango = ctypes.CDLL("libpangocairo-1.0.so.0")
            pango.pango_cairo_font_map_set_default(None)
