"""Whose a module is: the reader's own, or a library's."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path

import mlanim

__all__ = ["STDLIB", "is_readers_module"]

STDLIB = frozenset(sys.stdlib_module_names) - {"collections", "types", "functools"}
_INSTALLED = tuple(
    f"{Path(folder).resolve()}/"
    for name in ("stdlib", "platstdlib", "purelib", "platlib")
    if (folder := sysconfig.get_path(name))
)
_OURS = f"{Path(mlanim.__file__).parent}/"


@cache
def is_readers_module(name: str, file: str | None) -> bool:
    """Whether a module is no library's, and neither Manim's nor mlanim's."""
    if not file or name == "__main__" or name.partition(".")[0] in ("mlanim", "manim"):
        return False
    if file.startswith(_INSTALLED):
        return False
    path = str(Path(file).resolve())
    return not path.startswith((*_INSTALLED, _OURS)) and "/site-packages/" not in path
