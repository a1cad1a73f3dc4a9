"""Pictures of networks, read back: pixels, thickness, contours, lines."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from dataclasses import replace

import numpy as np
import pytest

import mlanim.subjects.networks.primitives as primitives
from mlanim.colour import from_hex
from mlanim.errors import UsageError
from mlanim.primitives.area import Area
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.houses import houses
from mlanim.subjects.networks.models.playground import points_of, train_playground
from mlanim.subjects.networks.models.small_network import (
    first_weights,
    network_graph,
    train_network,
)
from mlanim.subjects.networks.models.surfaces import SURFACES
from mlanim.subjects.networks.primitives.graph_edge import GraphEdge
from mlanim.subjects.networks.primitives.graph_page import GraphPage, graph_layouts
from mlanim.subjects.networks.primitives.line_page import LinePage
from mlanim.subjects.networks.primitives.loss_surface import LossSurface
from mlanim.subjects.networks.primitives.plain_number import plain_number
from mlanim.subjects.networks.primitives.playground_page import PlaygroundPage
from mlanim.subjects.networks.primitives.unit_view import signed_shades
from mlanim.theme import LIGHT, THEMES

MODULES = [module.name for module in pkgutil.iter_modules(primitives.__path__)]
PAGE = Area(-6.7, -3.6, 13.4, 6.4)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"{primitives.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.fixture(scope="module")
def trained():
    return train_playground(points_of("circles", 120, seed=2), [4, 3], steps=120, seed=1)


def _data(chart, places):
    box = chart.box
    share = (places[:, :2] - (box.left, box.bottom)) / (box.width, box.height)
    low, high = np.array([chart.x[0], chart.y[0]]), np.array([chart.x[1], chart.y[1]])
    return low + share * (high - low)


@pytest.mark.parametrize("stage", [0, 7, 20.5])
def test_wires_are_as_thick_as_their_weights(trained, stage):
    page = PlaygroundPage(trained, area=PAGE).set_stage(stage)
    layers = trained.fit.model.layers(trained.parameters(int(stage)))
    inks = [from_hex(ink) for ink in page.wires.inks]
    widest = page.wires.heaviest / page.wires.limit
    for gap, (weights, _) in enumerate(layers):
        assert np.allclose(page.wires.thickness(gap), widest * np.abs(weights), atol=1e-9)
    first = page.wires.wires_into(0, 0)
    for wire, weight in zip(first, layers[0][0][:, 0], strict=True):
        ink = inks[int(weight > 0)]
        assert np.allclose(from_hex(wire.get_stroke_color().to_hex()), ink, atol=1 / 255)


def test_views_and_boundary_are_the_stages(trained):
    page = PlaygroundPage(trained, area=PAGE).set_stage(30)
    *hidden, scores = trained.seen(30)
    for views, layer in zip(page.views, hidden, strict=True):
        for view, values in zip(views, layer, strict=True):
            assert np.array_equal(view.values, values[::2, ::2])
            pixels = view.picture.pixel_array[::-1, :, :3].astype(float)
            # One class's colour has more blue, the other's more red.
            warm = pixels[..., 0] - pixels[..., 2]
            clear = np.abs(view.values) > 0.2
            assert (np.sign(warm[clear]) == np.sign(view.values[clear])).all()
    assert np.array_equal(page.plane.drawn_data["regions"], scores.argmax(axis=0))
    assert page.numbers[1].text == f"{trained.fit.losses[30]:.3f}"
    corner = page.plane.frame.get_corner([-1, -1, 0])
    share = (page.plane.line.points[:, :2] - corner[:2]) / page.plane.frame.width
    x, y = np.clip((share * 64 - 0.5).round().astype(int), 0, 63).T
    assert np.abs(scores[1][y, x] - 0.5).max() < 0.5 and len(x) > 20


def test_a_unit_without_bounds_has_full_colour_where_it_ends_highest():
    made = train_playground(points_of("xor", 60), [3, 4], activation="relu", steps=40)
    page = PlaygroundPage(made, area=PAGE, stage=made.stages - 1)
    firing = [view for views in page.views for view in views if view.values.any()]
    assert len(firing) > 3
    for view in firing:
        full = signed_shades(LIGHT, 0.8)[-1]
        highest = np.unravel_index(view.values.argmax(), view.values.shape)
        shown = view.picture.pixel_array[::-1][highest][:3].astype(float)
        assert np.abs(shown - full).max() < 12  # every second cell is drawn


def test_a_stage_does_not_depend_on_those_before(trained):
    one, other = PlaygroundPage(trained, area=PAGE), PlaygroundPage(trained, area=PAGE)
    one.set_stage(11)
    other.set_stage(40).set_stage(11.3)  # the network that was last there
    for a, b in zip(one.get_family(), other.get_family(), strict=True):
        assert np.array_equal(a.points, b.points)
        if hasattr(a, "pixel_array"):
            assert np.array_equal(a.pixel_array, b.pixel_array)


@pytest.mark.parametrize("name", SURFACES)
def test_contours_lie_on_the_loss_itself(name):
    surface = SURFACES[name]
    left, right, bottom, top = surface.view
    across, up = np.linspace(left, right, 160), np.linspace(bottom, top, 160)
    losses = surface.value(np.stack(np.meshgrid(across, up), axis=-1))
    drawn = LossSurface(across, up, losses, area=PAGE, square=True)
    spread = losses.max() - losses.min()
    for contour, level in zip(drawn.contours, drawn.levels, strict=True):
        found = surface.value(_data(drawn.chart, contour.points[::4]))
        assert np.abs(found - level).max() < 0.004 * spread


def test_the_line_on_the_page_is_the_fit():
    page = LinePage(houses(), (0.1, 100.0), area=PAGE)
    fit = page.fit
    (x0, y0), (x1, y1) = _data(fit.chart, fit.line.points[[0, -1]])
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.1)
    assert y0 - 0.1 * x0 == pytest.approx(100.0)
    for error, size, price in zip(fit.errors, fit.inputs, fit.targets, strict=True):
        start, end = _data(fit.chart, error.points[[0, -1]])
        assert np.allclose(start, [size, price])
        assert np.allclose(end, [size, 0.1 * size + 100])


@pytest.mark.parametrize("area", [PAGE, Area(-3.6, -3.6, 7.2, 6.2), Area(-3.6, -6.7, 7.2, 12.4)])
def test_all_numbers_of_the_network_fit_their_cards(area):
    graph = network_graph()
    steps = train_network(first_weights(6), 0.3, 12)
    layouts = graph_layouts(graph, [run for step in steps for run in step.runs], area=area)
    shown = set()
    for layout in layouts:
        page = GraphPage(graph, steps[0].named(0), area=area, layout=layout)
        for example in (0, 3):
            named = steps[-1].named(example)
            page.set_named([named[name] for name in graph.names])
            run = graph.run(named)
            for node, card in page.cards.items():
                assert card.value.text == plain_number(run.values[node])
                assert card.gradient.text == plain_number(run.gradients[node])
                inside = card.frame.width / 2 - np.abs(card.value.get_left() - card.get_center())[0]
                assert inside > 0
                assert card.value.get_left()[0] > card.sign.get_right()[0]
            for (_, end, place), edge in page.edges.items():
                assert edge.slope.text == plain_number(run.slopes[end][place])
        shown |= set(page.edges)
    assert shown == set(graph.edges)


def test_what_cannot_be_read_in_a_frame_is_refused():
    graph = read_expression("+".join("abcdefghijklmnopqrstuvwxyz"))
    run = graph.run(dict.fromkeys(graph.names, 1.5))
    assert len(graph_layouts(graph, [run], area=PAGE)) == 1
    with pytest.raises(UsageError, match="27 nodes"):
        graph_layouts(graph, [run], area=Area(-3.6, -2.4, 7.2, 4.7))


def test_numbers_on_edges_stand_apart_and_off_the_cards():
    graph = read_expression("(a*b + c)*(a - b)/(c**2 + exp(a)) + log(max(a, c))")
    page = GraphPage(graph, {"a": 2.0, "b": -3.0, "c": 5.5}, area=PAGE)
    labels = [edge.slope for edge in page.edges.values()]
    boxes = [(m.get_left()[0], m.get_bottom()[1], m.get_right()[0], m.get_top()[1]) for m in labels]
    cards = [card.frame for card in page.cards.values()]
    boxes += [(m.get_left()[0], m.get_bottom()[1], m.get_right()[0], m.get_top()[1]) for m in cards]
    for i, one in enumerate(boxes[: len(labels)]):
        for other in boxes[i + 1 :]:
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            assert min(wide, high) < 0.02


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_draws_them(theme, trained):
    page = PlaygroundPage(trained, area=PAGE, theme=THEMES[theme])
    assert page.marks.classes[0].get_fill_color().to_hex() == THEMES[theme].role("class_a").ink


@pytest.mark.parametrize("points", [[(0, 0), (4, 1)], [(0, 0), (1, 1), (3, -1), (5, 2)]])
def test_the_slope_stands_on_its_edge_and_on_no_card(points):
    way = np.column_stack([points, np.zeros(len(points))])
    free = GraphEdge(way, slope=2.0)
    middle = free.line.point_from_proportion(_share(free))
    assert np.allclose(free.plate.get_center(), middle, atol=1e-9)
    assert 0.45 < _share(free) < 0.55
    left, bottom, right, top = free.box
    moved = GraphEdge(way, slope=2.0, taken=[(left - 0.1, bottom - 3, right + 0.1, top + 3)])
    assert np.allclose(moved.plate.get_center(), moved.line.point_from_proportion(_share(moved)))
    assert moved.box[2] <= left or right <= moved.box[0]


def _share(edge):
    """Which of the places that are tried is nearest to the number."""
    tried = np.linspace(0.12, 0.88, 20)
    apart = [
        np.linalg.norm(edge.line.point_from_proportion(s) - edge.plate.get_center()) for s in tried
    ]
    return tried[int(np.argmin(apart))]


@pytest.mark.parametrize("size", [(13.4, 6.4), (6.4, 5.4), (6.4, 6.2), (6.4, 11.0)])
def test_the_playgrounds_loss_has_room_for_its_axes_in_wide_letters_too(size):
    wide = replace(LIGHT, fonts=replace(LIGHT.fonts, sans=LIGHT.fonts.mono))
    made = train_playground(points_of("xor", 40), [4, 3], steps=20)
    area = Area(-size[0] / 2, -size[1] / 2, *size)
    page = PlaygroundPage(made, area=area, theme=wide)
    assert page.chart.box.height > 0.4
    beside = [tick for tick in page.chart.ticks if tick.get_x() < page.chart.box.left]
    heights = sorted(tick.get_y() for tick in beside)
    assert len(page.chart.ticks) > len(heights) >= 2
    assert min(np.diff(heights)) > max(tick.height for tick in beside)
    assert page.losses.get_bottom()[1] > area.bottom - 0.01
    assert page.numbers.get_right()[0] < area.right + 0.01
