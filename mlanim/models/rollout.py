"""Attention rollout: how attention flows from the words through all layers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["rollout"]


def rollout(attention: NDArray) -> NDArray:
    """Weights (L, H, T, T) to the flow up to each layer, (L, T, T); rows sum to 1.

    A layer's heads are averaged, half of each position's flow stays where it is (the residual
    connection), and layers are multiplied. Abnar & Zuidema 2020 (arXiv 2005.00928), section 3.

    >>> flow = rollout(np.full((2, 1, 2, 2), 0.5))
    >>> flow[-1].tolist()
    [[0.625, 0.375], [0.375, 0.625]]
    """
    size = attention.shape[-1]
    flows, flow = [], np.eye(size)
    for layer in attention.mean(axis=1):
        flow = (0.5 * layer + 0.5 * np.eye(size)) @ flow
        flows.append(flow)
    return np.stack(flows)
