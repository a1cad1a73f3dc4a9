"""Whether a file is read so soon that it may be read twice: to be judged, and to be drawn."""

from __future__ import annotations

from pathlib import Path

__all__ = ["soon_read"]

_MOST = 500_000  # bytes


def soon_read(*paths: Path | None) -> bool:
    """Whether all files are small; one that is not there is soon found to be so.

    >>> soon_read(Path("no such file"), None)
    True
    """
    return all(_bytes_of(path) <= _MOST for path in paths if path is not None)


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # whoever reads it tells why it cannot be
        return 0
