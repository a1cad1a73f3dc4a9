"""Layers for a graph that runs from left to right, with few crossings between them.

After Sugiyama, Tagawa and Toda 1981: nodes are put into layers, edges that pass a layer get a place
in it, and each layer is sorted by the mean place of its neighbours, to and fro. Then each place is
tried everywhere in its layer (sifting: Matuszewski, Schönfeld and Molitor 1999).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import networkx as nx

__all__ = ["Inputs", "Passer", "Place", "crossings", "layers_of", "passing", "sorted_layers"]

Inputs = Sequence[Sequence[int]]  # for each node those that it is computed from
Passer = tuple[int, int, int]  # an edge's ends, and the layer that it passes
Place = int | Passer
_SWEEPS = 12
_SIFTED = 3  # of the orders that the sweeps found


def layers_of(inputs: Inputs, widest: int) -> list[list[int]]:
    """Layers of at most `widest` nodes, each node as near before its first use as there is room.

    >>> layers_of([(), (), (0, 1), (), (2, 3)], 2)
    [[0, 1], [2, 3], [4]]
    """
    graph = nx.DiGraph((i, j) for j, sources in enumerate(inputs) for i in sources)
    graph.add_nodes_from(range(len(inputs)))
    depth = {n: d for d, layer in enumerate(nx.topological_generations(graph)) for n in layer}
    waiting = {node: graph.out_degree(node) for node in graph}
    ready = [node for node, uses in waiting.items() if not uses]
    layers: list[list[int]] = []
    while ready:
        ready.sort(key=lambda node: (-depth[node], node))
        layer, ready = sorted(ready[:widest]), ready[widest:]
        layers.append(layer)
        for node in layer:
            for source in graph.predecessors(node):
                waiting[source] -= 1
                if not waiting[source]:
                    ready.append(source)
    return layers[::-1]


def sorted_layers(layers: Sequence[Sequence[int]], inputs: Inputs) -> list[list[Place]]:
    """The same layers, and what passes them, in an order with few crossings; deterministic.

    >>> sorted_layers([[0, 1], [2, 3], [4]], [(), (), (1,), (0,), (2, 3)])
    [[0, 1], [3, 2], [4]]
    >>> sorted_layers([[0], [1], [2]], [(), (0,), (0, 1)])[1]
    [1, (0, 2, 1)]
    """
    places = passing(layers, inputs)
    links = _links(places, layers, inputs)
    tried = [places]
    for sweep in range(_SWEEPS):
        tried.append(_swept(tried[-1], links, forward=sweep % 2 == 0))
    # of the same order only the first; the sweeps come to rest soon
    apart = {str(one): one for one in tried}.values()
    counted = sorted(((crossings(one, links), i, one) for i, one in enumerate(apart)))
    sifted = (_sifted(one, links, fewest) for fewest, _, one in counted[:_SIFTED])
    return min(sifted, key=lambda one: crossings(one, links))


def crossings(places: Sequence[Sequence[Place]], links: Sequence[tuple[Place, Place]]) -> int:
    """How often links between neighbouring layers cross.

    >>> crossings([[0, 1], [2, 3]], [(0, 3), (1, 2)])
    1
    """
    at = {node: (i, k) for i, layer in enumerate(places) for k, node in enumerate(layer)}
    between: dict[int, list[tuple[int, int]]] = {}
    for one, other in links:
        between.setdefault(at[one][0], []).append((at[one][1], at[other][1]))
    return sum(
        (a - c) * (b - d) < 0
        for pairs in between.values()
        for i, (a, b) in enumerate(pairs)
        for c, d in pairs[:i]
    )


def passing(layers: Sequence[Sequence[int]], inputs: Inputs) -> list[list[Place]]:
    """The layers with a place for every edge that passes through."""
    at = {node: i for i, layer in enumerate(layers) for node in layer}
    places: list[list[Place]] = [[*layer] for layer in layers]
    for node, sources in enumerate(inputs):
        for source in dict.fromkeys(s for s in sources if node in at and s in at):
            for layer in range(at[source] + 1, at[node]):
                places[layer].append((source, node, layer))
    return places


def _links(
    places: Sequence[Sequence[Place]], layers: Sequence[Sequence[int]], inputs: Inputs
) -> list[tuple[Place, Place]]:
    at = {node: i for i, layer in enumerate(layers) for node in layer}
    links: list[tuple[Place, Place]] = []
    for node, sources in enumerate(inputs):
        for source in dict.fromkeys(s for s in sources if node in at and s in at):
            way: list[Place] = [source]
            way += [(source, node, i) for i in range(at[source] + 1, at[node])]
            way.append(node)
            links += pairwise(way)
    return links


def _sifted(
    places: list[list[Place]], links: Sequence[tuple[Place, Place]], fewest: int
) -> list[list[Place]]:
    """Each place where it crosses least, as long as that takes any crossing away."""
    layer_of = {place: i for i, layer in enumerate(places) for place in layer}
    near: list[list[tuple[Place, Place]]] = [[] for _ in places]  # the links of each layer
    for one, other in links:
        near[layer_of[one]].append((one, other))
        near[layer_of[other]].append((one, other))
    best, before = places, fewest + 1
    while 0 < fewest < before:
        before = fewest
        for i, layer in enumerate(best):
            here = crossings(best, near[i])
            for place in layer:
                rest = [other for other in best[i] if other != place]
                for k in range(len(layer)):
                    tried = [*best[:i], [*rest[:k], place, *rest[k:]], *best[i + 1 :]]
                    if (now := crossings(tried, near[i])) < here:
                        best, fewest, here = tried, fewest - here + now, now
    return best


def _swept(
    places: list[list[Place]], links: Sequence[tuple[Place, Place]], *, forward: bool
) -> list[list[Place]]:
    near: dict[Place, list[Place]] = {}
    for one, other in links:
        near.setdefault(other if forward else one, []).append(one if forward else other)
    done = [list(layer) for layer in places]
    order = range(1, len(done)) if forward else range(len(done) - 2, -1, -1)
    for i in order:
        before = done[i - 1 if forward else i + 1]
        rank = {node: (k + 0.5) / len(before) for k, node in enumerate(before)}
        here = {node: (k + 0.5) / len(done[i]) for k, node in enumerate(done[i])}
        mean = {
            node: sum(rank[n] for n in near[node]) / len(near[node]) if node in near else here[node]
            for node in done[i]
        }
        done[i].sort(key=lambda node: (mean[node], here[node]))
    return done
