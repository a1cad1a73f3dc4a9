"""The brush: how a piece is painted, as attributes of an SVG's element, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from mlanim.publish.page.declared import Clock
from mlanim.publish.page.pieces import Piece

__all__ = ["Brush", "Layer"]

_FAINTEST = 0.5  # of 255: what is fainter is not seen
_WIDE = 0.01  # hundredths of an SVG's unit for what the reel counts as 1
_CAPS = ("", "round", "square")
_JOINTS = ("", "round", "bevel")


@dataclass(frozen=True)
class Layer:
    """Attributes, and animations of them; whether they have a stroke."""

    told: str
    animated: str
    strokes: bool


@dataclass(frozen=True)
class _Paint:
    """One of a piece's paints: numbers of colours (or a gradient), and opacities of 255."""

    kind: str  # fill or stroke
    numbers: Sequence[int]
    opacities: NDArray

    @property
    def is_seen(self) -> bool:
        return bool((self.opacities >= _FAINTEST).any()) and self.numbers[0] != -1

    @property
    def changes(self) -> bool:
        return len(set(self.numbers)) > 1


class Brush:
    """Paints pieces; `defined` is what an SVG must define for it.

    Args:
        roles: the colours of the themes by name; schemes: how many themes there are.

    Attributes:
        colours: the numbers of those that are used by name.
    """

    def __init__(
        self,
        reel: Mapping[str, Any],
        roles: Mapping[str, Sequence[str]],
        schemes: int,
        clock: Clock,
    ) -> None:
        self._reel, self._roles, self._schemes, self._clock = reel, roles, schemes, clock
        self._gradients: dict[str, str] = {}
        self._images: dict[int, str] = {}
        self.colours: dict[int, None] = {}

    @property
    def defined(self) -> str:
        """Gradients and images."""
        return f"<defs>{''.join(self._gradients.values())}{''.join(self._images.values())}</defs>"

    def image(self, number: int) -> str:
        """The address of an image, one unit wide and high, around its middle."""
        sharp = ' image-rendering="pixelated"' if self._reel["sharp"][number] else ""
        self._images[number] = (
            f'<image id="i{number}" x="-.5" y="-.5" width="1" height="1" '
            f'preserveAspectRatio="none"{sharp} href="{self._reel["images"][number]}"/>'
        )
        return f"#i{number}"

    def layers(self, piece: Piece) -> Iterator[Layer]:
        """From back to front. A stroke has its own where it and the fill change their colours."""
        looks = piece.looks
        times = looks[:, 0].tolist()
        fill = _Paint("fill", _numbers(looks[:, 1]), looks[:, 2])
        stroke = _Paint("stroke", _numbers(looks[:, 3]), looks[:, 4])
        if looks.shape[1] > 6:
            under = _Paint("stroke", _numbers(looks[:, 6]), looks[:, 7])
            if under.is_seen and looks[:, 8].any():
                yield self._layer(piece, times, None, under, looks[:, 8])
        strokes = stroke if stroke.is_seen and looks[:, 5].any() else None
        fills = fill if fill.is_seen else None
        if fills and strokes and fills.changes and strokes.changes:
            yield self._layer(piece, times, fills, None, looks[:, 5])
            yield self._layer(piece, times, None, strokes, looks[:, 5])
        elif fills or strokes:
            yield self._layer(piece, times, fills, strokes, looks[:, 5])

    def _layer(
        self,
        piece: Piece,
        times: Sequence[float],
        fill: _Paint | None,
        stroke: _Paint | None,
        widths: NDArray,
    ) -> Layer:
        told, animated = ("", "") if fill else (' fill="none"', "")
        for paint in filter(None, (fill, stroke)):
            more, moving = self._painted(paint, times, upward=stroke is None)
            told, animated = told + more, animated + moving
        if stroke:
            thick = [f"{width * _WIDE:.3g}" for width in widths.tolist()]
            told += f' stroke-width="{thick[0]}"'
            animated += self._clock.animate("stroke-width", times, thick)
            cap, joint = _CAPS[piece.ends[0]], _JOINTS[piece.ends[1]]
            told += f' stroke-linecap="{cap}"' if cap else ""
            told += f' stroke-linejoin="{joint}"' if joint else ""
        return Layer(told, animated, stroke is not None)

    def _painted(self, paint: _Paint, times: Sequence[float], *, upward: bool) -> tuple[str, str]:
        kind = paint.kind
        if paint.numbers[0] < -1:
            told, animated = f' {kind}="url(#{self._gradient(paint.numbers[0], upward)})"', ""
        elif paint.changes:
            light = [self._level(number, 0) for number in paint.numbers]
            told = f' class="{kind[0]}" {kind}="{light[0]}"'
            animated = self._clock.animate(kind, times, light)
            if self._schemes > 1:
                dark = [self._level(number, 1) for number in paint.numbers]
                told += f' color="{dark[0]}"'
                animated += self._clock.animate("color", times, dark)
        else:
            told, animated = f' {kind}="{self._named(paint.numbers[0])}"', ""
        faint = [f"{min(1.0, level / 255):.3g}" for level in paint.opacities.tolist()]
        told += f' {kind}-opacity="{faint[0]}"' if set(faint) != {"1"} else ""
        return told, animated + self._clock.animate(f"{kind}-opacity", times, faint)

    def _named(self, number: int) -> str:
        self.colours[number] = None
        told = self._reel["colours"][number]
        return f"var(--{told if isinstance(told, str) else f'c{number}'})"

    def _level(self, number: int, scheme: int) -> str:
        told = self._reel["colours"][number]
        pair = self._roles[told] if isinstance(told, str) else told
        return str(pair[min(scheme, len(pair) - 1)])

    def _gradient(self, number: int, upward: bool) -> str:
        """Its name. It lies in the box that it paints, of a glyph with y upward."""
        name = f"k{-number}{'u' if upward else 'd'}"
        along, stops = self._reel["gradients"][-2 - number]
        x1, y1, x2, y2 = (
            0.5 + n / 2 * (1 if i % 2 == 0 or upward else -1) for i, n in enumerate(along)
        )
        told = "".join(
            f'<stop offset="{i / max(1, len(stops) - 1):.3g}" stop-color="{self._named(colour)}" '
            f'stop-opacity="{opacity / 255:.3g}"/>'
            for i, (colour, opacity) in enumerate(stops)
        )
        self._gradients[name] = (
            f'<linearGradient id="{name}" x1="{x1:.3g}" y1="{y1:.3g}" x2="{x2:.3g}" y2="{y2:.3g}">'
            f"{told}</linearGradient>"
        )
        return name


def _numbers(column: NDArray) -> list[int]:
    """Where there is no paint, the one that comes, or the one that was.

    >>> import numpy as np
    >>> _numbers(np.array([-1, 4, -1]))
    [4, 4, 4]
    """
    numbers = column.astype(int).tolist()
    found = [number for number in numbers if number != -1]
    if not found:
        return numbers
    following = found[-1]
    for place in reversed(range(len(numbers))):
        following = numbers[place] = numbers[place] if numbers[place] != -1 else following
    return numbers
