"""Rollout and flow against their definitions."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from mlanim.models.rollout import rollout
from mlanim.subjects.thoughts.models.attention_flow import attention_flow, capacities


def weights(seed: int) -> np.ndarray:
    """Random attention of up to four layers over up to five words; every other one is causal."""
    random = np.random.default_rng(seed)
    layers, heads, size = random.integers(1, 5), random.integers(1, 4), random.integers(2, 6)
    scores = random.exponential(size=(layers, heads, size, size))
    if seed % 2:
        scores *= np.tri(size)
    return scores / scores.sum(axis=-1, keepdims=True)


def greatest(attention: np.ndarray, position: int, word: int) -> float:
    """The same by networkx."""
    graph = networkx.DiGraph()
    pipes = capacities(attention)
    for (layer, upper, lower), width in np.ndenumerate(pipes):
        graph.add_edge((layer + 1, upper), (layer, lower), capacity=float(width))
    return networkx.maximum_flow_value(graph, (len(pipes), position), (0, word))


@pytest.mark.parametrize("seed", range(50))
def test_flow_is_the_greatest_flow(seed):
    attention = weights(seed)
    size = attention.shape[-1]
    position = seed % size
    found = attention_flow(attention, position)
    wanted = [greatest(attention, position, word) for word in range(size)]
    np.testing.assert_allclose(found, wanted, atol=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_rows_of_rollout_and_pipes_sum_to_1(seed):
    attention = weights(seed)
    np.testing.assert_allclose(rollout(attention).sum(axis=-1), 1, atol=1e-12)
    np.testing.assert_allclose(capacities(attention).sum(axis=-1), 1, atol=1e-12)
