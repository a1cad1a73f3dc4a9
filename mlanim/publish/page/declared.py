"""Declared animation: what an attribute of an SVG is at which time, round and round.

A cycle begins anew where it ends. What happens within it begins some time after the cycle did and
then rests, so that a browser has to do at any time only with what moves then.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Clock"]

_PLACES = 4  # of shares of an animation's time


class Clock:
    """Tells the animations of one cycle.

    Args:
        length: of a cycle, in thousandths of a second.

    >>> clock = Clock(2000)
    >>> clock.cycle
    '<set id="t" attributeName="opacity" to="1" begin="0s;t.end" dur="2s"/>'
    >>> clock.animate("opacity", [500, 1000, 1500], ["0", "1", "1"])
    '<animate attributeName="opacity" values="0;1" begin="t.begin+.5s" dur=".5s" fill="freeze"/>'
    >>> clock.animate("opacity", [500, 1000], ["1", "1"])
    ''
    """

    def __init__(self, length: float) -> None:
        self.length = length

    @property
    def cycle(self) -> str:
        """The one that all others follow; it changes nothing."""
        seconds = _number(self.length / 1000, 3)
        return f'<set id="t" attributeName="opacity" to="1" begin="0s;t.end" dur="{seconds}s"/>'

    def animate(self, name: str, times: Sequence[float], values: Sequence[str]) -> str:
        """An attribute that goes from value to value; nothing if it stays as it is."""
        course = self._course(times, values)
        return f'<animate attributeName="{name}" {course}/>' if course else ""

    def turn(
        self, kind: str, times: Sequence[float], values: Sequence[str], *, jumps: bool = False
    ) -> str:
        """A transform, `translate` or `scale`, that goes from value to value, after others."""
        course = self._course(times, values, jumps=jumps)
        told = f'<animateTransform attributeName="transform" type="{kind}" additive="sum"'
        return f"{told} {course}/>" if course else ""

    def between(self, start: float, end: float) -> str:
        """Attributes and a setting by which something is there for a while alone.

        >>> Clock(2000).between(500, 1500)
        ' display="none"><set attributeName="display" to="inline" begin="t.begin+.5s" dur="1s"/>'
        >>> Clock(2000).between(0, 2000)
        '>'
        """
        if start <= 0 and end >= self.length:
            return ">"
        lasts = f'{_begin(start)} dur="{_number((end - start) / 1000, 3)}s"'
        return f' display="none"><set attributeName="display" to="inline" {lasts}/>'

    def _course(self, times: Sequence[float], values: Sequence[str], *, jumps: bool = False) -> str:
        """Values with their times, as shares of what they last; then the last one is kept."""
        last = len(values) - 1
        while last and values[last] == values[last - 1]:
            last -= 1
        if not last:
            return ""
        kept = [
            i
            for i in range(last + 1)
            if i in (0, last) or not values[i - 1] == values[i] == values[i + 1]
        ]
        lasts = times[last] - times[0]
        told = f'values="{";".join(values[i] for i in kept)}"'
        if jumps or len(kept) > 2:
            shares = [_number((times[i] - times[0]) / lasts, _PLACES) for i in kept]
            told += f' keyTimes="{";".join(shares)}"'
        mode = ' calcMode="discrete"' if jumps else ""
        seconds = _number(lasts / 1000, 3)
        return f'{told}{mode} {_begin(times[0])} dur="{seconds}s" fill="freeze"'


def _begin(start: float) -> str:
    return f'begin="t.begin{f"+{_number(start / 1000, 3)}s" if start > 0 else ""}"'


def _number(value: float, places: int) -> str:
    """
    >>> _number(0.25, 5), _number(2.0, 3), _number(0.0, 3)
    ('.25', '2', '0')
    """
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") or "0"
