"""The rest of an H.264 segment in which nothing moves any more, without the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import av

from mlanim.render.sinks.still_pictures import NotRepeatable, StillPictures

__all__ = ["Rest"]

_SETTLED = 12  # frames, two groups of B-frames: after so many the picture gets no better
_KEYFRAMES = 250  # frames from one to the next: x264's default
_REST = 500  # frames that a player may have to go through when somebody jumps to the end


class Rest:
    """Follows what an encoder makes, and goes on with its last picture.

    Args:
        codec: x264's context, which may still be closed.
    """

    def __init__(self, codec: Any) -> None:
        self._codec = codec
        self._pictures: StillPictures | None = None
        self._knows = True
        self._dts = self._last = 0
        self._unit: Any = None

    def repeats(self, before: int, times: int) -> int:
        """How many of so many equal frames, behind those before, can be left to `packets`."""
        end = before + times
        keyframe = max(0, -(-(end - _REST) // _KEYFRAMES) * _KEYFRAMES)  # the last one needed
        return max(0, end - max(keyframe, before) - _SETTLED) if self._still() else 0

    def follow(self, packet: av.Packet) -> None:
        """Take note of a packet, before it is muxed."""
        if packet.pts is None or packet.dts is None:
            return
        if still := self._still():
            still.follow(bytes(packet), packet.pts)
        self._unit, self._dts = packet.time_base, packet.dts
        self._last = max(self._last, packet.pts)

    def packets(self, times: int) -> Iterator[av.Packet]:
        """So many frames more."""
        still = self._still()
        for i in range(1, times + 1):
            assert still is not None  # or `repeats` would have promised none
            packet = av.Packet(still.next(self._last + i))
            packet.pts, packet.dts, packet.duration = self._last + i, self._dts + i, 1
            packet.time_base = self._unit
            yield packet

    def _still(self) -> StillPictures | None:
        """None if this stream's pictures cannot be repeated; known once the encoder is open."""
        if self._pictures is None and self._knows:
            try:
                self._pictures = StillPictures(bytes(self._codec.extradata))
            except NotRepeatable:
                self._knows = False
        return self._pictures
