"""Where mlanim keeps what it can make again: a folder among the user's caches."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["cache_place"]

try:
    _BEGAN = Path.cwd()  # scenes may go elsewhere: a place that is told from here stays
except OSError:  # the folder was removed
    _BEGAN = Path("/")


def cache_place() -> Path:
    """The user's cache folder of mlanim, whether it is there or not."""
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return _BEGAN / base / "mlanim"
