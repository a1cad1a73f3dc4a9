from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.render.asked.spec import FORMATS, RenderSpec

of = RenderSpec.from_options


@pytest.mark.parametrize(
    ("quality", "size"),
    [
        ("l", (854, 480, 15)),
        ("m", (1280, 720, 30)),
        ("h", (1920, 1080, 60)),
        ("p", (2560, 1440, 60)),
        ("k", (3840, 2160, 60)),
        ("low", (854, 480, 15)),
        ("Medium", (1280, 720, 30)),
        ("high", (1920, 1080, 60)),
        ("2K", (2560, 1440, 60)),
        ("4k", (3840, 2160, 60)),
    ],
)
def test_qualities_are_manims(quality, size):
    spec = of(quality=quality)
    assert (spec.width, spec.height, spec.fps) == size


@pytest.mark.parametrize(
    ("aspect", "size"),
    [("16:9", (1280, 720)), ("1:1", (720, 720)), ("9:16", (720, 1280)), ("2.39:1", (1720, 720))],
)
def test_an_aspect_keeps_the_short_side(aspect, size):
    spec = of(quality="m", aspect=aspect)
    assert (spec.width, spec.height) == size


def test_the_frame_is_manims_where_rounding_made_the_size_even():
    assert of(quality="l").frame_size == (8 * (1920 / 1080), 8)
    assert of(resolution="360,640").frame_size == (8, 8 / (9 / 16))


@given(
    st.sampled_from("lmhpk"),
    st.integers(1, 30),
    st.integers(1, 30),
)
def test_sizes_are_even_and_the_frames_shorter_side_is_8(quality, wide, high):
    try:
        spec = of(quality=quality, aspect=f"{wide}:{high}")
    except UsageError as error:
        assert "8192" in str(error)
        return
    assert spec.width % 2 == spec.height % 2 == 0
    assert min(spec.frame_size) == 8
    assert max(spec.frame_size) / 8 == pytest.approx(max(wide, high) / min(wide, high), abs=0.01)


@given(st.integers(-10, 10_000), st.integers(-10, 10_000))
def test_any_size_is_taken_or_refused_with_the_bounds(width, height):
    allowed = all(side % 2 == 0 and 16 <= side <= 8192 for side in (width, height))
    if allowed:
        assert RenderSpec(width=width, height=height).width == width
    else:
        with pytest.raises(UsageError, match="even, 16 to 8192"):
            RenderSpec(width=width, height=height)


@pytest.mark.parametrize("fps", [0, -1, 0.01, 241, float("nan"), float("inf"), True, "30"])
def test_frame_rates_that_cannot_be(fps):
    with pytest.raises(UsageError, match=r"0\.1 to 240"):
        of(fps=fps)


@pytest.mark.parametrize(
    ("options", "format"),
    [
        ({}, "mp4"),
        ({"transparent": True}, "mov"),
        ({"output": "a.webm"}, "webm"),
        ({"output": "a.GIF"}, "gif"),
        ({"output": "a.webp", "transparent": True}, "webp"),
        ({"codec": "vp9"}, "webm"),
        ({"codec": "vp9", "transparent": True}, "webm"),
        ({"codec": "av1"}, "mp4"),
        ({"still": True}, "png"),
        ({"still": True, "format": "png"}, "png"),
        ({"output": "frames", "format": "png-sequence"}, "png-sequence"),
    ],
)
def test_the_format_comes_from_the_name_the_suffix_or_the_flag(options, format):
    assert of(**options).format == format


def test_only_a_format_that_nobody_named_may_become_a_still():
    assert of().still_if_empty
    assert not of(format="mp4").still_if_empty
    assert not of(output="a.mp4").still_if_empty


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"quality": "x"}, "allowed: l, m, h, p, k"),
        ({"quality": "meduim"}, "did you mean 'medium'"),
        ({"format": "mp5"}, "did you mean 'mp4'"),
        ({"format": "none"}, "allowed"),
        ({"format": "mp4", "transparent": True}, "webm.*mov"),
        ({"resolution": "640"}, "W,H"),
        ({"resolution": "641,480"}, "even"),
        ({"aspect": "16/9"}, "W:H"),
        ({"aspect": "0:1"}, "W:H"),
        ({"aspect": "1:1", "resolution": "32,32"}, "-r"),
        ({"aspect": "1:99"}, "8192"),
        ({"output": "a.gif", "format": "mp4"}, "a.mp4"),
        ({"output": "a.avi"}, ".mp4"),
        ({"output": "film.xyz"}, "png-sequence"),
        ({"output": "a.png", "format": "png-sequence"}, "folder"),
        ({"output": ""}, "path"),
        ({"output": "a\0.mp4"}, "path"),
        ({"still": True, "format": "mp4"}, "-s"),
        ({"still": True, "output": "a.mp4"}, "a.png"),
        ({"seed": -1}, "0 to"),
        ({"codec": "h265"}, "did you mean 'h264'"),
        ({"codec": "h264", "format": "webm"}, "h264 goes into mp4 or mov"),
        ({"codec": "vp9", "format": "mov"}, "webm or mp4"),
        ({"codec": "av1", "format": "gif"}, "mp4 or webm"),
        ({"codec": "av1", "format": "webm", "transparent": True}, "--format webm"),
        ({"loop": 2}, "--loop with mp4: only for --format gif"),
        ({"hold": 1.0, "max_bytes": 9, "format": "png"}, "--hold, --max-bytes with png"),
        ({"loop": -1, "format": "gif"}, "0 .for ever. to 65535"),
        ({"hold": -1.0, "format": "gif"}, "0 to 600 seconds"),
        ({"hold": float("nan"), "format": "webp"}, "0 to 600 seconds"),
        ({"max_bytes": "2 MBit", "format": "gif"}, "500kB, 2MB"),
        ({"max_bytes": "0", "format": "gif"}, "500kB, 2MB"),
        ({"max_bytes": "-1MB", "format": "gif"}, "500kB, 2MB"),
        ({"at": -1.0}, "0 or more"),
        ({"at": float("nan")}, "0 or more"),
        ({"at": float("inf")}, "0 or more"),
        ({"at": 1.0, "format": "mp4"}, "png, svg, pdf"),
        ({"at": 1.0, "output": "a.gif"}, "png, svg, pdf"),
        ({"at": 1.0, "format": "png-sequence"}, "png, svg, pdf"),
        ({"at": 1.0, "still": True}, "-s is the last frame"),
        ({"still": True, "format": "svg"}, "leave out -s"),
        ({"still": True, "output": "a.pdf"}, "a.png"),
    ],
)
def test_what_cannot_be_is_refused_in_one_teaching_line(options, words):
    with pytest.raises(UsageError, match=words) as caught:
        of(**options)
    assert "\n" not in str(caught.value)


def test_one_frame_is_a_png_unless_another_format_is_named():
    assert of(at=1.0).format == "png"
    assert of(at=1.0, transparent=True).format == "png"
    assert of(at=1.0, output="a.svg").format == "svg"
    assert of(output="a.PDF").is_vector


def test_a_film_without_a_seed_has_seed_0():
    assert of().seeded().seed == 0
    assert of(seed=7).seeded().seed == 7


def test_importing_the_spec_does_not_import_manim():
    code = "import sys, mlanim.render.asked.spec; sys.exit(bool({'manim', 'av'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_formats_are_those_of_the_manual():
    films = ("mp4", "webm", "mov", "gif", "webp")
    assert (*films, "png", "svg", "pdf", "png-sequence") == FORMATS
