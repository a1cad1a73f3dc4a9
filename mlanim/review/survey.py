"""Survey: one look at a Manim scene gives a Picture, the plain data that the rules read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from manim import (
    CoordinateSystem,
    DecimalNumber,
    Line,
    ManimColor,
    MarkupText,
    Mobject,
    NumberLine,
    Paragraph,
    ParametricFunction,
    Scene,
    SingleStringMathTex,
    SurroundingRectangle,
    Text,
    ThreeDCamera,
    TracedPath,
    Typst,
    VectorField,
    VMobject,
)
from manim.mobject.geometry.tips import ArrowTip
from manim.mobject.types.image_mobject import AbstractImageMobject

from mlanim.primitives.text import Glyph, Label
from mlanim.review import picture
from mlanim.review.naming import Names, words_of
from mlanim.review.outlines import boxes_of, outlines_of
from mlanim.review.picture import VISIBLE, Array, Mark, Picture, Shape
from mlanim.review.primitives_read import mark_of, tensor_of, weights_of
from mlanim.review.surrounded import Surrounded
from mlanim.review.text_size import cap_height

__all__ = ["survey"]

_TEXTS = (Label, Text, MarkupText, Paragraph, SingleStringMathTex, Typst, DecimalNumber)
_WITH_TEXT = (Line, SurroundingRectangle)  # which texts take along: underlines, backgrounds
_PLOTS = (CoordinateSystem, NumberLine, ParametricFunction, TracedPath, VectorField)
_STROKE_UNIT = 0.01  # Manim units for a stroke width of 1
_BOLDER = 1.6  # times the width of another line, and it looks another
_PLAIN_MARGIN = 0.2  # units, where no theme says
_SHORT_SIDE = 8.0
_REACH = 0.4  # units within which a text is a shape's label
_DEEPEST = 4  # wholes above a shape: what lies deeper (axes, tables) is a part, not a mark

Chain = tuple[Mobject, ...]


def survey(
    scene: Scene,
    time: float,
    step: str,
    *,
    texts_only: bool = False,
    surrounded: Surrounded | None = None,
) -> Picture:
    """Look at everything on screen. `texts_only` is for moments within a play.

    Args:
        scene: a scene of the Cairo renderer, at any moment.
        time: seconds of the output.
        step: what the moment is called in findings.
        surrounded: what frames were drawn around, as far as it was noted.
    """
    view = _View(scene)
    theme = getattr(scene, "theme", None)
    looked = Picture(
        time,
        step,
        view.size,
        np.array(ManimColor(scene.camera.background_color).to_rgb()),
        getattr(theme, "margin", _PLAIN_MARGIN),
        "print" if getattr(theme, "grey_safe", False) else getattr(theme, "name", ""),
        settled=not texts_only,
        moved=view.moved,
    )
    leaves, wholes = _walk(scene)
    names = Names()
    runs: dict[int, list[tuple[int, Chain, VMobject]]] = {}
    shapes: list[tuple[int, Chain]] = []
    for order, (chain, text_at) in enumerate(leaves):
        leaf = chain[-1]
        if text_at is not None and not isinstance(leaf, _WITH_TEXT):
            runs.setdefault(id(chain[text_at]), []).append((order, chain[: text_at + 1], leaf))
        elif not texts_only:
            shapes.append((order, chain))
    looked.texts.extend(_texts(list(runs.values()), view, names))
    looked.shapes.extend(_shapes(shapes, view, names))
    if not texts_only:
        known = surrounded or Surrounded()
        drawn = {id(chain[-1]): chain[-1] for _, chain in shapes}
        looked.frames.extend(
            frame
            for shape in looked.shapes
            if (frame := known.frame_of(drawn[shape.key], shape, view.points))
        )
        on_screen = {id(mobject) for chain, _ in leaves for mobject in chain if _visible(chain[-1])}
        present = [chain for chain in wholes if id(chain[-1]) in on_screen]
        looked.tensors.extend(t for chain in present if (t := tensor_of(chain)))
        looked.weights.extend(w for chain in present if (w := weights_of(chain)))
        looked.marks.extend(mark for chain in present if (mark := mark_of(chain)))
        looked.marks.extend(_plain_marks(shapes, looked))
    return looked


class _View:
    """Where the camera looks; from its coordinates to a frame whose short side is 8."""

    def __init__(self, scene: Scene) -> None:
        camera: Any = scene.camera
        self.camera = camera
        width, height = float(camera.frame_width), float(camera.frame_height)
        self.scale = _SHORT_SIDE / min(width, height)
        self.size = (width * self.scale, height * self.scale)
        self.centre = np.asarray(camera.frame_center, dtype=float)[:2]
        self.flat = not isinstance(camera, ThreeDCamera)
        standing = np.allclose(self.centre, 0) and np.isclose(self.scale, 1, rtol=0.02)
        self.moved = not (standing and self.flat)

    def points(self, mobject: VMobject) -> Array:
        """The mobject's points (n, 2) as the frame shows them."""
        points = mobject.points
        if not self.flat:
            points = self.camera.transform_points_pre_display(mobject, points)
        return (points[:, :2] - self.centre) * self.scale


def _walk(scene: Scene) -> tuple[list[tuple[Chain, int | None]], list[Chain]]:
    """All drawn parts from back to front, each with its chain of wholes and the place of the text
    in it; and the chains of what mlanim's primitives are."""
    leaves: dict[int, tuple[Chain, int | None]] = {}
    wholes: list[Chain] = []

    def descend(chain: Chain, text_at: int | None) -> None:
        mobject = chain[-1]
        if text_at is None and isinstance(mobject, _TEXTS):
            text_at = len(chain) - 1
        if type(mobject).__module__.startswith("mlanim.") and not isinstance(mobject, Glyph):
            wholes.append(chain)
        if len(mobject.points):
            leaves.pop(id(mobject), None)  # drawn last where it was added last, as Manim does
            leaves[id(mobject)] = (chain, text_at)
        for child in mobject.submobjects:
            descend((*chain, child), text_at)

    for mobject in dict.fromkeys([*scene.mobjects, *scene.foreground_mobjects]):
        descend((mobject,), None)
    return sorted(leaves.values(), key=lambda leaf: leaf[0][-1].z_index), wholes


def _visible(leaf: Mobject) -> bool:
    if isinstance(leaf, AbstractImageMobject):
        return True
    if not isinstance(leaf, VMobject):
        return False
    return bool(
        (len(leaf.fill_rgbas) and leaf.fill_rgbas[0, 3] > VISIBLE)
        or (len(leaf.stroke_rgbas) and leaf.stroke_rgbas[0, 3] > VISIBLE and leaf.stroke_width > 0)
    )


def _texts(
    runs: list[list[tuple[int, Chain, VMobject]]], view: _View, names: Names
) -> Iterator[picture.Text]:
    glyphs = [glyph for run in runs for _, _, glyph in run if isinstance(glyph, VMobject)]
    if not glyphs:
        return
    boxes = dict(
        zip(map(id, glyphs), boxes_of([view.points(glyph) for glyph in glyphs]), strict=True)
    )
    for run in runs:
        seen = [
            (order, boxes[id(glyph)], ink)
            for order, _, glyph in run
            if isinstance(glyph, VMobject) and (ink := _ink(glyph))[3] > VISIBLE
        ]
        if not seen:
            continue
        chain = run[0][1]
        words = words_of(chain[-1])
        all_boxes = np.array([boxes[id(glyph)] for _, _, glyph in run])
        yield picture.Text(
            name=names.of(chain),
            key=id(chain[-1]),
            words=words,
            order=seen[-1][0],
            glyphs=np.array([box for _, box, _ in seen]),
            inks=np.array([ink for _, _, ink in seen]),
            cap_height=cap_height(chain[-1], words, all_boxes, view.scale),
        )


def _ink(glyph: VMobject) -> Array:
    """Its fill, or its stroke where it is drawn as an outline only; RGBA."""
    fill = glyph.fill_rgbas[0] if len(glyph.fill_rgbas) else np.zeros(4)
    if fill[3] > VISIBLE or not len(glyph.stroke_rgbas) or not glyph.stroke_width > 0:
        return fill
    return glyph.stroke_rgbas[0]


def _shapes(found: list[tuple[int, Chain]], view: _View, names: Names) -> Iterator[Shape]:
    drawn = [
        (order, chain)
        for order, chain in found
        if isinstance(chain[-1], VMobject) and len(chain[-1].points) >= 4 and _visible(chain[-1])
    ]
    points = [view.points(chain[-1]) for _, chain in drawn]
    for (order, chain), own, outline in zip(drawn, points, outlines_of(points), strict=True):
        leaf = chain[-1]
        closed = bool(np.abs(own[0] - own[len(own) // 4 * 4 - 1]).max() < 1e-4)
        yield Shape(
            name=names.of(chain),
            key=id(leaf),
            kind=_kind(chain, closed),
            order=order,
            outline=outline,
            fill=leaf.fill_rgbas[0] if len(leaf.fill_rgbas) else np.zeros(4),
            stroke=leaf.stroke_rgbas[0] if len(leaf.stroke_rgbas) else np.zeros(4),
            width=float(leaf.stroke_width) * _STROKE_UNIT * view.scale,
            closed=closed,
            plotted=not closed and any(isinstance(m, _PLOTS) for m in chain),
            plain=not any(type(m).__module__.startswith("mlanim.") for m in chain),
        )
    for order, chain in found:
        if isinstance(chain[-1], AbstractImageMobject):
            yield _image(order, chain, view, names)


def _image(order: int, chain: Chain, view: _View, names: Names) -> Shape:
    image: Any = chain[-1]
    low, high = view.points(image).min(axis=0), view.points(image).max(axis=0)
    corners = np.array([low, [high[0], low[1]], high, [low[0], high[1]], low])
    none = np.zeros(4)
    return Shape(
        name=names.of(chain),
        key=id(image),
        kind="Image",
        order=order,
        outline=np.stack([corners[:-1], corners[1:]], axis=1),
        fill=none,
        stroke=none,
        width=0.0,
        pixels=np.asarray(image.get_pixel_array(), dtype=float) / 255,
    )


def _kind(chain: Chain, closed: bool) -> str:
    leaf = chain[-1]
    if isinstance(leaf, ArrowTip) or any(getattr(m, "tip", None) is leaf for m in chain[:-1]):
        return "ArrowTip"
    if isinstance(leaf, Line):
        return "Line"
    return type(leaf).__name__ if closed else "Curve"


def _plain_marks(shapes: list[tuple[int, Chain]], looked: Picture) -> Iterator[Mark]:
    """The shapes that no primitive of ours explains, each with the text in or beside it."""
    ours = {
        order
        for order, chain in shapes
        if any(type(m).__module__.startswith("mlanim.") for m in chain) or len(chain) > _DEEPEST
    }
    for shape in looked.shapes:
        if shape.order in ours or shape.kind in ("ArrowTip", "Image"):
            continue
        look = shape.kind
        if shape.closed:
            look += " {:.1f}x{:.1f}".format(*(shape.box[2:] - shape.box[:2]))
        elif shape.width > 0:
            look += f" {round(np.log(shape.width) / np.log(_BOLDER))}"
        color = shape.fill[:3] if shape.filled else shape.stroke[:3]
        yield Mark(shape.name, look, color, _label_of(shape, looked.texts))


def _label_of(shape: Shape, texts: list[picture.Text]) -> str:
    """The words of the nearest text within reach of the shape's box."""
    best, label = _REACH, ""
    for text in texts:
        gap = np.maximum(text.box[:2] - shape.box[2:], shape.box[:2] - text.box[2:]).max()
        if gap < best:
            best, label = gap, text.words
    return label
