"""A palette computed from the colours that frames really have, no larger than they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from mlanim.colour import lab
from mlanim.render.sinks.colours import BINS, BITS, NOTHING, bins, channels, packed

__all__ = ["BEST", "Palette", "Tolerance", "palette_of", "surfaces"]

_MOST_COLOURS = 255  # one index of 256 means "as before" or "nothing here"
_SIZES = tuple(sorted({round(2 ** (step / 6)) - 1 for step in range(9, 48)}))  # 2, ... 227
_MOST_POINTS = 12_000  # of more colours than that, neighbours are joined while a palette is sought
_ROUNDS = 5  # of k-means
_COUNT_POWER = 0.7  # of a colour's pixels: large areas count more, small ones still count
_EXACT_SHARE = 0.3  # a colour that is so much of its cluster is taken as it is
_EXACT = 3.0  # squared distance at which a pixel has its own colour
_SMOOTH_SHARE = 0.4  # of pixels without their own colour: more than soft edges, a gradient
_SMOOTH_CARE = 8.0  # bands show where soft edges do not: a gradient may lose so much less
_GRADIENT_SHARE = 0.01  # of the film's pixels: with fewer in gradients, there are none
_BAND_LOSS = 1.2  # squared, of a gradient's pixels: its bands differ by a few levels
_DITHER_LOSS = 8.0  # mean squared levels: above it bands show, and dots are the lesser evil
_SURFACE, _LARGE = 0.02, 1e-4  # of a colour's pixels on surfaces; of the film's, of that colour
_MOST_SURFACES = 160  # colours that are kept for them
_SEEN_LOSS = 6.0  # of a single colour: what is nearer than that to the palette is never dithered


@dataclass(frozen=True)
class Tolerance:
    """What a palette may lose: mean squared error, in levels of a channel.

    `film` is over all pixels for as long as they are seen, `ink` over those that are not of the
    commonest colour, so that a little drawing on a large page keeps its colours too. `surface` is
    no mean: how far (ΔE76) the colour of any large surface may be from its own. A `fine` one lets
    no bands show in gradients where 255 colours are enough for that.
    """

    film: float
    ink: float
    surface: float = 4.0
    fine: bool = True


BEST = Tolerance(0, 0)


@dataclass(frozen=True)
class Palette:
    """Colours with the index of each bin's nearest.

    Attributes:
        rgb: (n, 3) uint8, n at most 255; index n is free for "transparent".
        nearest: (2**18 + 1,) uint8, the index of each bin, and of a pixel that is not there.
        loss: mean squared error, in levels, over all pixels of the film.
        dither: amplitude in levels of the ordered dither; 0, for flat art, is none.
        dithered: (2**18 + 1,) bool, bins that the dither may touch.
    """

    rgb: np.ndarray
    nearest: np.ndarray
    loss: float
    dither: float
    dithered: np.ndarray

    @property
    def transparent(self) -> int:
        """The index that is no colour."""
        return len(self.rgb)

    @property
    def bits(self) -> int:
        """Bits of an index, at least the two that GIF wants."""
        return max(2, len(self.rgb).bit_length())

    def indices(self, pixels: np.ndarray, places: np.ndarray, width: int) -> np.ndarray:
        """The index of each packed pixel (n,); a place is row * width + column.

        The dither is a pattern fixed to the frame, so that what stands still does not flicker.
        """
        found = bins(pixels)
        indices: np.ndarray = self.nearest[found]
        if self.dither:
            touched = np.flatnonzero(self.dithered[found])
            pattern = _pattern()[places[touched] // width % 8, places[touched] % width % 8]
            soft = pixels[touched]
            shifted = channels(soft)[:, :3] + self.dither * pattern
            channels(soft)[:, :3] = np.clip(shifted, 0, 255)
            indices[touched] = self.nearest[bins(soft)]
        return indices


def surfaces(tally: np.ndarray) -> np.ndarray:
    """Colours (k, 3) of what is large, flat and seen for a while, the commonest first.

    tally: what `ColourCount` counted, (8, n).
    """
    film, seen, flat = tally[1], tally[2], tally[7]
    which = np.flatnonzero((flat > _SURFACE * seen) & (film > _LARGE * film.sum()))
    which = which[np.argsort(-film[which], kind="stable")]
    return (tally[3:6, which] / seen[which]).T


def palette_of(
    tally: np.ndarray, tolerance: Tolerance = BEST, flat: np.ndarray | None = None
) -> Palette:
    """The smallest palette that loses no more than it may, or the best there is.

    Args:
        tally: what `ColourCount` counted, (8, n).
        flat: what `surfaces` gives, if not of this tally.

    >>> red = [200 >> 2 << 12, 48, 16, 16 * 200, 0, 0, 0, 0]
    >>> palette_of(np.array([red], float).T).rgb.tolist()
    [[200, 0, 0]]
    """
    used, film, seen = tally[0].astype(int), tally[1], tally[2]
    if not len(used):
        used, colours, pixels = np.array([0]), np.zeros((1, 3)), np.ones(1)
        share = np.zeros(1)
    else:
        colours, share = (tally[3:6] / seen).T, tally[6] / seen
        pixels = np.maximum(film, 1)
    flat = surfaces(tally) if flat is None else flat
    kept = _apart(flat, tolerance.surface)
    ink = pixels.sum() - pixels.max()
    most = 3 * min(tolerance.film * pixels.sum(), tolerance.ink * ink)
    rgb = _smallest(colours, pixels, most, kept)
    index, squared = _nearest(colours, rgb)
    if pixels[squared > _EXACT].sum() > _SMOOTH_SHARE * pixels.sum():
        rgb = _smallest(colours, pixels, most / _SMOOTH_CARE, kept)
        index, squared = _nearest(colours, rgb)
    gradual = pixels * share
    banded = gradual * (squared > _BAND_LOSS)
    if tolerance.fine and banded.sum() > _GRADIENT_SHARE * pixels.sum():
        most = min(most, _BAND_LOSS / 3 * gradual.sum())
        rgb = _smallest(colours, np.maximum(gradual, pixels / 100), most, kept)
        index, squared = _nearest(colours, rgb)
    loss = float(squared @ pixels) / (3 * pixels.sum())
    nearest = np.zeros(BINS + 1, np.uint8)
    dithered = np.zeros(BINS + 1, bool)
    nearest[used] = index
    amplitude = 0.0
    if len(rgb) == _MOST_COLOURS and loss > _DITHER_LOSS:
        dithered[used] = squared > 3 * _SEEN_LOSS
        amplitude = 3 * np.sqrt(loss)  # about a palette's step
        nearest[:BINS] = _all_nearest(rgb)
    if len(flat):  # another may be nearer by its levels, and of another hue
        own = np.rint(np.column_stack([flat, np.full(len(flat), 255)])).astype(np.uint8)
        nearest[bins(packed(own))] = _nearest(lab(flat / 255), lab(rgb / 255))[0]
    nearest[NOTHING] = len(rgb)
    return Palette(rgb.astype(np.uint8), nearest, loss, amplitude, dithered)


def _apart(flat: np.ndarray, limit: float) -> np.ndarray:
    """Of colours (k, 3) those that are to be kept, so that none is further than that from one."""
    if not len(flat):
        return flat
    places = lab(flat / 255)
    while True:
        kept: list[int] = []
        away = np.full(len(flat), np.inf)
        while (away > limit).any():
            kept.append(int((away > limit).argmax()))
            away = np.minimum(away, np.linalg.norm(places - places[kept[-1]], axis=1))
        if len(kept) <= _MOST_SURFACES:
            return flat[kept]
        limit *= 1.25


def _smallest(colours: np.ndarray, pixels: np.ndarray, most: float, kept: np.ndarray) -> np.ndarray:
    """Bisect the sizes for the smallest palette whose summed squared error is at most `most`.

    kept: colours (k, 3) that are in it as they are.
    """
    points, counts = _joined(colours, pixels)
    weights = counts**_COUNT_POWER
    seeds = _seeds(points, weights, kept)
    sizes = [size for size in _SIZES if len(kept) < size < len(seeds)]
    sizes = [len(kept), *sizes] if len(kept) else sizes
    best: np.ndarray | None = None
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        rgb = _settled(points, weights, seeds[: sizes[middle]], len(kept))
        if _nearest(points, rgb)[1] @ counts <= most:
            best, high = rgb, middle
        else:
            low = middle + 1
    return _settled(points, weights, seeds, len(kept)) if best is None else best


def _joined(colours: np.ndarray, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The colours, or where there are very many, means of those that lie together."""
    step = 4
    while len(colours) > _MOST_POINTS:
        step *= 2
        cells = (colours // step).astype(np.int64) @ (1 << 16, 1 << 8, 1)
        _, which = np.unique(cells, return_inverse=True)
        joined = np.bincount(which, pixels)
        sums = [np.bincount(which, pixels * colours[:, channel]) for channel in range(3)]
        colours, pixels = np.stack(sums, axis=1) / joined[:, None], joined
    return colours, pixels


def _seeds(points: np.ndarray, weights: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Colours in the order of what the palette would lose without them, behind what is kept."""
    chosen: list[int] = []
    if not len(kept):
        chosen, kept = [int(weights.argmax())], points[:0]
    squared = _nearest(points, np.concatenate([kept, points[chosen]]))[1]
    while len(kept) + len(chosen) < _MOST_COLOURS:
        worst = int((weights * squared).argmax())
        if squared[worst] < 1:
            break
        chosen.append(worst)
        np.minimum(squared, ((points - points[worst]) ** 2).sum(axis=1), out=squared)
    return np.concatenate([kept, points[chosen]])


def _settled(points: np.ndarray, weights: np.ndarray, seeds: np.ndarray, kept: int) -> np.ndarray:
    """k-means from the seeds; a surface or ink that dominates its cluster is taken exactly.

    The first `kept` stay as they are.
    """
    rgb = seeds
    for _ in range(_ROUNDS):
        index, _ = _nearest(points, rgb)
        weight = np.bincount(index, weights, minlength=len(rgb))
        sums = [np.bincount(index, weights * points[:, c], minlength=len(rgb)) for c in range(3)]
        means = np.stack(sums, axis=1) / np.maximum(weight, 1e-9)[:, None]
        rgb = np.where(weight[:, None] > 0, means, rgb)
        rgb[:kept] = seeds[:kept]
    index, _ = _nearest(points, rgb)
    weight = np.bincount(index, weights, minlength=len(rgb))
    order = np.argsort(weights)  # of several colours of a cluster, the commonest comes last
    dominant = np.full(len(rgb), -1)
    dominant[index[order]] = order
    exact = (dominant >= 0) & (weights[dominant] > _EXACT_SHARE * weight)
    exact[:kept] = False
    return np.rint(np.where(exact[:, None], points[dominant], rgb))


def _nearest(colours: np.ndarray, rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The index of the nearest palette colour for each colour (n, 3), and the squared distance."""
    index = np.empty(len(colours), np.intp)
    squared = np.empty(len(colours))
    points, middles = colours.astype(np.float32), rgb.astype(np.float32)
    own = (middles**2).sum(axis=1)
    for i in range(0, len(points), 4096):
        block = points[i : i + 4096]
        distance = own - 2 * block @ middles.T
        index[i : i + 4096] = distance.argmin(axis=1)
        squared[i : i + 4096] = distance.min(axis=1) + (block**2).sum(axis=1)
    return index, np.maximum(squared, 0)


def _all_nearest(rgb: np.ndarray) -> np.ndarray:
    """The nearest palette index of every bin's middle, for colours that dithering makes."""
    levels = (np.indices((1 << BITS,) * 3).reshape(3, -1).T << (8 - BITS)) + 2.0
    return _nearest(levels, rgb)[0].astype(np.uint8)


@cache
def _pattern() -> np.ndarray:
    """Bayer's matrix, (8, 8, 3), -0.5 to 0.5: turned for each channel."""
    tile = np.zeros((1, 1))
    for _ in range(3):
        tile = np.block([[4 * tile, 4 * tile + 2], [4 * tile + 3, 4 * tile + 1]])
    tiles = np.stack([np.rot90(tile, turns) for turns in range(3)], axis=-1)
    pattern: np.ndarray = (tiles + 0.5) / 64 - 0.5
    return pattern
