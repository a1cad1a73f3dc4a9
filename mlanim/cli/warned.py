"""Warnings of mlanim's own, as lines of the command; those of other libraries stay as they are."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import mlanim
from mlanim.errors import short_line

__all__ = ["warnings_told"]

_HOME = Path(mlanim.__file__).parent


@contextmanager
def warnings_told() -> Iterator[None]:
    """Within it, what mlanim warns of is one line, without the place in its code."""
    with warnings.catch_warnings():
        usual = warnings.showwarning

        def tell(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> Any:
            if Path(filename).is_relative_to(_HOME):
                print(short_line(f"mlanim: {message}"), file=sys.stderr)
            else:
                usual(message, category, filename, lineno, file, line)

        warnings.showwarning = tell
        yield
