"""A picture that plays by itself: the reel as one SVG, animated by declaration, without scripts.

Colours are the reader's scheme's. What changes its colour has two animations, since a declared
value knows no variables: `fill` or `stroke` for the light, and `color` for the dark, which the
style takes there. Who wants less motion sees the last picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim.publish.escaping import markup_text
from mlanim.publish.page.article import Article, scheme_style
from mlanim.publish.page.brush import Brush
from mlanim.publish.page.declared import Clock
from mlanim.publish.page.pieces import Piece, pieces_of
from mlanim.publish.page.stills import Stills, path_of

__all__ = ["REST", "svg_of"]

REST = 1500  # thousandths of a second for which the last picture stands before it begins anew
_PARTS = 100  # of a unit
_SCHEMES = (
    ".n{display:none}@media (prefers-color-scheme:dark){"
    ".f{fill:currentColor!important}.s{stroke:currentColor!important}"
    ".d{display:none}.n{display:inline}}"
)
_CALM = (
    "#rests{display:none}@media (prefers-reduced-motion:reduce){"
    "#moves{display:none}#rests{display:inline}}"
)


def svg_of(article: Article) -> str:
    """The whole picture, of the article's first variant."""
    variant = article.reel["variants"][0]
    stills = Stills(article.reel, article.reel["frame"])
    clock = Clock(variant["seconds"] * 1000 + REST)
    brush = Brush(article.reel, article.roles, len(article.themes), clock)
    drawn = "".join(_Drawing(article.reel, stills, clock, brush).groups(variant))
    seen = article.alternatives[-1]
    rest = stills.still(variant, variant["steps"][-1]["still"], seen)
    width, height = (round(side * _PARTS) for side in article.reel["frame"])
    colours = sorted({*stills.colours, *brush.colours})
    schemes = _SCHEMES if len(article.themes) > 1 else ".n{display:none}"
    words = [article.lead, seen, *(step["say"] for step in variant["steps"])]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title words" '
        f'xml:lang="{markup_text(article.language)}">\n'
        f'<title id="title">{markup_text(article.title)}</title>\n'
        f'<desc id="words">{markup_text(" ".join(filter(None, words)))}</desc>\n'
        f"<style>{scheme_style(article, colours)}{schemes}{_CALM}</style>\n"
        f"{stills.defined}{brush.defined}\n"
        f'<rect width="{width}" height="{height}" fill="var(--surface)">{clock.cycle}</rect>\n'
        f'<g id="moves" stroke-miterlimit="10">{drawn}</g>\n'
        f'<g id="rests">{rest}</g>\n'
        "</svg>\n"
    )


@dataclass(frozen=True)
class _Element:
    """What draws a piece, without its time, way and paint, which neighbours may share."""

    start: float
    end: float
    way: str
    paint: tuple[str, str]  # attributes, and animations of them
    markup: str


class _Drawing:
    """Draws the pieces of a variant in the picture's coordinates, whose y runs downward."""

    def __init__(self, reel: Any, stills: Stills, clock: Clock, brush: Brush) -> None:
        self._reel, self._stills, self._clock, self._brush = reel, stills, clock, brush
        self._shown = (0.0, 0.0, 1.0)  # left, top, and parts of a unit

    def groups(self, variant: Any) -> Iterator[str]:
        """All that is drawn, from back to front; what comes, goes and moves alike is one group."""
        views = np.array(variant["views"], float)
        views[:, 1:] /= self._reel["place"]
        x, y, wide, high = views[0, 1:].tolist()
        scale = self._reel["frame"][0] / wide * _PARTS
        self._shown = (x - wide / 2, y + high / 2, scale)
        pieces = [
            piece
            for place, number in enumerate(variant["tracks"])
            for piece in pieces_of(
                self._reel["tracks"][number], self._reel["shapes"], self._clock.length, place
            )
        ]
        pieces.sort(key=lambda piece: (piece.depth, piece.place))
        elements = [element for piece in pieces for element in self._elements(piece)]
        camera = self._camera(views) if len(views) > 1 else ""
        yield f"<g>{camera}" if camera else ""
        for (start, end), alike in groupby(elements, key=lambda one: (one.start, one.end)):
            yield f"<g{self._clock.between(start, end)}"
            for way, moving in groupby(alike, key=lambda one: one.way):
                yield f"<g>{way}" if way else ""
                for (told, animated), painted in groupby(moving, key=lambda one: one.paint):
                    # A group's paint is its children's, with all that happens to it.
                    inside = "".join(one.markup for one in painted)
                    yield f"<g{told}>{animated}{inside}</g>" if told else inside
                yield "</g>" if way else ""
            yield "</g>"
        yield "</g>" if camera else ""

    def _camera(self, views: NDArray) -> str:
        """The camera's moves, from state to state."""
        left, top, scale = self._shown
        at: list[float] = []
        middles: list[str] = []
        zooms: list[str] = []
        width, height = (side * _PARTS / 2 for side in self._reel["frame"])
        for time, x, y, wide, _ in views.tolist():
            zoom = views[0, 3] / wide
            at.append(time if at else 0.0)
            middles.append(
                f"{width - (x - left) * scale * zoom:.1f} {height - (top - y) * scale * zoom:.1f}"
            )
            zooms.append(f"{zoom:.5g}")
        return self._clock.turn("translate", at, middles, jumps=True) + self._clock.turn(
            "scale", at, zooms, jumps=True
        )

    def _elements(self, piece: Piece) -> Iterator[_Element]:
        left, top, scale = self._shown
        boxes = piece.forms[:, 2:] / self._reel["place"] * scale
        boxes[:, 0] -= left * scale
        boxes[:, 1] = top * scale - boxes[:, 1]
        times = piece.forms[:, 0].tolist()
        if piece.is_image:
            yield from self._image(piece, times, boxes)
            return
        turns = len(set(piece.forms[:, 1].tolist())) > 1
        grows = len(set(map(tuple, np.round(boxes[:, 2:], 1).tolist()))) > 1
        shift = "" if turns else self._way(times, boxes)
        for layer in self._brush.layers(piece):
            if turns or (layer.strokes and grows):
                way, markup = "", self._redrawn(piece, times, boxes)
            elif layer.strokes:
                way, markup = shift, self._outlined(piece, boxes)
            else:
                way, markup = shift, self._stretched(piece, times, boxes)
            yield _Element(piece.start, piece.end, way, (layer.told, layer.animated), markup)

    def _way(self, times: Sequence[float], boxes: NDArray) -> str:
        """How a piece moves away from where it was first."""
        away = [f"{x:.1f} {y:.1f}" for x, y in (boxes[:, :2] - boxes[0, :2] + 0.0).tolist()]
        away = [told.replace("-0.0", "0").replace(".0", "") for told in away]
        return self._clock.turn("translate", times, away)

    def _stretched(self, piece: Piece, times: Sequence[float], boxes: NDArray) -> str:
        """A glyph, stretched from its grid to where it stands."""
        half = self._reel["grid"] * 2
        glyph = self._stills.glyph(int(piece.forms[0, 1]))
        return self._placed(f'<use href="{glyph}"', times, boxes * (1, 1, 1 / half, -1 / half))

    def _placed(self, begun: str, times: Sequence[float], boxes: NDArray) -> str:
        """A copy of what is defined, stretched to its box; growing, where it does."""
        x, y = boxes[0, :2].tolist()
        sizes = [f"{wide:.4g} {high:.4g}" for wide, high in boxes[:, 2:].tolist()]
        if len(set(sizes)) == 1:
            wide, high = sizes[0].split()
            return f'{begun} transform="matrix({wide} 0 0 {high} {x:.1f} {y:.1f})"/>'
        grown = self._clock.turn("scale", times, sizes)
        return f'<g transform="translate({x:.1f} {y:.1f})">{begun}>{grown}</use></g>'

    def _outlined(self, piece: Piece, boxes: NDArray) -> str:
        """A path where it is first, for a stroke is as wide wherever it goes."""
        return f'<path d="{self._path(int(piece.forms[0, 1]), boxes[0])}"/>'

    def _redrawn(self, piece: Piece, times: Sequence[float], boxes: NDArray) -> str:
        """A path that turns from outline to outline."""
        paths = [
            self._path(int(shape), box) for shape, box in zip(piece.forms[:, 1], boxes, strict=True)
        ]
        return f'<path d="{paths[0]}">{self._clock.animate("d", times, paths)}</path>'

    def _path(self, shape: int, box: NDArray) -> str:
        x, y, wide, high = box.tolist()
        half = self._reel["grid"] * 2
        return path_of(self._reel["shapes"][shape], x, y, wide / half, -high / half, places=1)

    def _image(self, piece: Piece, times: Sequence[float], boxes: NDArray) -> Iterator[_Element]:
        """An image of one unit; where the dark has another one, both, of which one is seen."""
        _, light, dark, opacity = piece.looks[0].astype(int).tolist()
        if not opacity:
            return
        faint = f' opacity="{opacity / 255:.3g}"' if opacity < 255 else ""
        shown = [(light, "d"), (dark, "n")] if dark != light else [(light, "")]
        for number, scheme in shown:
            named = f' class="{scheme}"' if scheme else ""
            begun = f'<use href="{self._brush.image(number)}"{named}{faint}'
            markup = self._placed(begun, times, boxes)
            yield _Element(piece.start, piece.end, self._way(times, boxes), ("", ""), markup)
