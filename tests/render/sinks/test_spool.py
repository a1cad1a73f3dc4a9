"""The spool gives back what it was given, whatever was drawn and wherever it was cut."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlanim.render.sinks.colours import packed
from mlanim.render.sinks.port import Film
from mlanim.render.sinks.spool import Spool, SpoolWriter

HEIGHT, WIDTH = 5, 7
FILM = Film(WIDTH, HEIGHT, Fraction(15), "gif", transparent=False)
FRAMES = arrays(np.uint8, (HEIGHT, WIDTH, 4), elements=st.sampled_from([0, 1, 255]))
SHOWN = st.lists(st.tuples(FRAMES, st.integers(1, 4)), min_size=1, max_size=4)


def spool_of(segments, folder: str) -> Spool:
    paths = [Path(folder, str(number)) for number in range(len(segments))]
    for path, shown in zip(paths, segments, strict=True):
        writer = SpoolWriter(path, FILM)
        for frame, repeat in shown:
            writer.frame(frame, repeat)
        writer.close()
    return Spool(paths, WIDTH, HEIGHT)


@settings(max_examples=40)
@given(st.lists(SHOWN, min_size=1, max_size=3))
def test_every_frame_comes_back_at_its_time(segments):
    with TemporaryDirectory() as folder:
        spool = spool_of(segments, folder)
        pictures, before = [], np.zeros(HEIGHT * WIDTH, np.uint32)
        for pixels, changed in spool.pictures():
            assert np.array_equal(changed, np.flatnonzero(pixels != before))
            before = pixels.copy()
            pictures.append(before)
    durations = np.diff([*spool.starts, spool.frames])
    came = [
        picture for picture, times in zip(pictures, durations, strict=True) for _ in range(times)
    ]
    went = [packed(frame) for shown in segments for frame, times in shown for _ in range(times)]
    assert np.array_equal(came, went)


@settings(max_examples=40)
@given(FRAMES, FRAMES, st.integers(0, HEIGHT), st.integers(0, HEIGHT))
def test_only_the_rows_that_changed_are_looked_at(before, after, a, b):
    rows = range(min(a, b), max(a, b))
    new = before.copy()
    new[rows.start : rows.stop] = after[rows.start : rows.stop]
    with TemporaryDirectory() as folder:
        writer = SpoolWriter(Path(folder, "0"), FILM)
        writer.frame(before, 1, range(0))  # of the first nobody knows what was before
        writer.frame(new, 1, rows)
        writer.close()
        *_, last = (pixels.copy() for pixels, _ in Spool([writer.path], WIDTH, HEIGHT).pictures())
    assert np.array_equal(last, packed(new))
