"""A palette computed from the colours that frames really have, no larger than they need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["BEST", "ColourCount", "Palette", "Tolerance"]

_BITS = 6  # a channel's levels are counted in 64 bins: 4 levels apart look the same
_BINS = 1 << 3 * _BITS
_NOTHING = _BINS  # the bin of a pixel that is not there
_MOST_COLOURS = 255  # one index of 256 means "as before" or "nothing here"
_SIZES = tuple(sorted({round(2 ** (step / 6)) - 1 for step in range(9, 48)}))  # 2, ... 227
_MOST_POINTS = 12_000  # of more colours than that, neighbours are joined while a palette is sought
_ROUNDS = 5  # of k-means
_COUNT_POWER = 0.7  # of a colour's pixels: large areas count more, small ones still count
_EXACT_SHARE = 0.3  # a colour that is so much of its cluster is taken as it is
_BATCH_PIXELS = 1 << 19
_EXACT = 3.0  # squared distance at which a pixel has its own colour
_SMOOTH_SHARE = 0.4  # of pixels without their own colour: more than soft edges, a gradient
_SMOOTH_CARE = 8.0  # bands show where soft edges do not: a gradient may lose so much less
_DITHER_LOSS = 8.0  # mean squared levels: above it bands show, and dots are the lesser evil
_SEEN_LOSS = 6.0  # of a single colour: what is nearer than that to the palette is never dithered


@dataclass(frozen=True)
class Tolerance:
    """What a palette may lose: mean squared error, in levels of a channel.

    `film` is over all pixels for as long as they are seen, `ink` over those that are not of the
    commonest colour, so that a little drawing on a large page keeps its colours too.
    """

    film: float
    ink: float


BEST = Tolerance(0, 0)


@dataclass(frozen=True)
class Palette:
    """Colours with the index of each bin's nearest.

    Attributes:
        rgb: (n, 3) uint8, n at most 255; index n is free for "transparent".
        nearest: (2**18,) uint8, the index of each bin.
        loss: mean squared error, in levels, over all pixels of the film.
        dither: amplitude in levels of the ordered dither; 0, for flat art, is none.
        dithered: (2**18,) bool, bins that the dither may touch.
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

    def indices(self, rgba: np.ndarray, row: int = 0, column: int = 0) -> np.ndarray:
        """The index of each pixel of rgba (h, w, 4) uint8, whose corner lies at row and column.

        The dither is a pattern fixed to the frame, so that what stands still does not flicker.
        """
        bins = _bins(rgba)
        indices = self.nearest[bins]
        if self.dither:
            touched = self.dithered[bins]
            shifted = rgba[..., :3] + self.dither * _pattern(rgba.shape, row, column)
            soft = np.clip(shifted[touched], 0, 255).astype(np.uint8)
            indices[touched] = self.nearest[_bins(soft)]
        indices[rgba[..., 3] < 128] = self.transparent
        return indices


class ColourCount:
    """Counts the colours of a film in 64 x 64 x 64 bins, each for as long as it is seen.

    >>> flat = np.zeros((4, 4, 4), np.uint8); flat[..., 0] = 200; flat[..., 3] = 255
    >>> colours = ColourCount(); colours.add(flat, (slice(0, 4), slice(0, 4)), repeat=3)
    >>> palette = colours.palette()
    >>> palette.rgb[palette.indices(flat)[0, 0]].tolist()
    [200, 0, 0]
    """

    def __init__(self) -> None:
        self._frames = 0
        self._bins: np.ndarray | None = None
        self._shown = np.zeros(_BINS + 1)  # pixels at present
        self._began = np.zeros(_BINS + 1)  # sum of the frames at which those began
        self._seen = np.zeros(_BINS)
        self._sums = np.zeros((3, _BINS))
        self._waiting: list[tuple[np.ndarray, np.ndarray, np.ndarray, int]] = []
        self._waiting_pixels = 0

    def add(self, rgba: np.ndarray, changed: tuple[slice, slice], repeat: int) -> None:
        """Count a frame (height, width, 4) uint8 that differs from the last one in `changed`."""
        if self._bins is None:
            self._bins = np.full(rgba.shape[:2], _NOTHING, np.int32)
        pixels = rgba[changed]
        bins = _bins(pixels)
        bins[pixels[..., 3] < 128] = _NOTHING
        before = self._bins[changed]
        moved = bins != before
        self._waiting.append((pixels[moved][:, :3], bins[moved], before[moved], self._frames))
        self._waiting_pixels += len(self._waiting[-1][0])
        self._bins[changed] = bins
        if self._waiting_pixels > _BATCH_PIXELS:
            self._count()
        self.stay(repeat)

    def stay(self, repeat: int) -> None:
        """The last frame is shown that much longer."""
        self._frames += repeat

    def palette(self, tolerance: Tolerance = BEST) -> Palette:
        """The smallest palette that loses no more than it may, or the best there is."""
        self._count()
        film = self._shown * self._frames - self._began  # pixels times frames
        used = np.flatnonzero(self._seen)
        if not len(used):
            used, colours, pixels = np.array([0]), np.zeros((1, 3)), np.ones(1)
        else:
            colours = (self._sums[:, used] / self._seen[used]).T
            pixels = np.maximum(film[used], 1)
        ink = pixels.sum() - pixels.max()
        most = 3 * min(tolerance.film * pixels.sum(), tolerance.ink * ink)
        rgb = _smallest(colours, pixels, most)
        index, squared = _nearest(colours, rgb)
        if pixels[squared > _EXACT].sum() > _SMOOTH_SHARE * pixels.sum():
            rgb = _smallest(colours, pixels, most / _SMOOTH_CARE)
            index, squared = _nearest(colours, rgb)
        loss = float(squared @ pixels) / (3 * pixels.sum())
        nearest = np.zeros(_BINS, np.uint8)
        dithered = np.zeros(_BINS, bool)
        nearest[used] = index
        amplitude = 0.0
        if len(rgb) == _MOST_COLOURS and loss > _DITHER_LOSS:
            dithered[used] = squared > 3 * _SEEN_LOSS
            amplitude = 3 * np.sqrt(loss)  # about a palette's step
            nearest = _all_nearest(rgb)
        return Palette(rgb.astype(np.uint8), nearest, loss, amplitude, dithered)

    def _count(self) -> None:
        """Sum up what waits: how long each bin is seen, and its mean, the surface or ink in it."""
        if not self._waiting:
            return
        pixels, new, old = (
            np.concatenate(parts) for parts in [*zip(*self._waiting, strict=True)][:3]
        )
        frames = np.concatenate([np.full(len(w[0]), w[3], np.float64) for w in self._waiting])
        self._waiting, self._waiting_pixels = [], 0
        for bins, sign in ((new, 1), (old, -1)):
            self._shown += sign * np.bincount(bins, minlength=_BINS + 1)
            self._began += sign * np.bincount(bins, frames, minlength=_BINS + 1)
        self._seen += np.bincount(new, minlength=_BINS + 1)[:_BINS]
        for channel in range(3):
            sums = np.bincount(new, pixels[:, channel], minlength=_BINS + 1)
            self._sums[channel] += sums[:_BINS]


def _bins(rgb: np.ndarray) -> np.ndarray:
    levels = (rgb[..., :3] >> (8 - _BITS)).astype(np.int32)
    return (levels[..., 0] << 2 * _BITS) | (levels[..., 1] << _BITS) | levels[..., 2]


def _smallest(colours: np.ndarray, pixels: np.ndarray, most: float) -> np.ndarray:
    """Bisect the sizes for the smallest palette whose summed squared error is at most `most`."""
    points, counts = _joined(colours, pixels)
    weights = counts**_COUNT_POWER
    seeds = _seeds(points, weights)
    sizes = [size for size in _SIZES if size < len(seeds)]
    best: np.ndarray | None = None
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        rgb = _settled(points, weights, seeds[: sizes[middle]])
        if _nearest(points, rgb)[1] @ counts <= most:
            best, high = rgb, middle
        else:
            low = middle + 1
    return _settled(points, weights, seeds) if best is None else best


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


def _seeds(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Colours in the order of what the palette would lose without them, the commonest first."""
    chosen = [int(weights.argmax())]
    squared = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < _MOST_COLOURS:
        worst = int((weights * squared).argmax())
        if squared[worst] < 1:
            break
        chosen.append(worst)
        np.minimum(squared, ((points - points[worst]) ** 2).sum(axis=1), out=squared)
    return points[chosen]


def _settled(points: np.ndarray, weights: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """k-means from the seeds; a surface or ink that dominates its cluster is taken exactly."""
    rgb = seeds
    for _ in range(_ROUNDS):
        index, _ = _nearest(points, rgb)
        weight = np.bincount(index, weights, minlength=len(rgb))
        sums = [np.bincount(index, weights * points[:, c], minlength=len(rgb)) for c in range(3)]
        means = np.stack(sums, axis=1) / np.maximum(weight, 1e-9)[:, None]
        rgb = np.where(weight[:, None] > 0, means, rgb)
    index, _ = _nearest(points, rgb)
    weight = np.bincount(index, weights, minlength=len(rgb))
    order = np.argsort(weights)  # of several colours of a cluster, the commonest comes last
    dominant = np.full(len(rgb), -1)
    dominant[index[order]] = order
    exact = (dominant >= 0) & (weights[dominant] > _EXACT_SHARE * weight)
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
    levels = (np.indices((1 << _BITS,) * 3).reshape(3, -1).T << (8 - _BITS)) + 2.0
    return _nearest(levels, rgb)[0].astype(np.uint8)


def _pattern(shape: tuple[int, ...], row: int, column: int) -> np.ndarray:
    """Bayer's 8 x 8 matrix, -0.5 to 0.5, over a rectangle of the frame: turned for each channel."""
    tile = np.zeros((1, 1))
    for _ in range(3):
        tile = np.block([[4 * tile, 4 * tile + 2], [4 * tile + 3, 4 * tile + 1]])
    tiles = np.stack([np.rot90(tile, turns) for turns in range(3)], axis=-1)
    rows = (np.arange(shape[0]) + row) % 8
    columns = (np.arange(shape[1]) + column) % 8
    return ((tiles + 0.5) / 64 - 0.5)[np.ix_(rows, columns)]
