"""What a packet of a reader's file carries: a token, a text, a number, a tensor or a picture."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.subjects.systems.models.toml_table import TomlTable

__all__ = ["value_of"]

_TOKEN, _TEXT = 16, 100  # letters, at most
_LONGEST = 64  # numbers along an axis of a tensor
_POINTS = 256  # of a picture's longer side: more than a tray can show
_MOST_POINTS = 50_000_000


def value_of(kind: str, table: TomlTable, folder: Path) -> Any:
    """The value of one key of a table; pictures lie beside the file.

    Raises UsageError, in one line, for what is not of that kind, too long, or not there.
    """
    if kind in ("token", "text"):
        text = table.text(kind, _TOKEN if kind == "token" else _TEXT)
        if not text or (kind == "token" and " " in text):
            hint = "write a word" if kind == "token" else "write some words"
            raise UsageError(f"{table.where}: {kind} = {text!r}", hint)
        return text
    read = {"number": _number, "tensor": _tensor, "picture": _picture}[kind]
    return read(table.given[kind], table.where, folder)


def _number(value: Any, where: str, _: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{where}: number = {value!r:.40}", "write a number, such as 0.93")
    if not math.isfinite(value) or abs(value) >= 1e9:
        raise UsageError(f"{where}: number = {value!r:.40}", "finite, and below a thousand million")
    return float(value)


def _tensor(value: Any, where: str, _: Path) -> NDArray:
    hint = f"write numbers, or rows of equally many: up to {_LONGEST} by {_LONGEST}"
    rows = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
    for row in rows:
        if not isinstance(row, list) or not row or len(row) != len(rows[0]):
            raise UsageError(f"{where}: tensor = {value!r:.40}", hint)
        for number in row:
            _number(number, f"{where}, tensor", Path())
    if max(len(rows), len(rows[0])) > _LONGEST:
        raise UsageError(f"{where}: a tensor of {len(rows)} by {len(rows[0])}", hint)
    return np.array(value, dtype=float)


def _picture(value: Any, where: str, folder: Path) -> NDArray:
    if not isinstance(value, str):
        raise UsageError(f"{where}: picture = {value!r:.40}", "write the name of a file beside it")
    path = folder / named_path(value, f"{where}: picture", "write the name of a file beside it")
    if not path.is_file():
        raise UsageError(f"{where}: no picture {value!r}", f"looked for {path}")
    try:
        with Image.open(path) as image:
            if image.width * image.height > _MOST_POINTS:
                raise UsageError(f"{where}: {value} is too large a picture", "make it smaller")
            drawn = image.convert("RGBA")
            drawn.thumbnail((_POINTS, _POINTS))
            return np.asarray(drawn)
    except UnidentifiedImageError:
        raise UsageError(f"{where}: {value} is no picture", "give a PNG or a JPEG") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UsageError(f"{where}: {value} cannot be read", str(error)) from None
