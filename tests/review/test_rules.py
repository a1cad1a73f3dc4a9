"""The rules by themselves, on pictures made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.review.finding import Finding, merge
from mlanim.review.geometry import backdrops, cuts, inside
from mlanim.review.picture import Array, Mark, Picture, Shape, Text
from mlanim.review.rules.colour_alone import colour_alone
from mlanim.review.rules.contrast import contrast
from mlanim.review.rules.flashes import FlashMeter
from mlanim.review.rules.layout import crossed, outside, overlapping, small
from mlanim.review.rules.reading import Caption, Sighting, captions_too_fast, labels_too_short

WHITE, BLACK, GREY = np.ones(3), np.zeros(3), np.full(3, 0.5)


def text(
    words: str, x: float, y: float, ink: Array = BLACK, opacity: float = 1.0, **more: Any
) -> Text:
    """Glyphs of 0.2 x 0.3 units in a row from (x, y)."""
    left = x + 0.25 * np.arange(len(words))
    glyphs = np.stack([left, left * 0 + y, left + 0.2, left * 0 + y + 0.3], axis=1)
    inks = np.tile([*ink, opacity], (len(words), 1))
    return Text(**{
        "name": f"Text {words!r}", "key": id(words), "words": words, "order": 10,
        "glyphs": glyphs, "inks": inks, "cap_height": 0.3, **more,
    })  # fmt: skip


def shape(*corners: tuple[float, float], order: int = 5, **more: Any) -> Shape:
    """A polygon, or a line of two corners."""
    points = np.array(corners, dtype=float)
    closed = len(points) > 2
    ends = np.roll(points, -1, axis=0) if closed else points[1:]
    outline = np.stack([points[: len(ends)], ends], axis=1)
    return Shape(**{
        "name": "Polygon" if closed else "Line", "key": 1, "kind": "Polygon" if closed else "Line",
        "order": order, "outline": outline, "fill": np.zeros(4), "stroke": np.array([0, 0, 0, 1]),
        "width": 0.02, "closed": closed, **more,
    })  # fmt: skip


def box(left: float, bottom: float, right: float, top: float, **more: Any) -> Shape:
    return shape((left, bottom), (right, bottom), (right, top), (left, top), **more)


def filled(color: Array, opacity: float = 1.0) -> dict[str, Any]:
    return {"fill": np.array([*color, opacity]), "stroke": np.zeros(4)}


def picture(**more: Any) -> Picture:
    return Picture(1.0, "step", (14.22, 8.0), WHITE, 0.4, **more)


def look(rule: Callable[..., Any], **more: Any) -> list[Finding]:
    """What a rule that wants to know what lies behind finds in a picture."""
    seen = picture(**more)
    return list(rule(seen, backdrops(seen)))


def test_text_over_text_is_glyph_upon_glyph_not_box_upon_box() -> None:
    upper, lower = text("ab", 0, 0), text("cd", 0.1, 0.1)
    both = picture(texts=[upper, lower])
    assert [f.names for f in overlapping(both, backdrops(both))] == [(upper.name, lower.name)]
    # A label in the gap of another one's words overlaps its box, but none of its glyphs.
    wide = text("a", 0, 0)
    gap = Text("Text 'a b'", 1, "a b", 10, np.array([[0, 0, 0.2, 0.3], [2, 0, 2.2, 0.3]]),
               np.tile([0, 0, 0, 1.0], (2, 1)), 0.3)  # fmt: skip
    between = picture(texts=[gap, text("x", 1, 0)])
    assert not list(overlapping(between, backdrops(between)))
    copy = picture(texts=[wide, text("a", 0, 0)])  # a copy that lies exactly upon it
    assert not list(overlapping(copy, backdrops(copy)))


def test_a_frame_around_text_is_no_crossing_but_one_through_it_is() -> None:
    word = text("word", 0, 0)
    around, through = box(-0.05, -0.05, 1.0, 0.35), box(-0.5, 0.1, 0.5, 1.0)
    assert not look(crossed, texts=[word], shapes=[around])
    assert look(crossed, texts=[word], shapes=[through])


def test_what_cannot_be_seen_crosses_nothing() -> None:
    word, line = text("word", 0, 0), shape((-1, 0.15), (2, 0.15), order=1)
    assert look(crossed, texts=[word], shapes=[line])
    lid = box(-0.2, -0.2, 1.2, 0.5, **filled(WHITE))  # lies on the line, beneath the text
    assert not look(crossed, texts=[word], shapes=[line, lid])
    faint = shape((-1, 0.15), (2, 0.15), stroke=np.array([0, 0, 0, 0.06]))
    assert not look(crossed, texts=[word], shapes=[faint])


def test_a_thick_line_beside_text_touches_it() -> None:
    word = text("word", 0, 0)
    thin, thick = (shape((-1, 0.33), (2, 0.33), width=width) for width in (0.02, 0.2))
    assert not look(crossed, texts=[word], shapes=[thin])
    assert look(crossed, texts=[word], shapes=[thick])


def test_contrast_is_measured_against_what_lies_behind() -> None:
    word = text("word", 0, 0, WHITE)
    panel = box(-1, -1, 2, 1, **filled(BLACK))
    assert not look(contrast, texts=[word], shapes=[panel])
    assert look(contrast, texts=[word])  # white on white
    veil = box(-1, -1, 2, 1, order=6, **filled(WHITE, 0.8))
    assert look(contrast, texts=[word], shapes=[panel, veil])


def test_an_image_behind_text_counts_pixel_by_pixel() -> None:
    pixels = np.ones((1, 2, 4))
    pixels[0, 1, :3] = 0  # the right half is black
    image = box(-1, -1, 1, 1, pixels=pixels, fill=np.zeros(4), stroke=np.zeros(4))
    left, right = text("a", -0.6, 0), text("a", 0.4, 0)
    assert not look(contrast, texts=[left], shapes=[image])
    assert look(contrast, texts=[right], shapes=[image])


def test_dimmed_text_must_have_been_seen_in_full() -> None:
    dimmed = picture(texts=[text("word", 0, 0, opacity=0.5)])
    assert not list(contrast(dimmed, backdrops(dimmed), {"word"}))
    assert list(contrast(dimmed, backdrops(dimmed)))


def test_the_margin_holds_for_text_and_boxes_but_not_for_panels() -> None:
    near = text("near", 6.0, 0)
    assert [f.problem.split(":")[0] for f in outside(picture(texts=[near]))] == [
        "inside the margin"
    ]
    assert len(list(outside(picture(shapes=[box(6.8, 0, 7.5, 1)])))) == 1
    assert not list(outside(picture(shapes=[box(-8, 3, 8, 5, **filled(GREY))])))
    assert not list(outside(picture(shapes=[shape((0, 0), (9, 0))])))  # a line may run out


@pytest.mark.parametrize(("cap", "count"), [(0.18, 0), (0.16, 1)])
def test_the_smallest_capitals(cap: float, count: int) -> None:
    p = picture(texts=[text("word", 0, 0, cap_height=cap)])
    assert len(list(small(p, backdrops(p)))) == count


def sightings(*shown: tuple[float, str]) -> list[Sighting]:
    return [Sighting(t, "s", True, {w: f"Label {w!r}" for w in words.split("|") if w})
            for t, words in shown]  # fmt: skip


def test_a_label_counts_from_half_of_its_way_in_to_half_of_its_way_out() -> None:
    five = "one two three four five"  # 1.5 s
    long_enough = sightings((0, ""), (0.5, five), (1.5, five), (2.0, ""))
    assert not list(labels_too_short(long_enough, 3))
    (found,) = labels_too_short(sightings((0, ""), (0.5, five), (1.0, five), (1.5, "")), 3)
    assert "for 1.0 s" in found.problem
    assert "1.5 s" in found.problem


def test_at_a_low_rate_a_label_may_lack_a_frame() -> None:
    five = "one two three four five"  # 1.5 s
    shown = sightings((0, ""), (0.5, five), (1.4, five), (1.75, ""))  # 1.325 s
    assert list(labels_too_short(shown, 3, frame=1 / 15))
    assert not list(labels_too_short(shown, 3, frame=1 / 5))


def test_the_end_of_a_part_is_no_evidence() -> None:
    late = sightings((2.8, ""), (2.9, "too late"))
    assert list(labels_too_short(late, 3))
    assert not list(labels_too_short(late, 3, part=True))


def test_captions_take_time() -> None:
    words = "one two three four five"
    assert not list(captions_too_fast([Caption("s", 0, 1.5, words)]))
    assert list(captions_too_fast([Caption("s", 0, 1.2, words)]))


@pytest.mark.parametrize(("flashes", "found"), [(2, 0), (3, 0), (5, 1)])
def test_more_than_three_flashes_a_second(flashes: int, found: int) -> None:
    meter, dark = FlashMeter(), np.zeros((90, 160, 4), np.uint8)
    bright = dark + np.uint8(255)
    for i in range(30):
        lit = i < 2 * flashes and i % 2  # in the first second
        meter.see(bright if lit else dark, i / 15, "blink")
    assert len(list(meter.findings())) == found


def test_a_small_light_may_flash() -> None:
    meter, dark = FlashMeter(), np.zeros((90, 160, 4), np.uint8)
    spot = dark.copy()
    spot[:9, :16] = 255
    for i in range(30):
        meter.see([dark, spot][i % 2], i / 15, "blink")
    assert not list(meter.findings())


def test_grey_print_needs_lightness_and_screens_need_hue() -> None:
    red, green = np.array([0.85, 0.25, 0.2]), np.array([0.35, 0.5, 0.1])
    marks = [Mark("a", "Dot", red), Mark("b", "Dot", green)]
    (on_screen,) = colour_alone(picture(marks=marks))
    assert "ΔE" in on_screen.problem
    (in_print,) = colour_alone(picture(marks=marks, theme="print"))
    assert "L*" in in_print.problem
    for other in (Mark("b", "Square", green), Mark("b", "Dot", green, label="cats")):
        assert not list(colour_alone(picture(marks=[marks[0], other])))


def test_the_same_fault_is_told_once_with_how_long_it_lasts() -> None:
    faults = [Finding("s", time, "small", ("Label 'a'",), "p", "a") for time in (1.0, 2.0, 4.0)]
    (told,) = merge(faults)
    assert (told.time, told.seconds) == (1.0, 3.0)


def test_parts_of_one_thing_are_told_together() -> None:
    cells = [Finding("s", 1, "untrue", (f"TensorBox 'h' cell {i}",), "p", "a") for i in range(3)]
    (told,) = merge(cells)
    assert told.who == "TensorBox 'h' cells 0, 1, 2"


coordinates = st.floats(-3, 3).map(lambda value: round(value, 2))


@given(st.tuples(*[coordinates] * 4), st.tuples(*[coordinates] * 4))
def test_a_piece_cuts_a_box_as_its_points_say(
    ends: tuple[float, ...], sides: tuple[float, ...]
) -> None:
    left, right = sorted(sides[::2])
    bottom, top = sorted(sides[1::2])
    piece = np.array(ends).reshape(1, 2, 2)
    along = piece[0, 0] + np.linspace(0, 1, 400)[:, None] * (piece[0, 1] - piece[0, 0])
    margin = 1e-9
    within = (
        (along[:, 0] > left + margin) & (along[:, 0] < right - margin)
        & (along[:, 1] > bottom + margin) & (along[:, 1] < top - margin)
    )  # fmt: skip
    if within.any() and np.ptp(along, axis=0).any():
        assert cuts(piece, np.array([[left, bottom, right, top]]))[0, 0]


@given(st.integers(3, 12), st.floats(0, 6), coordinates, coordinates)
def test_inside_is_less_than_the_radius_away(n: int, turn: float, x: float, y: float) -> None:
    angles = turn + np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = shape(*zip(2 * np.cos(angles), 2 * np.sin(angles), strict=True))
    away, inner = np.hypot(x, y), 2 * np.cos(np.pi / n)
    hit = bool(inside(np.array([[x, y]]), ring)[0])
    if away < inner - 1e-6:
        assert hit
    if away > 2 + 1e-6:
        assert not hit


def test_a_point_level_with_where_an_outline_closes_is_inside() -> None:
    angles = 0.2 + np.linspace(0, 2 * np.pi, 33)
    corners = np.column_stack([2 * np.cos(angles), 0.225 + 2 * np.sin(angles)])
    corners[-1] = corners[0] - [0, 1e-15]  # as floating point ends it
    ring = replace(shape(*corners), outline=np.stack([corners[:-1], corners[1:]], axis=1))
    level = np.linspace(corners[0, 1] - 2e-15, corners[0, 1] + 2e-15, 41)
    assert inside(np.column_stack([np.zeros(41), level]), ring).all()
