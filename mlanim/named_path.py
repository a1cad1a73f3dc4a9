"""Paths that somebody has written: looked at before any system call can trip over them."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from mlanim.errors import UsageError

__all__ = ["fitting_name", "named_path"]

_LONGEST_NAME, _LONGEST_PATH = 255, 4095  # bytes that common file systems and kernels take
_KEPT = 100  # bytes of a name that is cut: suffixes and marks are put behind it


def named_path(text: str | Path, what: str, hint: str = "give another path") -> Path:
    """The path that a text names, with a `~` in front of it filled in.

    Args:
        what: names the path in the error, such as "--params".
        hint: what to give instead of nothing.

    >>> named_path("films/out.mp4", "-o").name
    'out.mp4'

    Raises:
        UsageError: no path can be written so, an unknown user's home, or too long a name.
    """
    text = str(text)
    told = f"{what} {text!r}".strip()
    if not text.strip() or "\0" in text:
        raise UsageError(told, hint)
    try:
        path = Path(text).expanduser()
        parts = [os.fsencode(part) for part in path.parts]
    except RuntimeError:  # pathlib's way to say so
        home = f"~{text[1:].partition('/')[0]}"
        raise UsageError(told, f"no home folder {home} is known here", "write it out") from None
    except UnicodeEncodeError:
        raise UsageError(told, "half a character is no name for a file") from None
    longest = max(map(len, parts), default=0)
    if longest > _LONGEST_NAME:
        most = f"a name of a file has at most {_LONGEST_NAME}"
        raise UsageError(f"{told} has a part of {longest} bytes", most)
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise UsageError(f"{told} is too long", f"a path has at most {_LONGEST_PATH} bytes")
    return path


def fitting_name(name: str) -> str:
    """A name that may have been put together of much, short enough for a file.

    >>> fitting_name("seq2seq-softmax"), len(fitting_name("a" * 300)) < 120
    ('seq2seq-softmax', True)
    """
    whole = name.encode("utf-8", "surrogatepass")
    if len(whole) <= _KEPT:
        return name
    begin = whole[: _KEPT - 9].decode("utf-8", "ignore")
    return f"{begin}-{blake2b(whole, digest_size=4).hexdigest()}"
