"""Pictures that repeat the last one: players show just that, and count them."""

from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.render.sinks.port import Film
from mlanim.render.sinks.rest import Rest
from mlanim.render.sinks.segment import SegmentWriter
from mlanim.render.sinks.still_pictures import NotRepeatable, StillPictures

RATE = 30


def moving(count, width, height):
    """So many frames of a square on its way."""
    for i in range(count):
        frame = np.full((height, width, 4), 255, np.uint8)
        frame[8:24, 2 * i % (width - 15) :][:, :16, :3] = (200, 30, 90)
        yield frame


def written(path, frames, last, *, width=160, height=96):
    """A segment of moving frames whose last one is shown `last` times; its pictures, decoded."""
    writer = SegmentWriter(path, Film(width, height, Fraction(RATE), "mp4", transparent=False))
    *before, final = moving(frames, width, height)
    for frame in before:
        writer.frame(frame, 1)
    writer.frame(final, last)
    writer.close()
    return decoded(path)


def decoded(path):
    """Pictures and moments; what a player would only conceal is an error."""
    with av.open(str(path), options={"err_detect": "explode"}) as film:
        stream = film.streams.video[0]
        shown = list(film.decode(stream))
        times = [int(frame.pts * frame.time_base * RATE + Fraction(1, 2)) for frame in shown]
        return [frame.to_ndarray(format="yuv420p") for frame in shown], times, stream.frames


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 120))
def test_a_rest_shows_the_last_picture_as_long_as_asked(tmp_path_factory, frames, last):
    path = tmp_path_factory.mktemp("rest") / "film.mp4"
    pictures, times, counted = written(path, frames, last)
    count = frames + last - 1
    assert counted == count
    assert times == list(range(count))
    assert all(np.array_equal(picture, pictures[-1]) for picture in pictures[frames + 11 :])


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (854, 480), (16, 16), (720, 576)])
def test_every_size_of_picture_can_be_repeated(tmp_path, size):
    width, height = size
    pictures, times, _ = written(tmp_path / "film.mp4", 1, 60, width=width, height=height)
    assert times == list(range(60))
    assert np.array_equal(pictures[-1], pictures[12])


def test_a_rest_costs_next_to_nothing(tmp_path):
    short, long = tmp_path / "short.mp4", tmp_path / "long.mp4"
    written(short, 20, 20, width=640, height=480)
    written(long, 20, 120, width=640, height=480)
    assert long.stat().st_size - short.stat().st_size < 100 * 60


def test_rests_that_follow_each_other_are_one(tmp_path):
    film = Film(160, 96, Fraction(RATE), "mp4", transparent=False)
    *before, final = moving(20, 160, 96)
    for name, calls in (("a", [90]), ("b", [30, 59, 1]), ("c", [1] * 90)):
        writer = SegmentWriter(tmp_path / name, film)
        for frame in before:
            writer.frame(frame, 1)
        for repeat in calls:
            writer.frame(final.copy(), repeat)
        writer.close()
    assert len({(tmp_path / name).read_bytes() for name in "abc"}) == 1


def test_movement_after_a_rest_is_encoded_as_ever(tmp_path):
    frames = list(moving(40, 160, 96))
    film = Film(160, 96, Fraction(RATE), "mp4", transparent=False)
    for name, calls in (("a", [(20, 30)]), ("b", [(20, 1)] * 30)):
        writer = SegmentWriter(tmp_path / name, film)
        for frame in frames[:20]:
            writer.frame(frame, 1)
        for index, repeat in calls:
            writer.frame(frames[index], repeat)
        for frame in frames[21:]:
            writer.frame(frame, 1)
        writer.close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("last", [245, 251, 490, 700])
def test_the_end_is_never_far_from_a_keyframe(tmp_path, last):
    written(tmp_path / "film.mp4", 5, last)
    with av.open(str(tmp_path / "film.mp4")) as film:
        keys = [packet.pts for packet in film.demux(video=0) if packet.is_keyframe]
        unit = film.streams.video[0].time_base
    frames = [round(key * unit * RATE) for key in keys]
    assert max(np.diff([*frames, 4 + last])) <= 500


@pytest.mark.parametrize(
    "parameters",
    ["bframes=0", "cabac=0", "weightp=2:bframes=3", "interlaced=1"],
)
def test_streams_of_another_kind_are_left_to_the_encoder(parameters):
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = 64, 64, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, RATE), RATE
    codec.options = {"x264-params": parameters}
    codec.flags |= 1 << 22  # parameter sets apart, as in mp4
    codec.open()
    with pytest.raises(NotRepeatable):
        StillPictures(bytes(codec.extradata))
    assert Rest(codec).repeats(0, 100) == 0
