"""Mobjects made the fast way equal Manim's own, to the last bit."""

import contextlib
from enum import Enum

import manim
import numpy as np
import pytest
import svgelements as se
from manim import (
    BLUE,
    BOLD,
    DOWN,
    GREEN,
    ITALIC,
    LEFT,
    ORIGIN,
    PI,
    RED,
    RIGHT,
    UL,
    UP,
    WHITE,
    YELLOW,
    ManimColor,
    MarkupText,
    Mobject,
    Paragraph,
    SVGMobject,
    Text,
    VGroup,
    VMobject,
    tempconfig,
)
from manim.mobject.svg import svg_mobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath

from mlanim.render.twins.closed_curves import closed
from mlanim.render.twins.fast_animating import fast_animating
from mlanim.render.twins.fast_building import _replacements, fast_building
from mlanim.render.twins.outlines import OutlinePath, Outlines

SHAPES = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 100 80" fill="#336699">
<defs><path id="leaf" d="M0 0 C 5 -10 15 -10 20 0 S 5 10 0 0 Z"/></defs>
<style>.thick {{ stroke: #aa0000; stroke-width: 3 }}</style>
<rect x="1" y="2" width="20" height="10" fill="red"/>
<rect x="30" y="2" width="20" height="10" rx="3" ry="2" stroke="black" stroke-width="2"/>
<g id="turned" transform="rotate(20) scale(1.5 0.7)" opacity="0.5">
 <circle cx="10" cy="40" r="6"/><ellipse cx="30" cy="40" rx="9" ry="4" fill-opacity="0.3"/>
 <line x1="1" y1="1" x2="40" y2="30" stroke="green"/>
 <g transform="matrix(1 0.2 -0.3 1 4 5)"><use xlink:href="#leaf" x="3" y="4"/>
  <use xlink:href="#leaf" transform="skewX(10)"/></g></g>
<polyline points="0,0 10,10 20,0" fill="none" stroke="blue"/>
<polygon class="thick" points="50,50 60,70 40,70"/>
<path d="M10 10h5v5l-3 2q4 4 8 0t5 1a5 3 10 0 1 6 6z m2 2 l1 1 l-1 0.00005z"/>
<path d="M0 0L1 1L0 1ZL5 5M{odd} 3 3L4 4z"/><path d=""/><path d="M1 1"/>
<path d="M1 1L2 2L2 1L1.00005 1.00005ZM5 5L6 6L6 5L5.0001 5Z"/>
<text x="1" y="1">no</text></svg>"""


@pytest.fixture(scope="module", autouse=True)
def _one_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("building")
    (folder / "shapes.svg").write_text(SHAPES.format(odd=""))
    (folder / "broken.svg").write_text(SHAPES.format(odd="x"))
    with tempconfig({"media_dir": str(folder), "assets_dir": str(folder)}):
        yield


def _axes():
    axes = manim.Axes(x_range=[-2, 2], y_range=[-1, 1], axis_config={"include_numbers": False})
    return VGroup(axes, axes.plot(np.sin, color=RED), manim.Dot(axes.c2p(1, 0.5)))


def _black_on_sheen():
    return VGroup(
        manim.Circle(color="#000000", fill_opacity=1, sheen_factor=0.4, sheen_direction=UL),
        manim.Square(fill_color=[RED, BLUE], fill_opacity=[0.2, 0.8]),
        manim.Circle().set_color([RED, GREEN]).set_opacity(0.3),
        VMobject(stroke_color=ManimColor((0.1, 0.2, 0.3)), stroke_opacity=0.4, stroke_width=2),
        VMobject(fill_color=None, background_stroke_color="#123456", background_stroke_width=3),
        VMobject(color=ManimColor((1.0, 0.5, 0.25, 0.125)), z_index=3, n_points_per_cubic_curve=5),
    )


class _LoudText(Text):
    def set_fill(self, color=None, opacity=None, family=True):
        return super().set_fill(YELLOW, opacity, family)


class _Halved(manim.Polygon):
    def get_vertex_groups(self):
        return [group / 2 for group in super().get_vertex_groups()]


class _ShiftedSvg(SVGMobject):
    def get_mob_from_shape_element(self, shape):
        mobject = super().get_mob_from_shape_element(shape)
        return mobject and mobject.shift(RIGHT)


MADE = {
    "text": lambda: Text("The quick brown fox, 0123456789"),
    "text coloured": lambda: Text("Hello", color=RED, font_size=20, fill_opacity=0.5),
    "text hex": lambda: Text("Hello", color="#8BD28D"),
    "text t2c": lambda: Text("Hello world", t2c={"world": BLUE, "[0:2]": RED}),
    "text slant": lambda: Text("slanted", slant=ITALIC, weight=BOLD),
    "text t2s": lambda: Text("a bit bold", t2w={"bold": BOLD}, t2s={"bit": ITALIC}),
    "text gradient": lambda: VGroup(
        Text("gradient", gradient=(RED, BLUE)), Text("gradient", t2g={"ad": (GREEN, WHITE)})
    ),
    "text ligatures": lambda: Text("office affine ffl", disable_ligatures=True),
    "text accents": lambda: Text("étudiant ñ ø Åç ﬁ"),
    "text lines": lambda: Text("one\ntwo  three\n\n\tfour", line_spacing=0.8),
    "text symbols": lambda: Text('α → β ≤ 1 % & < > " 日本 ا'),
    "text empty": lambda: Text(""),
    "text spaces": lambda: Text("   "),
    "text sized": lambda: Text("sized", height=1, width=3, should_center=False),
    "text stroked": lambda: Text("stroke", stroke_width=2, stroke_color=GREEN),
    "text cached": lambda: Text("kept", use_svg_cache=True),
    "text again": lambda: VGroup(*[Text("0.4", font_size=12).shift(k * DOWN) for k in range(3)]),
    "text override": lambda: _LoudText("loud"),
    "paragraph": lambda: Paragraph("several lines", "of text", "  and spaces", alignment="center"),
    "paragraph right": lambda: Paragraph("a b", "c d e", alignment="right", line_spacing=1),
    "paragraph spaces": lambda: Paragraph("a b", "c d e", disable_ligatures=True),
    "markup": lambda: MarkupText('<span foreground="blue">blue</span> <b>bold</b> <i>i</i>'),
    "markup gradient": lambda: MarkupText('a <gradient from="RED" to="BLUE">grad</gradient> b'),
    "markup justified": lambda: MarkupText("some words to justify " * 5, justify=True),
    "markup fancy": lambda: MarkupText("H<sub>2</sub>O <u>under</u> <s>out</s>", font_size=30),
    "code": lambda: manim.Code(code_string="def f(x):\n    return x + 1", language="python"),
    "typst": lambda: manim.MathTypst("integral_0^1 x^2 dif x = 1/3"),
    "svg": lambda: SVGMobject("shapes.svg"),
    "svg plain": lambda: SVGMobject("shapes.svg", height=None, should_center=False),
    "svg styled": lambda: SVGMobject(
        "shapes.svg", width=3, fill_color=RED, stroke_width=2, opacity=0.5, use_svg_cache=False
    ),
    "svg default": lambda: SVGMobject(
        "shapes.svg",
        svg_default={
            **dict.fromkeys(["color", "opacity", "fill_opacity", "stroke_opacity", "stroke_color"]),
            "fill_color": "#ff0000",
            "stroke_width": 2,
        },
    ),
    "svg configured": lambda: SVGMobject("shapes.svg", path_string_config={"long_lines": True}),
    "svg broken": lambda: SVGMobject("broken.svg"),
    "svg override": lambda: _ShiftedSvg("shapes.svg"),
    "svg path": lambda: VMobjectFromSVGPath(se.Path("M0 0L1 1A1 1 0 0 1 2 2z")),
    "decimal": lambda: manim.DecimalNumber(3.14159, num_decimal_places=3, mob_class=Text),
    "integer": lambda: manim.Integer(-1234, mob_class=Text, group_with_commas=True),
    "table": lambda: manim.Table([["a", "b"], ["c", "d"]], row_labels=[Text("1"), Text("2")]),
    "brace": lambda: manim.BraceLabel(manim.Square(), "side", label_constructor=Text),
    "brace between": lambda: manim.BraceBetweenPoints(LEFT, UP),
    "arrow": lambda: manim.Arrow(LEFT, UP, buff=0, stroke_width=2, color="BLUE"),
    "double arrow": lambda: manim.DoubleArrow(LEFT, RIGHT).rotate(PI / 3).flip(UP),
    "curved arrow": lambda: manim.CurvedArrow(LEFT, RIGHT, tip_length=0.1),
    "axes": _axes,
    "plane": lambda: manim.NumberPlane(x_range=[-2, 2], y_range=[-1, 1]).rotate(0.3),
    "colours": _black_on_sheen,
    "rounded": lambda: (
        VGroup(
            manim.RoundedRectangle(corner_radius=0.2), manim.Rectangle(), manim.Star(), manim.Dot()
        )
        .arrange(RIGHT)
        .next_to(ORIGIN, UP)
    ),
    "round corners": lambda: VGroup(
        *[manim.RoundedRectangle(corner_radius=radius) for radius in (0.3, 0.3, [0.1, -0.4], 0)],
        manim.Star(7).round_corners(0.1, components_per_rounded_corner=3),
        manim.Star(7).round_corners(0.1, evenly_distribute_anchors=True),
        manim.RegularPolygram(6).round_corners(-0.2),
        _Halved(UP, LEFT, RIGHT).round_corners(),
    ),
    "annulus": lambda: manim.Annulus(),
    "boolean": lambda: manim.Union(manim.Circle(), manim.Square().shift(RIGHT)),
    "dashed": lambda: manim.DashedVMobject(manim.Circle(), num_dashes=5),
    "labelled": lambda: manim.LabeledDot(Text("x", font_size=12)),
    "arcs": lambda: (
        VGroup(
            *[
                manim.Arc(angle=angle, start_angle=start)
                for angle in (1, 1.0, -2)
                for start in (0.0, -0.0)
            ],
            manim.Arc(0.5, 0, 0, num_components=3),
            manim.Sector(),
            manim.ArcBetweenPoints(LEFT, UP, angle=np.float64(1)),
            *[manim.Dot([x, x, 0]) for x in range(3)],
        )
        .arrange_in_grid(rows=3)
        .to_edge(np.array([1.0, -1.0, 0.0]))
    ),
    "groups": lambda: manim.Group(manim.Dot(), manim.VGroup(), manim.Mobject()).next_to(UP, DOWN),
    "points": lambda: manim.Group(manim.PMobject().add_points([UP, LEFT]), manim.Dot()).center(),
    "solid": lambda: manim.Cube(),
}

_SEEN = ("original_id",)


def _told(value, known):
    """A value as something that compares by bits; mobjects by what they are and where met."""
    if isinstance(value, Mobject):
        if id(value) in known:
            return ("met", known[id(value)])
        known[id(value)] = len(known)
        state = [(k, _told(v, known)) for k, v in sorted(value.__dict__.items()) if k not in _SEEN]
        return (type(value).__name__, *state)
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.flags.writeable, value.tobytes())
    if isinstance(value, ManimColor):
        return ("colour", type(value).__name__, value._internal_value.tobytes())
    if isinstance(value, se.Path):
        state = {k: v for k, v in value.__dict__.items() if k not in ("outline", "moves")}
        segments = [(type(s).__name__, repr([_told(p, known) for p in s])) for s in value]
        return ("path", segments, repr(sorted(state.get("values", {}).items())))
    if isinstance(value, se.Point):
        return (float(value.x).hex(), float(value.y).hex())
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *[_told(v, known) for v in value]]
    if isinstance(value, dict):
        return [(str(k), _told(v, known)) for k, v in value.items()]
    if isinstance(value, (float, np.floating)):
        return (type(value).__name__, float(value).hex())
    if isinstance(value, (str, int, bytes, type(None), Enum)):
        return (type(value).__name__, str(value))
    return type(value).__name__


def _make(make):
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
    np.random.seed(0)
    return make()


@pytest.mark.parametrize("name", MADE)
def test_made_as_manim_makes_it(name):
    make = MADE[name]
    theirs = _told(_make(make), {})
    with fast_building():
        first = _make(make)
        assert _told(first, {}) == theirs
        second = make()  # now from every cache there is
        first.shift(RIGHT).set_color(GREEN).scale(2)
        for member in first.get_family():
            member.points[:] = 7
            member.__dict__.get("fill_rgbas", np.zeros(1))[:] = 0.5
            path = member.__dict__.get("path_obj")
            if path is not None:
                path *= "scale(3)"
                path.reify()
        third = _make(make)
    again = _make(make)
    assert _told(third, {}) == theirs
    assert _told(again, {}) == theirs  # nothing of it stays behind
    with fast_animating(), fast_building():
        assert _told(_make(make), {}) == theirs
    if name not in ("text cached",) and not name.startswith(("svg", "markup", "typst", "code")):
        assert _told(second, {}) == theirs


def test_every_part_of_manim_was_found():
    assert all(replacement is not None for _, _, replacement, _ in _replacements())


def test_the_glyphs_of_a_text_are_outlines_until_someone_looks():
    with fast_building():
        glyph = Text("ee")[1]
    assert type(glyph.path_obj) is OutlinePath
    assert glyph.copy().path_obj.d() == Text("ee")[1].path_obj.d()
    assert glyph.path_obj.d() == Text("ee")[1].path_obj.d()
    assert type(glyph.path_obj) is se.Path


def test_everything_is_manims_afterwards():
    before = [vars(owner)[name] for owner, name, *_ in _replacements()]
    with contextlib.suppress(RuntimeError), fast_building():
        assert [vars(owner)[name] for owner, name, *_ in _replacements()] != before
        raise RuntimeError
    assert [vars(owner)[name] for owner, name, *_ in _replacements()] == before


def test_defaults_that_a_scene_sets_hold_and_stay(monkeypatch):
    monkeypatch.setattr(Text, "__init__", vars(Text)["__init__"])
    with fast_building():
        Text.set_default(color=GREEN, font_size=11)
        inside = Text("x")
    outside = Text("x")
    Text.set_default()
    assert inside.color == outside.color == GREEN
    assert _told(inside, {}) == _told(outside, {})


def test_what_a_scene_replaced_stays_replaced(monkeypatch):
    def pink(self, color, opacity):
        return np.array([[1.0, 0.5, 0.5, opacity or 0.0]])

    monkeypatch.setattr(VMobject, "generate_rgbas_array", pink)
    theirs = _told(Text("pink"), {})
    with fast_building():
        assert vars(VMobject)["generate_rgbas_array"] is pink
        assert _told(Text("pink"), {}) == theirs
    monkeypatch.undo()
    with fast_building(), monkeypatch.context() as scene:
        scene.setattr(VMobject, "generate_rgbas_array", pink)
        assert _told(Text("pink"), {}) == theirs


def test_no_file_is_written_beside_the_readers_svg(tmp_path):
    file = tmp_path / "own.svg"
    file.write_text(SHAPES.format(odd=""))
    tmp_path.chmod(0o500)
    try:
        with fast_building():
            assert len(SVGMobject(file)) > 5
    finally:
        tmp_path.chmod(0o700)
    assert [path.name for path in tmp_path.iterdir()] == ["own.svg"]


def test_a_file_that_changes_is_read_again(tmp_path):
    file = tmp_path / "own.svg"
    with fast_building():
        sides = []
        for side in (1, 2):
            file.write_text(f'<svg><path d="M0 0H{side}V{side}H0Z"/></svg>')
            sides.append(SVGMobject(file, height=None, use_svg_cache=False).width)
    assert sides == [1, 2]


@pytest.mark.parametrize(
    "text", ["M0 0L1", "L1 1", "M0 0L1 1ZL2 2Z", "M0 0A1 1 0 0 1 2 2", "M 1e999 0Z"]
)
def test_outlines_leave_odd_paths_to_svgelements(text):
    plain, read = se.Path(), se.Path()
    errors = []
    for parse in (plain.parse, lambda d: Outlines().read(read, d)):
        try:
            parse(text)
            errors.append(None)
        except ValueError as error:
            errors.append(type(error))
    assert errors[0] == errors[1]
    assert type(read) is se.Path
    assert repr(read) == repr(plain)


@pytest.mark.parametrize("colour", [WHITE, RED, "#12345678"])
def test_backgrounds_are_manims(colour):
    def background():
        camera = manim.Camera(pixel_width=7, pixel_height=5, background_opacity=0.4)
        camera.background_color = colour
        return _told(camera.background, {})

    theirs = background()
    with fast_building():
        assert background() == theirs


def test_closing_adds_a_line_to_each_run_of_curves():
    run = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0], [3, 0, 0]], dtype=float)
    points = np.concatenate([run, run + np.array([3, 0, 0]), run + np.array([0, 5, 0])])
    result = closed(points).reshape(-1, 4, 3)
    assert len(result) == 5
    assert result[2, 0].tolist() == [6, 0, 0]
    assert result[2, 3].tolist() == [0, 0, 0]
    assert result[4, [0, 3]].tolist() == [[3, 5, 0], [0, 5, 0]]


class _Longer(manim.Square):
    def reduce_across_dimension(self, reduce_func, dim):
        return 2 * super().reduce_across_dimension(reduce_func, dim)


def _with_a_hole():
    square = manim.Square()
    square.points[3, 1] = np.nan
    return square


def _of_its_own():
    square = manim.Square()
    square.reduce_across_dimension = lambda reduce_func, dim: 7.0
    return VGroup(manim.Circle(), square)


MEASURED = {
    "text": lambda: Text("a word").shift([0.3, 0.1, 0]),
    "nested": lambda: VGroup(VGroup(manim.Square().rotate(1)), VGroup(), manim.Dot(UL)),
    "shared": lambda: VGroup(square := manim.Square(), VGroup(square)),
    "flat": lambda: manim.Line(LEFT, RIGHT),
    "at zero": lambda: manim.Line(ORIGIN, RIGHT),
    "a point": lambda: manim.VectorizedPoint(UP),
    "nothing": VGroup,
    "a hole": _with_a_hole,
    "whole numbers": lambda: _with_points(np.array([[0, 0, 0], [3, 1, 2]])),
    "a class of its own": lambda: VGroup(_Longer(), manim.Circle()),
    "a method of its own": _of_its_own,
    "an image": lambda: manim.ImageMobject(np.zeros((4, 6, 4), np.uint8)),
}


def _with_points(points):
    mobject = Mobject()
    mobject.points = points
    return mobject


@pytest.mark.parametrize("name", MEASURED)
def test_lengths_are_manims(name):
    mobject = MEASURED[name]()
    lengths = [mobject.length_over_dim(dim) for dim in range(3)]
    with fast_building():
        fast = [mobject.length_over_dim(dim) for dim in range(3)]
        assert list(map(type, fast)) == list(map(type, lengths))
        np.testing.assert_array_equal(np.array(fast), np.array(lengths))
        with pytest.raises(AssertionError):
            mobject.length_over_dim(3)
