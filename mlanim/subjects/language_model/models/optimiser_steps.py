"""What was written down while the language model was trained: losses, and steps seen from near."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import NDArray

from mlanim.models.weights import load_arrays

__all__ = ["OptimiserSteps", "load_optimiser_steps"]


@dataclass(frozen=True)
class OptimiserSteps:
    """Predictions for one window just before and just after a step of the optimiser on it."""

    loss_steps: NDArray  # (n,)
    losses: NDArray  # (n,) in nats
    checkpoint_steps: NDArray  # (c,)
    before: NDArray  # (c, T, V)
    after: NDArray  # (c, T, V)
    window: NDArray  # (T + 1,): token t + 1 is what should follow token t


def load_optimiser_steps() -> OptimiserSteps:
    """Those of the bundled model.

    >>> load_optimiser_steps().before.shape == load_optimiser_steps().after.shape
    True
    """
    return OptimiserSteps(**load_arrays(__package__, "language-model-training"))
