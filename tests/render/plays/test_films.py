"""What the files are, read back by PyAV and Pillow."""

from __future__ import annotations

import wave
from fractions import Fraction

import av
import numpy as np
import pytest
import srt
from manim import BLACK, Circle, Scene, Square
from PIL import Image

BT709 = 1


def packets(path) -> int:
    with av.open(str(path)) as film:
        return sum(1 for packet in film.demux(video=0) if packet.size)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "h264"), ("a.mov", "h264"), ("a.webm", "vp9")]
)
def test_a_film_plays_everywhere_and_is_as_long_as_the_scene(plain, make, name, codec):
    result = make(plain, name)
    with av.open(str(result.paths[0])) as film:
        video = film.streams.video[0]
        context = video.codec_context
        assert (context.name, context.pix_fmt) == (codec, "yuv420p")
        assert (context.width, context.height, video.average_rate) == (64, 36, 10)
        assert (context.color_primaries, context.color_trc, context.colorspace) == (BT709,) * 3
        assert context.sample_aspect_ratio in (1, None)
        assert film.duration / 1e6 == pytest.approx(2.4, abs=0.002)
    assert packets(result.paths[0]) == result.frames == 24
    assert result.bytes == result.paths[0].stat().st_size


@pytest.mark.parametrize(
    ("name", "codec", "decoder"),
    [
        ("a.mp4", "av1", "libdav1d"),
        ("a.webm", "av1", "libdav1d"),
        ("a.mp4", "vp9", "vp9"),
        ("a.webm", "vp9", "vp9"),
        ("a.mov", "h264", "h264"),
    ],
)
def test_a_codec_by_name(lesson, make, capfd, name, codec, decoder):
    result = make(lesson, name, codec=codec)
    with av.open(str(result.paths[0])) as film:
        context = film.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == (decoder, "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace) == (BT709,) * 3
        assert film.duration / 1e6 == pytest.approx(3.1, abs=0.002)
        assert len(film.chapters()) == 2
        assert sum(1 for _ in film.decode(video=0)) == result.frames == 31
    assert result.paths[1].suffix == ".srt"
    assert capfd.readouterr().err == ""  # SVT-AV1 would tell its configuration


def test_an_mp4_begins_with_its_index(plain, make):
    content = make(plain, "a.mp4").paths[0].read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_colours_survive(make):
    class Red(Scene):
        def construct(self):
            self.add(Square(20, fill_color="#C02040", fill_opacity=1))
            self.wait(0.3)

    for name in ("a.mp4", "a.webm"):
        with av.open(str(make(Red, name).paths[0])) as film:
            shown = next(film.decode(video=0)).to_ndarray(format="rgb24")[18, 32]
        assert np.abs(shown.astype(int) - [0xC0, 0x20, 0x40]).max() <= 4


def test_chapters_are_the_outer_steps_and_captions_the_inner_ones(lesson, make):
    result = make(lesson, "a.mp4")
    with av.open(str(result.paths[0])) as film:
        chapters = film.chapters()
    assert [c["metadata"]["title"] for c in chapters] == ["first", "attention"]
    assert [float(c["start"] * c["time_base"]) for c in chapters] == [0, 0.6]
    assert result.paths[1].name == "a.srt"
    cues = list(srt.parse(result.paths[1].read_text(encoding="utf-8")))
    assert [cue.content for cue in cues] == [
        "The square turns.",
        "It moves away. Then it comes back, after a while.",  # each alone were under a second
        "It stays.",
    ]
    assert cues[-1].end.total_seconds() == pytest.approx(3.1)


def test_captions_of_steps_alone_start_at_nought(lesson, make):
    cues = list(srt.parse(make(lesson, "a.webm", steps=("softmax",)).paths[1].read_text()))
    assert [(c.content, c.start.total_seconds(), c.end.total_seconds()) for c in cues] == [
        ("It stays.", 0, 0.5)
    ]


class Captioned(Scene):
    def construct(self):
        self.next_section("before", skip_animations=True)
        self.wait(5)
        self.next_section("shown")
        self.add_subcaption("In half a second.", duration=0.5, offset=0.5)
        self.wait(1)


def test_manims_own_subcaptions_know_what_was_skipped(make):
    (cue,) = srt.parse(make(Captioned, "a.mp4").paths[1].read_text())
    assert (cue.start.total_seconds(), cue.end.total_seconds()) == (0.5, 1)


class Half(Scene):
    """A disc on nothing."""

    def construct(self):
        self.add(Circle(2.5, color=BLACK, fill_color="#FFFFFF", fill_opacity=1, stroke_width=0))
        self.wait(0.3)


@pytest.mark.parametrize(("name", "decoder"), [("a.webm", "libvpx-vp9"), ("a.mov", "prores")])
def test_a_transparent_film_has_alpha_and_soft_edges_keep_their_colour(make, name, decoder):
    path = make(Half, name, transparent=True).paths[0]
    codec = av.CodecContext.create(decoder, "r")
    with av.open(str(path)) as film:
        codec.extradata = film.streams.video[0].codec_context.extradata
        found = [frame for packet in film.demux(video=0) for frame in codec.decode(packet)]
    rgba = found[0].to_ndarray(format="rgba").astype(int)
    assert rgba[0, 0, 3] <= 2
    assert (rgba[18, 32] >= 250).all()
    edge = (rgba[..., 3] > 100) & (rgba[..., 3] < 200)
    assert edge.any()
    assert rgba[edge][:, :3].mean() > 200  # white edges, not grey ones


def test_a_transparent_gif_and_png_have_nothing_in_the_corner(make):
    for name in ("a.gif", "a.png"):
        rgba = np.asarray(Image.open(make(Half, name, transparent=True).paths[0]).convert("RGBA"))
        assert rgba[0, 0, 3] == 0
        assert tuple(rgba[18, 32]) == (255, 255, 255, 255)


def gif_of(path) -> tuple[list[np.ndarray], list[int]]:
    image, shown, delays = Image.open(path), [], []
    for i in range(image.n_frames):
        image.seek(i)
        shown.append(np.asarray(image.convert("RGB")).astype(int))
        delays.append(image.info["duration"] // 10)
    return shown, delays


@pytest.mark.parametrize(
    ("fps", "ticks"), [(10, {10}), (15, {7, 6}), (25, {4}), (60, {2}), (33.3, {3, 4})]
)
def test_gif_delays_are_real_and_add_up(make, fps, ticks):
    class Turning(Scene):
        def construct(self):
            square = Square(6)
            self.play(square.animate(rate_func=lambda t: t).rotate(1.5), run_time=1)

    result = make(Turning, "a.gif", fps=fps)
    _, delays = gif_of(result.paths[0])
    assert set(delays[:-1]) <= ticks | {3}
    assert min(delays) >= 2
    assert sum(delays) == pytest.approx(result.seconds * 100, abs=1)


def test_a_gif_at_15_frames_a_second_waits_7_7_6():
    from mlanim.render.sinks.gif import tick

    assert [tick(i + 1, Fraction(15)) - tick(i, Fraction(15)) for i in range(6)] == [7, 7, 6] * 2


def test_a_gif_of_flat_art_has_its_surfaces_exactly_and_no_dither(plain, make):
    film, stills = make(plain, "a.gif"), make(plain, "frames", format="png-sequence")
    shown, delays = gif_of(film.paths[0])
    drawn = [np.asarray(Image.open(p.path).convert("RGB")).astype(int) for p in stills.files]
    for ours, truth in ((shown[0], drawn[0]), (shown[-1], drawn[-1])):
        flat = np.all(truth == truth[0, 0], axis=-1)
        assert (ours[flat] == truth[flat]).all()
        assert ((ours - truth) ** 2).mean() <= 10
        assert len(np.unique(ours.reshape(-1, 3), axis=0)) < 60
    assert max(delays) == 90  # the wait and the frame before it, which looks the same, are one


def test_sound_starts_where_the_scene_says(make, tmp_path):
    with wave.open(str(tmp_path / "beep.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        tone = 12000 * np.sin(np.arange(4000) * 0.5)
        file.writeframes(tone.astype("<i2").tobytes())

    class Loud(Scene):
        def construct(self):
            self.next_section("before", skip_animations=True)
            self.wait(2)
            self.next_section("shown")
            self.add_sound(str(tmp_path / "beep.wav"), time_offset=0.5)
            self.wait(1.5)

    for name, codec in [("a.mp4", "aac"), ("a.mov", "aac"), ("a.webm", "opus")]:
        with av.open(str(make(Loud, name).paths[0])) as film:
            stream = film.streams.audio[0]
            assert stream.codec_context.name == codec
            parts = [f.to_ndarray() for f in film.decode(stream)]
            wave_form = np.abs(np.concatenate(parts, axis=1)[0])
            rate = stream.rate
        loud = np.flatnonzero(wave_form > wave_form.max() / 4) / rate
        assert loud[0] == pytest.approx(0.5, abs=0.08)
        assert loud[-1] == pytest.approx(1.0, abs=0.08)
        assert packets(tmp_path / name) == 15
