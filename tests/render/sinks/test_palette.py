from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.colour import lab
from mlanim.render.sinks.colours import ColourCount, joined, packed, surroundings
from mlanim.render.sinks.palette import BEST, Palette, Tolerance, palette_of

FRAMES = arrays(np.uint8, (6, 8, 4), elements=st.integers(0, 255))


def tally_of(frames: Sequence[np.ndarray], repeats: Sequence[int]) -> np.ndarray:
    colours, before = ColourCount(), np.zeros(frames[0].size // 4, np.uint32)
    for frame, repeat in zip(frames, repeats, strict=True):
        changed = np.flatnonzero(packed(frame) != before)
        colours.add(packed(frame)[changed], before[changed], repeat)
        before = packed(frame)
    return colours.tally()


def palette_for(*frames: np.ndarray, tolerance: Tolerance = BEST) -> Palette:
    return palette_of(tally_of(frames, [1] * len(frames)), tolerance)


def indices_of(palette: Palette, frame: np.ndarray) -> np.ndarray:
    height, width = frame.shape[:2]
    places = np.arange(height * width)
    return palette.indices(packed(frame), places, width).reshape(height, width)


def shown(frame: np.ndarray, palette: Palette | None = None) -> np.ndarray:
    palette = palette or palette_for(frame)
    indices = indices_of(palette, frame)
    assert (indices != palette.transparent).all()
    return palette.rgb[indices].astype(int)


@settings(max_examples=20)
@given(FRAMES)
def test_few_colours_are_kept_to_within_what_an_eye_can_tell(frame):
    frame[..., 3] = 255
    assert np.abs(shown(frame) - frame[..., :3]).max() <= 3


def test_many_colours_are_near_and_the_surface_is_exact():
    ramp = np.zeros((64, 256, 4), np.uint8)
    ramp[..., 0] = np.arange(256)
    ramp[..., 1] = np.arange(64)[:, None] * 4
    ramp[..., 2] = 255 - ramp[..., 0] // 2
    ramp[..., 3] = 255
    surface = np.full((64, 256, 4), (250, 240, 230, 255), np.uint8)
    frame = np.concatenate([surface, surface, ramp])
    palette_colours = shown(frame)
    assert (palette_colours[:128] == (250, 240, 230)).all()
    assert np.abs(palette_colours - frame[..., :3]).mean() < 8


def soft_disc(ink: tuple[int, int, int], surface: tuple[int, int, int]) -> np.ndarray:
    """A disc with a soft edge on a page."""
    rows, columns = np.indices((40, 60))
    cover = np.clip(12.5 - np.hypot(rows - 20, columns - 30), 0, 1)[..., None]
    frame = np.full((40, 60, 4), 255, np.uint8)
    frame[..., :3] = np.rint(cover * ink + (1 - cover) * np.array(surface))
    return frame


def test_a_palette_is_no_larger_than_its_frames_need_and_keeps_surface_and_ink():
    frame = soft_disc((8, 101, 174), (250, 251, 252))
    palette = palette_for(frame, tolerance=Tolerance(3.3, 64))
    assert 3 <= len(palette.rgb) <= 12
    drawn = shown(frame, palette)
    assert (drawn[0, 0] == (250, 251, 252)).all()
    assert (drawn[20, 30] == (8, 101, 174)).all()
    assert ((drawn - frame[..., :3]) ** 2).mean() <= 3.3
    assert palette.dither == 0


def test_a_little_ink_on_a_large_page_keeps_its_colours():
    page = np.full((300, 300, 4), 255, np.uint8)
    page[10:12, 10:20, :3] = (200, 30, 30)
    page[20:22, 10:20, :3] = (30, 160, 30)
    drawn = shown(page, palette_for(page, tolerance=Tolerance(3.3, 64)))
    assert np.abs(drawn - page[..., :3]).max() <= 8


def test_time_counts_and_what_is_gone_does_not():
    first, second = np.zeros((2, 8, 8, 4), np.uint8)
    first[..., 3] = second[..., 3] = 255
    second[..., 0] = 255
    tally = tally_of([first, second], [1, 99])
    assert palette_of(tally, Tolerance(700, 1e9)).rgb.tolist()[0] == [255, 0, 0]


@given(st.lists(FRAMES, min_size=1, max_size=4), st.data())
def test_parts_of_a_film_have_the_colours_of_the_whole_for_as_long(frames, data):
    repeats = data.draw(st.lists(st.integers(1, 9), min_size=len(frames), max_size=len(frames)))
    cut = data.draw(st.integers(0, len(frames) - 1))
    parts = [(frames[:cut], repeats[:cut]), (frames[cut:], repeats[cut:])]
    together = joined([tally_of(*part) for part in parts if part[0]])
    whole = tally_of(frames, repeats)
    assert np.array_equal(together[:2], whole[:2])
    assert together[1].sum() == sum(
        repeat * (frame[..., 3] >= 128).sum() for frame, repeat in zip(frames, repeats, strict=True)
    )


def photograph() -> np.ndarray:
    """Every colour there is, smoothly."""
    frame = np.full((128, 256, 4), 255, np.uint8)
    frame[..., 0] = np.arange(256)
    frame[..., 1] = 2 * np.arange(128)[:, None]
    frame[..., 2] = 127 + 127 * np.sin(np.arange(256) / 9 + np.arange(128)[:, None] / 7)
    return frame


def blocks(pixels: np.ndarray) -> np.ndarray:
    return pixels.astype(float).reshape(16, 8, 32, 8, 3).mean(axis=(1, 3))


def test_a_photograph_is_dithered_the_same_way_wherever_the_changes_lie():
    frame = photograph()
    palette = palette_for(frame)
    assert palette.dither > 0
    whole = indices_of(palette, frame)
    places = np.arange(whole.size).reshape(whole.shape)[13:50, 21:80]
    part = palette.indices(packed(frame[13:50, 21:80]), places.ravel(), frame.shape[1])
    assert np.array_equal(part, whole[13:50, 21:80].ravel())
    plain = indices_of(replace(palette, dither=0), frame)
    from_afar = [
        np.abs(blocks(palette.rgb[i]) - blocks(frame[..., :3])).mean() for i in (plain, whole)
    ]
    assert from_afar[1] < from_afar[0]


def test_a_surface_keeps_its_hue_however_coarse_the_palette_may_be():
    """Pale purple beside greys and many oranges, on which a mean error hardly depends."""
    page = np.full((240, 320, 4), 255, np.uint8)
    page[:60, :, :3] = (200, 200, 200)
    for i in range(16):
        page[70:110, 20 * i : 20 * i + 18, :3] = (255, 130 + 8 * i, 16 * i)
    cell = page[200:220, 20:40, :3]
    cell[:] = (204, 184, 213)
    around = surroundings(packed(page), np.arange(240 * 320), 320)
    colours = ColourCount()
    colours.add(packed(page), np.zeros(240 * 320, np.uint32), 1, around)
    palette = palette_of(colours.tally(), Tolerance(100, 2000, surface=9))
    away = np.linalg.norm(lab(shown(page, palette) / 255) - lab(page[..., :3] / 255), axis=-1)
    assert away.max() <= 9
    assert len(palette.rgb) < 20
    few = palette_of(colours.tally(), Tolerance(100, 2000, surface=1e9))
    assert np.ptp(shown(page, few)[210, 30]) < 10, "a grey: the case shows nothing"
