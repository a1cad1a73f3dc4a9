"""Train the small network that reads digits: NumPy and the digits of scikit-learn, a few seconds.

    python -m training.systems.train_digits

It writes digit-network.npz (float32) beside the models that read it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import mlanim.subjects.systems.models as room
from mlanim.subjects.systems.models.digit_network import DigitNetwork, digits, eight_bit

WEIGHTS = Path(room.__file__).parent / "weights"


def gradients(weights: list[NDArray], inputs: NDArray, labels: NDArray) -> list[NDArray]:
    """Of the mean cross-entropy, for each array."""
    first, first_bias, second, second_bias = weights
    hidden = np.maximum(inputs @ first + first_bias, 0)
    logits = hidden @ second + second_bias
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.arange(len(labels)), labels] -= 1
    errors = chances / len(labels)
    back = (errors @ second.T) * (hidden > 0)
    return [inputs.T @ back, back.sum(axis=0), hidden.T @ errors, errors.sum(axis=0)]


def train(options: argparse.Namespace) -> DigitNetwork:
    """Adam on noisy digits, with a little weight decay."""
    rng = np.random.default_rng(options.seed)
    inputs, labels = digits()["inputs"], digits()["labels"]
    units = options.hidden
    weights = [
        rng.normal(size=(64, units)) * np.sqrt(2 / 64),
        np.zeros(units),
        rng.normal(size=(units, 10)) * np.sqrt(1 / units),
        np.zeros(10),
    ]
    means, squares = [0 * w for w in weights], [0 * w for w in weights]
    step, total = 0, options.epochs * (len(labels) // options.batch)
    for _ in range(options.epochs):
        order = rng.permutation(len(labels))
        for start in range(0, len(labels) - options.batch + 1, options.batch):
            rows = order[start : start + options.batch]
            noisy = np.clip(inputs[rows] + 0.12 * rng.normal(size=(len(rows), 64)), 0, 1)
            step += 1
            rate = options.rate * (1 - step / total)
            for i, gradient in enumerate(gradients(weights, noisy, labels[rows])):
                means[i] = 0.9 * means[i] + 0.1 * gradient
                squares[i] = 0.999 * squares[i] + 0.001 * gradient**2
                lead = means[i] / (1 - 0.9**step)
                spread = np.sqrt(squares[i] / (1 - 0.999**step))
                weights[i] = weights[i] * (1 - 0.01 * rate) - rate * lead / (spread + 1e-8)
    return DigitNetwork(*(array.astype(np.float32) for array in weights))


def main() -> None:
    """Train, tell what it reaches on held-out digits, and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hidden", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    network = train(options)
    held, labels = digits()["held_out_inputs"], digits()["held_out_labels"]
    for name, model in (("float", network), ("int8", eight_bit(network, digits()["inputs"]))):
        right = (model.logits(held).argmax(axis=1) == labels).mean()
        print(f"{name}: {100 * right:.1f} % of {len(labels)} held-out digits")
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "digit-network.npz"
    partial = path.with_suffix(".partial.npz")
    np.savez_compressed(partial, **vars(network))
    partial.replace(path)
    print(f"{path.name}: {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
