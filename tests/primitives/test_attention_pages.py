"""Products, one word's table, pictures of weights and codes: in place, and true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.dot_product_attention import scaled_dot_product
from mlanim.models.positions import sinusoidal
from mlanim.primitives import Area, HeadGrid, Heading, HeatImage, Matmul
from mlanim.subjects.transformer import (
    HeadMaps,
    LookBack,
    PositionMap,
    SelfAttentionTable,
    WavePlot,
)
from mlanim.theme import LIGHT

FRAMES = ((14.22, 8.0), (8.0, 8.0), (8.0, 14.22))
BODIES = [Heading.body(Area.of_frame(*frame)) for frame in FRAMES]


def stays_in(mobject: Any, area: Area) -> bool:
    low, high = mobject.get_corner((-1, -1, 0)), mobject.get_corner((1, 1, 0))
    out = max(area.left - low[0], area.bottom - low[1], high[0] - area.right, high[1] - area.top)
    return bool(out < 0.06)


def waves(*shape: int) -> np.ndarray:
    return np.sin(np.arange(float(np.prod(shape)))).reshape(shape)


def shares(*shape: int) -> np.ndarray:
    array = 1.01 + waves(*shape)
    return array / array.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("area", BODIES, ids=str)
@pytest.mark.parametrize("n", [1, 3, 31])
def test_pages_of_any_size_stay_in_their_area(n: int, area: Area) -> None:
    words = ["européenne"] * n
    trace = scaled_dot_product(waves(n, 8)[:1], waves(n, 8), waves(n, 8))
    pages = [
        Matmul(
            waves(n, 32), waves(32, 8), bias=waves(8), names=("X", "Wq", "Q"), rows=words, area=area
        ),
        Matmul(waves(n, 8), waves(8, n), names=("Q", "K", "scores"), rows=words, area=area),
        SelfAttentionTable(
            words, waves(n, 8)[0], waves(n, 8), waves(n, 8), trace, looking="une", area=area
        ),
        HeadMaps(shares(4, n, n), words, words, area=area),
        HeadGrid(shares(12, 12, n, n), area=area),
        PositionMap(sinusoidal(max(2, n), 64), area=area),
        WavePlot(waves(n), name="dimension 0", area=area),
    ]
    for page in pages:
        assert stays_in(page, area), type(page).__name__


@pytest.mark.parametrize("area", BODIES, ids=str)
@pytest.mark.parametrize("n", [2, 3, 4])
def test_a_page_with_few_rows_grows_them(n: int, area: Area) -> None:
    keys = waves(n, 4)
    trace = scaled_dot_product(keys[:1], keys, keys)
    table = SelfAttentionTable(["word"] * n, keys[0], keys, keys, trace, looking="word", area=area)
    pages = [
        *(table.as_far_as(stage) for stage in ("scores", "softmax")),
        *(table, Matmul(keys, waves(4, 3), names=("A", "B", "C"), area=area)),
    ]
    for page in pages:
        assert stays_in(page, area)
        assert max(page.width / area.width, page.height / area.height) > 0.7


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 5), st.integers(1, 6), st.integers(1, 5))
def test_a_product_is_numpys(n: int, k: int, m: int) -> None:
    a, b = waves(n, k), waves(k, m)
    page = Matmul(a, b, names=("A", "B", "C"), area=BODIES[0])
    assert np.array_equal(page.c.values, a @ b)


def test_a_wrong_product_is_refused() -> None:
    with pytest.raises(UsageError, match="not a times b"):
        Matmul([[1.0]], [[2.0]], c=[[3.0]], names=("a", "b", "c"), area=BODIES[0])
    with pytest.raises(UsageError, match="as many columns"):
        Matmul([[1.0, 2.0]], [[2.0]], names=("a", "b", "c"), area=BODIES[0])


def test_the_heaviest_words_are_kept_and_the_others_summed() -> None:
    n = 36
    keys, values = waves(n, 4), waves(n, 4) + 1
    trace = scaled_dot_product(keys[:1], keys, values)
    words = [f"w{i}" for i in range(n)]
    table = SelfAttentionTable(words, keys[0], keys, values, trace, looking="w0", area=BODIES[0])
    drawn = len(table.keys)
    assert drawn < n and table.words[-1].text == f"{n - drawn} others"
    assert table.bars.weights.sum() == pytest.approx(1)
    total = sum(box.values for box in table.weighted)
    assert np.allclose(total, table.z.values)
    assert np.allclose(table.z.values, trace.output[0])


def test_pixels_have_the_scales_colours() -> None:
    values = np.array([[0.0, 0.5], [-1.0, 1.0]])
    image = HeatImage(values, width=2, height=2, role="context", limit=1)
    expected = np.rint(255 * LIGHT.signed(values, 1, "context"))
    assert np.array_equal(image.pixel_array[:, :, :3], expected)
    blank = HeatImage(values, width=2, height=2, blank=values < 0)
    assert blank.pixel_array[:, :, 3].tolist() == [[255, 255], [0, 255]]


def test_an_outline_lies_around_its_map() -> None:
    grid = HeadGrid(shares(3, 4, 5, 5), area=BODIES[0])
    first, last = grid.outline(0, 0), grid.outline(2, 3)
    assert first.get_left()[0] == pytest.approx(grid.picture.get_left()[0], abs=0.05)
    assert last.get_right()[0] == pytest.approx(grid.picture.get_right()[0], abs=0.05)
    assert last.get_bottom()[1] == pytest.approx(grid.picture.get_bottom()[1], abs=0.05)
    with pytest.raises(UsageError, match="layers, heads, tokens, tokens"):
        HeadGrid(shares(4, 5, 5), area=BODIES[0])


def test_a_row_of_the_map_is_pointed_at() -> None:
    picture = PositionMap(sinusoidal(10, 16), area=BODIES[0])
    cell = picture.map.cell_at(7, 0)
    assert picture.row(7).get_y() == pytest.approx(cell.get_y(), abs=0.03)


def test_too_long_a_sentence_to_look_back_is_refused() -> None:
    with pytest.raises(UsageError, match="40 words"):
        LookBack(["w"] * 40, np.full(40, 1 / 40), 3, area=BODIES[0])
