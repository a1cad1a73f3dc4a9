"""H.264 pictures that repeat the one before them: a hundred bytes each, and no encoder.

An encoder looks at every block of a picture in which nothing moves before it finds that it can be
skipped. A picture of nothing but skipped blocks can be written down at once: its header, and the
same arithmetic code each time. (ITU-T H.264, 7.3.2 and 7.3.3 for what is in headers, 9.3 for the
code; 8.2.4 for which picture is repeated.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mlanim.render.sinks.bitstream import Bits, NotRepeatable, Writer, escaped, units

__all__ = ["NotRepeatable", "StillPictures"]

_QP = 51  # of the slice: nothing is quantised, and at this one the first block is cheapest
_SLICE, _IDR, _SPS, _PPS = 1, 5, 7, 8
_P = 0
_BASELINE, _MAIN, _HIGH = 66, 77, 100
# How much of the range falls to "not skipped", in states 42 (where that QP begins) to 62.
_UNLIKELY = (
    *((16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22)),
    *((12, 15, 18, 21), (12, 14, 17, 20), (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17)),
    *((10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14), (8, 10, 12, 14), (8, 9, 11, 13)),
    *((7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11), (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9)),
)


class StillPictures:
    """Follows a stream in coding order, and goes on with its last picture.

    Args:
        parameters: the stream's parameter sets, in Annex B format (what FFmpeg calls extradata).

    Raises NotRepeatable for a stream with fields, with slice groups, with weights or without CABAC.
    """

    def __init__(self, parameters: bytes) -> None:
        sets = {unit[0] & 31: unit for unit in units(parameters)}
        if not {_SPS, _PPS} <= sets.keys():
            raise NotRepeatable("no parameter sets")
        self._stream = _stream(Bits(sets[_SPS][1:]), Bits(sets[_PPS][1:]))
        self._next = 0  # frame_num of the next picture
        self._shown: tuple[int, int, int] | None = None  # the last one's: moment, number, order

    def follow(self, packet: bytes, pts: int) -> None:
        """Take note of a picture that the encoder made."""
        for unit in units(packet):
            if unit[0] & 31 not in (_SLICE, _IDR):
                continue
            is_idr, is_reference = unit[0] & 31 == _IDR, bool(unit[0] >> 5 & 3)
            number, order = self._position(Bits(unit[1:64]), is_idr)
            self._next = (number + is_reference) % (1 << self._stream.number_bits)
            if is_reference and (self._shown is None or pts > self._shown[0]):
                self._shown = pts, number, order
            return

    def next(self, pts: int) -> bytes:
        """A picture that repeats the last one, which was shown just before `pts`."""
        if self._shown is None or self._shown[0] != pts - 1:
            raise NotRepeatable("the last picture shown cannot be referred to")
        stream = self._stream
        _, shown, order = self._shown
        order = (order + 2) % (1 << stream.order_bits)
        number, back = self._next, (self._next - shown) % (1 << stream.number_bits)
        self._shown, self._next = (pts, number, order), (number + 1) % (1 << stream.number_bits)
        bits = Writer()
        bits.golomb(0)  # first block
        bits.golomb(5 + _P)  # as are all slices of the picture
        bits.golomb(stream.pps)
        bits.put(number, stream.number_bits)
        bits.put(order, stream.order_bits)
        bits.put(1, 1)  # another number of references than usual:
        bits.golomb(0)  # one,
        bits.put(1, 1)  # and that one is
        bits.golomb(0)
        bits.golomb(back - 1)  # the one shown before
        bits.golomb(3)
        bits.put(0, 1)  # the oldest reference is forgotten
        bits.golomb(0)  # which first states the code has
        bits.signed(_QP - stream.qp)
        if stream.deblocking:
            bits.golomb(1)  # none
        bits.align(1)
        unit = bytes([1 << 5 | _SLICE]) + bits.content() + _all_skipped(stream.blocks)
        return b"\0\0\0\1" + escaped(unit)

    def _position(self, bits: Bits, is_idr: bool) -> tuple[int, int]:
        """The frame_num of a slice's picture, and its order, as far as headers tell it."""
        bits.golomb(), bits.golomb(), bits.golomb()
        number = bits.take(self._stream.number_bits)
        if is_idr:
            bits.golomb()
        return number, bits.take(self._stream.order_bits)


@dataclass(frozen=True)
class _Stream:
    """What headers take from the parameter sets."""

    number_bits: int
    order_bits: int
    blocks: int
    pps: int
    qp: int
    deblocking: bool


def _stream(sps: Bits, pps: Bits) -> _Stream:
    profile = sps.take(8)
    sps.take(16)
    sps.golomb()
    if profile == _HIGH:
        colours = sps.golomb(), sps.golomb(), sps.golomb(), sps.take(1), sps.take(1)
        if colours != (1, 0, 0, 0, 0):
            raise NotRepeatable("other colours than 4:2:0 of 8 bits")
    elif profile not in (_BASELINE, _MAIN):
        raise NotRepeatable(f"profile {profile}")
    number_bits = 4 + sps.golomb()
    if sps.golomb() != 0:
        raise NotRepeatable("pictures without an order of their own")
    order_bits = 4 + sps.golomb()
    sps.golomb(), sps.take(1)
    blocks = (1 + sps.golomb()) * (1 + sps.golomb())
    if not sps.take(1):
        raise NotRepeatable("fields")
    name, _, cabac, bottom, groups = (
        pps.golomb(), pps.golomb(), pps.take(1), pps.take(1), pps.golomb(),
    )  # fmt: skip
    pps.golomb(), pps.golomb()
    weighted, _ = pps.take(1), pps.take(2)
    qp = 26 + pps.signed()
    pps.signed(), pps.signed()
    deblocking, _, redundant = pps.take(1), pps.take(1), pps.take(1)
    if not cabac or bottom or groups or weighted or redundant:
        raise NotRepeatable("another kind of slices")
    return _Stream(number_bits, order_bits, blocks, name, qp, bool(deblocking))


@lru_cache(maxsize=2)
def _all_skipped(blocks: int) -> bytes:
    """The arithmetic code (9.3.4) of so many skipped blocks, and of the end behind the last one.

    That a block is skipped, and that it is not the last, is the likely answer each time: it is the
    lower part of the range, whose lower end stays at 0.
    """
    spread, state, zeros = 510, 0, 0
    for block in range(blocks):
        for part in (_UNLIKELY[state][spread >> 6 & 3], 2):
            spread -= part
            if part == 2 and block == blocks - 1:
                continue
            if spread < 256:
                spread, zeros = spread << 1, zeros + 1
        state = min(state + 1, len(_UNLIKELY) - 1)
    bits = Writer()
    bits.put(0, zeros)
    low, waiting = spread, 0  # the end is the upper part, 2 wide
    for _ in range(7):
        if 256 <= low < 512:
            low, waiting = low - 256, waiting + 1
        else:
            bits.carry(low >> 9, waiting)
            low, waiting = low & 511, 0
        low <<= 1
    bits.carry(low >> 9 & 1, waiting)
    bits.put(low >> 7 & 3 | 1, 2)
    bits.drop_first()
    bits.align(0)
    return bits.content()
