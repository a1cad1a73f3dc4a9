"""The first picture: a few tracks at one time, which a page draws while it still reads the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.publish.page.stills import PAINTS, SHAPES, row_at, rows_of, shown_at, view_at

__all__ = ["first_pictures"]

_TABLES = ("grid", "place", "frame", "colours", "gradients")


def first_pictures(reel: Mapping[str, Any]) -> dict[str, Any]:
    """A reel of two pictures that stand still: the first step's beginning, and its still.

    The second is for who wants less motion. Shapes are renumbered, since few are needed; images are
    left to the whole.
    """
    shapes: dict[int, int] = {}
    tracks: list[dict[str, Any]] = []
    variants = []
    variant = reel["variants"][0]
    step = variant["steps"][0]
    for time in (step["start"], step["still"]):
        begun = len(tracks)
        for depth, number in shown_at(reel, variant, time):
            told = reel["tracks"][number]
            if "l" not in told:
                continue
            look = row_at(rows_of(told["l"], 9 if "u" in told else 6), time, PAINTS)
            form = row_at(rows_of(told["f"], 6), time, SHAPES)
            shape = shapes.setdefault(int(form[1]), len(shapes))
            box, paint = form[2:].round().astype(int), look[1:].round().astype(int)
            still = {"t": [0], "d": [0, depth], "f": [0, shape, *box.tolist()]}
            more = {name: told[name] for name in ("u", "e") if name in told}
            tracks.append(still | {"l": [0, *paint.tolist()]} | more)
        view = (view_at(reel, variant, time) * reel["place"]).round().astype(int).tolist()
        variants.append({"tracks": list(range(begun, len(tracks))), "views": [[0, *view]]})
    return {
        **{name: reel[name] for name in _TABLES},
        "shapes": [reel["shapes"][number] for number in shapes],
        "tracks": tracks,
        "variants": variants,
    }
