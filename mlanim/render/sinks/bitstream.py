"""Bits, numbers and units of an H.264 stream (ITU-T H.264, 7.2, 9.1, Annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["Bits", "NotRepeatable", "Writer", "escaped", "units"]


class NotRepeatable(Exception):  # noqa: N818
    """A stream whose pictures are not of the kind that is known here."""


class Bits:
    """Reads bits (7.2) and the codes of numbers (9.1)."""

    def __init__(self, unit: bytes) -> None:
        plain = unit.replace(b"\0\0\3", b"\0\0")
        self._value, self._left = int.from_bytes(plain), 8 * len(plain)

    def take(self, count: int) -> int:
        """The next so many, as a number. Raises NotRepeatable behind the last one."""
        self._left -= count
        if self._left < 0:
            raise NotRepeatable("a header that ends early")
        return self._value >> self._left & (1 << count) - 1

    def golomb(self) -> int:
        """A number from 0 up (9.1, ue)."""
        zeros = 0
        while not self.take(1):
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed(self) -> int:
        """A number of either sign (9.1.1, se)."""
        code = self.golomb()
        return (code + 1) // 2 if code % 2 else -code // 2


class Writer:
    """Writes what `Bits` reads."""

    def __init__(self) -> None:
        self._value, self._count = 0, 0

    def put(self, value: int, count: int) -> None:
        """Append a number of so many bits."""
        self._value, self._count = self._value << count | value, self._count + count

    def carry(self, bit: int, waiting: int) -> None:
        """A bit, and behind it those that waited for it, which are its opposite."""
        self.put(bit, 1)
        self.put((1 - bit) * ((1 << waiting) - 1), waiting)

    def golomb(self, number: int) -> None:
        """Append a number from 0 up (9.1, ue)."""
        self.put(number + 1, 2 * (number + 1).bit_length() - 1)

    def signed(self, number: int) -> None:
        """Append a number of either sign (9.1.1, se)."""
        self.golomb(2 * number - 1 if number > 0 else -2 * number)

    def drop_first(self) -> None:
        """Without the first bit."""
        self._count -= 1
        self._value &= (1 << self._count) - 1

    def align(self, filling: int) -> None:
        """Up to a whole byte."""
        while self._count % 8:
            self.put(filling, 1)

    def content(self) -> bytes:
        """What was written, in whole bytes."""
        return self._value.to_bytes(self._count // 8)


def units(stream: bytes) -> Iterator[bytes]:
    """The units between start codes (Annex B)."""
    for part in stream.split(b"\0\0\1")[1:]:
        yield part.rstrip(b"\0")


def escaped(unit: bytes) -> bytes:
    """With a 3 wherever two zeros would be followed by something that looks like a start code."""
    return re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", unit)
