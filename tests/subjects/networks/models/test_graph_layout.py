"""Graphs lay themselves out: in layers, with few crossings, legible, nothing upon another."""

from __future__ import annotations

from itertools import pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlanim.models.graph_layers import (
    crossings,
    layers_of,
    passing,
    sorted_layers,
)
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.graph_layout import Measures, lay_out, pages_of
from mlanim.subjects.networks.models.small_network import network_graph

MEASURES = Measures(height=0.64, beside=0.8, below=0.1)
ROOMS = {"16:9": (13.4, 5.1), "1:1": (7.2, 5.1), "9:16": (7.2, 11.0)}
TEXTS = {
    "default": "(a*b + c).tanh()",
    "chain": "a" + ".tanh()" * 39,
    "ladder": "((((((((a*b+c)*d+e)*f+g)*h+i)*j+k)*l+m)*n+o)*p+q).tanh()",
    "sum": "+".join("abcdefghijklmnopqrstuvwxyz"),
    "reuse": "(a*b + a*c + b*c) * (a + b + c)**2 / (1 + exp(a)) + max(a, b, c)",
}


@st.composite
def dags(draw, most=40):
    """Inputs of each node, as expressions have them: one end, every node used."""
    count = draw(st.integers(2, most))
    inputs = [()]
    for i in range(1, count):
        inputs.append(tuple(draw(st.lists(st.integers(0, i - 1), max_size=3, unique=True))))
    used = {s for sources in inputs for s in sources}
    inputs.append(tuple(i for i in range(count) if i not in used))
    return inputs


@settings(max_examples=60, deadline=None)
@given(dags(), st.integers(1, 8))
def test_layers_hold_every_node_once_and_inputs_come_first(inputs, widest):
    layers = layers_of(inputs, widest)
    at = {node: i for i, layer in enumerate(layers) for node in layer}
    assert sorted(at) == list(range(len(inputs))) and sum(map(len, layers)) == len(inputs)
    assert all(len(layer) <= widest for layer in layers)
    assert all(at[s] < at[n] for n, sources in enumerate(inputs) for s in sources)


def _links(places, inputs):
    at = {p: i for i, layer in enumerate(places) for p in layer}
    links = []
    for node, sources in enumerate(inputs):
        for source in sources:
            between = [(source, node, i) for i in range(at[source] + 1, at[node])]
            links += pairwise([source, *between, node])
    return links


@settings(max_examples=40, deadline=None)
@given(dags(most=6))
@example([(), (), (0,), (0, 1), (1, 2), (2,), (3, 4, 5)])  # means alone leave two of none
def test_few_crossings_are_near_the_fewest_there_can_be(inputs):
    layers = layers_of(inputs, 4)
    places = passing(layers, inputs)
    if np.prod([float(np.prod(range(1, len(layer) + 1))) for layer in places]) > 3000:
        return
    links = _links(places, inputs)
    fewest = min(crossings(choice, links) for choice in product(*(permutations(p) for p in places)))
    assert crossings(sorted_layers(layers, inputs), links) <= fewest + 1


@pytest.mark.parametrize("shape", ROOMS)
@pytest.mark.parametrize("name", [*TEXTS, "network"])
def test_cards_are_legible_within_the_room_and_apart(name, shape):
    if (name, shape) == ("sum", "1:1"):
        return  # one node of 26 inputs is one page, and a small square has no room for it
    graph = network_graph() if name == "network" else read_expression(TEXTS[name])
    inputs = [node.inputs for node in graph.nodes]
    widths = [1.15 + 0.13 * len(node.sign) for node in graph.nodes]
    pages = pages_of(inputs, widths, ROOMS[shape], MEASURES)
    shown = set()
    for page in pages:
        assert page.scale >= 1
        size = min(page.scale, 2.2)
        half = np.stack([np.array(page.widths) / 2, np.full(len(page.nodes), 0.32)], axis=1) * size
        assert (np.abs(page.centres) + half <= np.array(ROOMS[shape]) / 2 + 1e-6).all()
        away = np.abs(page.centres[:, None] - page.centres[None])
        apart = (away >= half[:, None] + half[None] - 1e-6).any(axis=-1)
        assert apart[~np.eye(len(apart), dtype=bool)].all()
        held = set(page.nodes)
        shown |= {n for n in page.nodes if set(inputs[n]) <= held}
    assert shown == set(range(len(inputs)))


@pytest.mark.parametrize("name", ["default", "reuse"])
def test_one_page_is_enough_in_a_wide_frame(name):
    graph = read_expression(TEXTS[name])
    widths = [1.15 + 0.13 * len(node.sign) for node in graph.nodes]
    assert len(pages_of([n.inputs for n in graph.nodes], widths, ROOMS["16:9"], MEASURES)) == 1


@pytest.mark.parametrize("text", [TEXTS["default"], "(((a*b + c)*d + e)*f + g)*h"])
def test_in_a_narrow_frame_inputs_stand_above_and_all_is_larger(text):
    graph = read_expression(text)
    inputs = [node.inputs for node in graph.nodes]
    widths = [1.15 + 0.13 * len(node.sign) for node in graph.nodes]
    wide, tall = (lay_out(inputs, widths, ROOMS[shape], MEASURES) for shape in ("16:9", "9:16"))
    assert tall.downward and not wide.downward
    height = dict(zip(tall.nodes, tall.centres[:, 1], strict=True))
    assert all(height[s] > height[n] for n, sources in enumerate(inputs) for s in sources)
    layers = len({*tall.columns})
    beside = ROOMS["9:16"][0] / (1.15 * layers + MEASURES.beside * (layers - 1))
    assert tall.scale > 1.2 * beside  # the scale of as many columns
