"""Figures: real paths, at their places, in their order and colours; nothing vanishes."""

from __future__ import annotations

import base64
import io
import re
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    RED,
    RIGHT,
    UP,
    WHITE,
    YELLOW,
    Circle,
    Create,
    FadeIn,
    ImageMobject,
    Line,
    PointCloudDot,
    Scene,
    Square,
    Text,
    ThreeDScene,
    ZoomedScene,
)
from PIL import Image

from mlanim.errors import MlanimError, UsageError

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def drawn(path: Path) -> list[ElementTree.Element]:
    """What is on the page, from back to front."""
    group = ElementTree.parse(path).getroot().find(f"{SVG}g")
    assert group is not None
    return list(group)


def kinds(path: Path) -> list[str]:
    return [element.tag.removeprefix(SVG) for element in drawn(path)]


def styles(path: Path) -> list[dict[str, str]]:
    written = [element.get("style", "") for element in drawn(path)]
    return [dict(part.split(":") for part in style.split(";") if part) for style in written]


def box(element: ElementTree.Element) -> np.ndarray:
    """The smallest and greatest coordinates of a path in pixels: ((left, top), (right, bottom))."""
    numbers = np.array([float(n) for n in re.findall(r"-?[\d.]+", element.get("d", ""))])
    points = numbers.reshape(-1, 2)
    return np.array([points.min(axis=0), points.max(axis=0)])


class Shapes(Scene):
    def construct(self):
        self.camera.background_color = "#102030"
        square = Square(2, color=RED, fill_opacity=0.5, stroke_width=0).shift(2 * LEFT + UP)
        away = Square(color=WHITE, fill_opacity=1).shift(30 * RIGHT)
        self.add(square, Line(DOWN, DOWN + RIGHT, color="#00ff00", stroke_width=8), away)


def test_paths_have_their_places_colours_and_widths(make):
    result = make(Shapes, "a.svg", resolution="160,90")
    root = ElementTree.parse(result.paths[0]).getroot()
    assert root.get("viewBox") == "0 0 160 90"
    assert kinds(result.paths[0]) == ["rect", "path", "path"]  # nothing of what is off the page
    background, square, line = styles(result.paths[0])
    assert background == {"fill": "#102030"}
    assert square["fill"] == "#fc6255"
    assert float(square["fill-opacity"]) == 0.5
    assert (line["stroke"], line["fill"]) == ("#00ff00", "none")
    assert float(line["stroke-width"]) == pytest.approx(0.08)
    unit = 90 / 8
    expected = [[80 - 3 * unit, 45 - 2 * unit], [80 - unit, 45]]
    assert box(drawn(result.paths[0])[1]) == pytest.approx(np.array(expected), abs=2e-3)
    assert (result.frames, result.seconds, result.format) == (1, 0, "svg")
    assert result.bytes == result.paths[0].stat().st_size


def test_without_background_there_is_none(make):
    assert kinds(make(Shapes, "a.svg", transparent=True).paths[0]) == ["path", "path"]


class Layers(Scene):
    """An image between two shapes, a point cloud over them, a shape over that."""

    def construct(self):
        checks = np.uint8([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]])
        image = ImageMobject(np.kron(checks, np.ones((8, 8, 1), dtype=np.uint8)))
        image.height = 2
        below = Square(6, color=BLUE, fill_opacity=1, stroke_width=0)
        cloud = PointCloudDot(radius=0.5, color=YELLOW, density=6).shift(3 * RIGHT)
        above = Circle(0.3, color=GREEN, fill_opacity=1, stroke_width=0)
        self.add(below, image, cloud, above)


def test_images_and_point_clouds_are_embedded_in_their_place_and_order(make):
    path = make(Layers, "a.svg", resolution="160,90").paths[0]
    assert kinds(path) == ["rect", "path", "use", "use", "path"]
    uses = [element for element in drawn(path) if element.tag == f"{SVG}use"]
    images = {f"#{i.get('id')}": i for i in ElementTree.parse(path).getroot().iter(f"{SVG}image")}
    embedded = [images[use.get(HREF, "")] for use in uses]
    data = base64.b64decode(embedded[0].get(HREF, "").partition(",")[2])
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    png = np.asarray(Image.open(make(Layers, "a.png", resolution="160,90").paths[0]))
    left, top = (int(n) for n in re.findall(r"\d+", uses[0].get("transform", ""))[-2:])
    assert (left, top) == (69, 34)
    height, width = pixels.shape[:2]
    np.testing.assert_array_equal(pixels[2], png[top + 2, left : left + width, :3])
    assert 20 <= height <= 23


class Gradient(Scene):
    def construct(self):
        square = Square(4, stroke_width=0).set_fill([RED, BLUE], opacity=1)
        text = Text("i", stroke_width=0).set_stroke(GREEN, 5, background=True).shift(3 * LEFT)
        self.add(square, text)


def test_gradients_and_strokes_behind(make):
    path = make(Gradient, "a.svg").paths[0]
    (gradient,) = ElementTree.parse(path).getroot().iter(f"{SVG}linearGradient")
    written = [stop.get("style", "") for stop in gradient]
    assert ["#fc6255" in written[0], "#58c4dd" in written[1]] == [True, True]
    _, square, *glyph = styles(path)
    assert square["fill"] == f"url(#{gradient.get('id')})"
    assert ["stroke" in style for style in glyph][:2] == [True, False]  # the stroke first


class Deep(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=1, theta=0.5)
        self.add(Square(2, fill_opacity=1))


class Zoomed(ZoomedScene):
    def construct(self):
        self.add(Square(1))
        self.activate_zooming(animate=False)


def test_space_is_projected_and_windows_are_pictures(make):
    flat, deep = (box(drawn(make(scene, "a.svg").paths[0])[1]) for scene in (Gradient, Deep))
    assert np.diff(deep, axis=0)[0, 1] < 0.6 * np.diff(flat, axis=0)[0, 1]
    assert "use" in kinds(make(Zoomed, "b.svg").paths[0])


class ChangedAtRest(Scene):
    """Manim keeps the picture of what does not play, even where a scene's updater moves it."""

    def construct(self):
        square = Square(4, color=RED, fill_opacity=1)
        self.add(square)
        self.add_updater(lambda dt: square.shift(dt * 10 * RIGHT))
        self.wait(0.3, frozen_frame=False)


def test_what_manim_keeps_as_a_picture_is_one(make):
    assert kinds(make(ChangedAtRest, "a.svg", at=0.2).paths[0])[:2] == ["rect", "use"]
    assert kinds(make(ChangedAtRest, "b.svg").paths[0])[:2] == ["rect", "path"]


def test_a_figure_says_what_it_is_and_is_the_same_again(lesson, make):
    path = make(lesson, "a.svg", at=0.7).paths[0]
    root = ElementTree.parse(path).getroot()
    assert root.findtext(f"{SVG}title") == "Lesson: attention/score"
    said = "Lesson: attention/score, at 0.7 s. It moves away. Then it comes back, after a while."
    assert root.findtext(f"{SVG}desc") == said
    assert make(lesson, "b.svg", at=0.7).paths[0].read_bytes() == path.read_bytes()
    assert make(lesson, "c.svg", at=0.8).paths[0].read_bytes() != path.read_bytes()
    step = ElementTree.parse(make(lesson, "d.svg", steps=("first",)).paths[0]).getroot()
    assert step.findtext(f"{SVG}desc") == "Lesson: first, at the end. The square turns."


def test_pictures_with_gradients_can_stand_in_one_page(make):
    names = [
        set(re.findall(r'id="([^"]+)"', make(scene, name).paths[0].read_text()))
        for scene, name in [(Gradient, "a.svg"), (Layers, "b.svg"), (Gradient, "c.svg")]
    ]
    assert names[0] and names[1] and not names[0] & names[1]
    assert names[0] == names[2]


def test_a_pdf_is_one_page_of_paths_in_the_frames_shape(make):
    path = make(Layers, "a.pdf", resolution="160,90").paths[0]
    page = path.read_bytes()
    assert page.startswith(b"%PDF")
    width, height = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", page).groups()
    assert (float(width), float(height)) == (120, 67.5)
    streams = b"".join(
        zlib.decompressobj().decompress(stream)
        for stream in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)endstream", page, re.S)
    )
    assert streams.count(b" c\n") + streams.count(b" c ") >= 8  # curves of square and circle
    assert page.count(b"/Subtype /Image") >= 2
    assert make(Layers, "b.pdf", resolution="160,90").paths[0].read_bytes() == page


def test_a_frame_as_png_is_the_films(plain, make):
    whole = make(plain, "whole", format="png-sequence")
    film = [np.asarray(Image.open(p)) for p in sorted(whole.paths[0].glob("*.png"))]
    still = np.asarray(Image.open(make(plain, "a.png", at=0.3).paths[0]))
    np.testing.assert_array_equal(still, film[3])


def test_past_the_end_leaves_nothing(plain, make, tmp_path):
    with pytest.raises(UsageError, match=r"3 s is past the end of Plain: it is 2.4 s long"):
        make(plain, "a.svg", at=3)
    assert not list(tmp_path.iterdir())


class Fails(Scene):
    def construct(self):
        self.play(FadeIn(Square()), Create(Circle()), run_time=0.2)
        raise ValueError("too late")


def test_a_scene_that_fails_leaves_nothing(make, tmp_path):
    with pytest.raises(MlanimError, match="ValueError: too late"):
        make(Fails, "a.pdf")
    assert not list(tmp_path.iterdir())
