"""A graph from top to bottom, a layer a row: larger in a narrow frame than from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from mlanim.models.graph_layers import Inputs, Place
from mlanim.subjects.networks.models.graph_heights import heights_of

__all__ = ["places_in_rows", "scale_in_rows"]

_DROP = 0.65  # of a card's height: between two rows, for the edges and their numbers
_ASIDE = 0.3  # of a card's height: between two cards of a row
_PASSER = 0.25  # of a card's height: the room of an edge that passes a row
_OPEN = 2.6  # times the least distance: more between rows is emptiness
_SPREAD = 0.7  # of the width that is left over, between cards


def scale_in_rows(
    places: Sequence[Sequence[Place]],
    widths: Sequence[float],
    height: float,
    room: tuple[float, float],
) -> float:
    """How large the layers can be in a room (width, height), times cards of this height.

    >>> round(scale_in_rows([[0, 1], [2]], [1.0, 1.0, 1.0], 0.5, (4.3, 9.0)), 6)
    2.0
    """
    wide = max(
        sum(_wide(place, widths, height) for place in row) + _ASIDE * height * (len(row) - 1)
        for row in places
    )
    high = height * (len(places) + _DROP * (len(places) - 1))
    return min(room[0] / wide, room[1] / high)


def places_in_rows(
    places: Sequence[Sequence[Place]],
    inputs: Inputs,
    widths: Sequence[float],
    height: float,
    size: float,
    room: tuple[float, float],
) -> tuple[dict[Place, float], dict[Place, float]]:
    """The middles x and y of all places at a size, with the room's middle as the origin."""
    card = height * size
    count = len(places)
    gap = min((room[1] - count * card) / max(1, count - 1), _OPEN * _DROP * card)
    top = (count * card + gap * (count - 1)) / 2
    y_of = {p: top - card / 2 - i * (card + gap) for i, row in enumerate(places) for p in row}
    sizes = [[size * _wide(place, widths, height) for place in row] for row in places]
    most = max(len(row) for row in places)
    free = room[0] - max(sum(row) + _ASIDE * card * (len(row) - 1) for row in sizes)
    between = _ASIDE * card + min(_SPREAD * free / most, _SPREAD * card)
    # What is first in a row stands at its left: as heights these would be rising.
    falling = heights_of(places, sizes, inputs, (-room[0] / 2, room[0] / 2), between)
    return {place: -x for place, x in falling.items()}, y_of


def _wide(place: Place, widths: Sequence[float], height: float) -> float:
    return widths[place] if isinstance(place, int) else _PASSER * height
