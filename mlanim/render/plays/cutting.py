"""Where one segment of a film ends and the next begins.

A segment starts with a keyframe and is encoded on its own. The cuts follow from the scene alone,
never from the number of workers or from what a cache has, so that the film is always the same.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cutter", "Piece"]

_ENOUGH = 60  # frames that are worth a keyframe, an encoder and a worker of their own
_PIECE = 90  # frames, about, of a part of a long play


@dataclass(frozen=True, slots=True)
class Piece:
    """Frames `start` to `stop` of a play.

    Attributes:
        opens: whether they begin a segment.
        fills: whether they are one, and no later play joins them.
    """

    segment: int
    start: int
    stop: int
    opens: bool
    fills: bool


class Cutter:
    """Joins short plays into a segment and cuts long ones into several.

    >>> cutter = Cutter()
    >>> cutter.pieces(40, divisible=True)
    [Piece(segment=0, start=0, stop=40, opens=True, fills=False)]
    >>> cutter.pieces(30, divisible=True)
    [Piece(segment=0, start=0, stop=30, opens=False, fills=False)]
    >>> [(piece.segment, piece.stop) for piece in cutter.pieces(180, divisible=True)]
    [(1, 90), (2, 180)]
    """

    def __init__(self) -> None:
        self._segments = 0
        self._frames = _ENOUGH  # of the open segment

    def close(self) -> None:
        """Let the next play begin a segment, as a new section does: edits then stay apart."""
        self._frames = _ENOUGH

    def pieces(self, frames: int, *, divisible: bool) -> list[Piece]:
        """Cut the next play, of so many frames."""
        parts = max(1, round(frames / _PIECE)) if divisible else 1
        parts += parts > 1 and parts % 2  # two, four or more workers then end at the same time
        joins = self._frames < _ENOUGH and parts == 1
        first = self._segments - joins
        bounds = [frames * i // parts for i in range(parts + 1)]
        self._segments = first + parts
        self._frames = (self._frames if joins else 0) + frames if parts == 1 else _ENOUGH
        fills = not joins and self._frames >= _ENOUGH
        return [
            Piece(first + i, bounds[i], bounds[i + 1], opens=not joins, fills=fills)
            for i in range(parts)
        ]
