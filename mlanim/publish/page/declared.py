"""Declared animation: what an attribute of an SVG is at which time, round and round."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Clock"]


class Clock:
    """Tells animations that all last as long, and begin anew together.

    Args:
        length: thousandths of a second.

    >>> Clock(2000).animate("opacity", [500, 1000], ["0", "1"])
    '<animate attributeName="opacity" values="0;0;1;1" keyTimes="0;.25;.5;1" dur="2s" repeatCount="indefinite"/>'
    >>> Clock(2000).animate("opacity", [500, 1000], ["1", "1"])
    ''
    """  # noqa: E501

    def __init__(self, length: float) -> None:
        self.length = length
        self._places = 5 if length < 100_000 else 6  # a thousandth of a second, or two
        self._tail = f'dur="{_number(length / 1000, 3)}s" repeatCount="indefinite"/>'

    def animate(self, name: str, times: Sequence[float], values: Sequence[str]) -> str:
        """An attribute that goes from value to value; nothing if it stays as it is."""
        if len(set(values)) == 1:
            return ""
        return f'<animate attributeName="{name}" {self._course(times, values)} {self._tail}'

    def turn(self, kind: str, times: Sequence[float], values: Sequence[str]) -> str:
        """A transform, `translate` or `scale`, that goes from value to value."""
        return (
            f'<animateTransform attributeName="transform" type="{kind}" '
            f"{self._course(times, values)} {self._tail}"
        )

    def switch(self, name: str, times: Sequence[float], values: Sequence[str]) -> str:
        """An attribute that has each value until the next one begins.

        >>> Clock(1000).switch("display", [0, 500], ["none", "inline"])
        '<animate attributeName="display" calcMode="discrete" values="none;inline" keyTimes="0;.5" dur="1s" repeatCount="indefinite"/>'
        """  # noqa: E501
        course = self._joined(times, values)
        return f'<animate attributeName="{name}" calcMode="discrete" {course} {self._tail}'

    def jump(self, kind: str, times: Sequence[float], values: Sequence[str], more: str = "") -> str:
        """A transform that has each value until the next one begins."""
        course = self._joined(times, values)
        return (
            f'<animateTransform attributeName="transform" type="{kind}"{more} calcMode="discrete" '
            f"{course} {self._tail}"
        )

    def _course(self, times: Sequence[float], values: Sequence[str]) -> str:
        """Values with their times from the first moment to the last; what only repeats is left."""
        at, of = [0.0, *times, self.length], [values[0], *values, values[-1]]
        last = len(of) - 1
        kept = [
            i
            for i in range(last + 1)
            if i in (0, last) or not (of[i - 1] == of[i] == of[i + 1] or at[i] in (0, self.length))
        ]
        return self._joined([at[i] for i in kept], [of[i] for i in kept])

    def _joined(self, times: Sequence[float], values: Sequence[str]) -> str:
        shares = ";".join(_number(time / self.length, self._places) for time in times)
        return f'values="{";".join(values)}" keyTimes="{shares}"'


def _number(value: float, places: int) -> str:
    """
    >>> _number(0.25, 5), _number(2.0, 3), _number(0.0, 3)
    ('.25', '2', '0')
    """
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") or "0"
