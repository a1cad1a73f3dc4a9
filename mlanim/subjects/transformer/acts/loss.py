"""The loss: one-hot targets, predictions while they learn, and the curve of the training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.subjects.transformer import LossPage
from mlanim.subjects.transformer.models.training_log import TrainingLog

__all__ = ["loss", "of_targets", "sentence_loss"]


def loss(scene: Explainer, log: TrainingLog, vocabulary: Sequence[str]) -> None:
    """What the log's own sentence was translated to at each checkpoint."""
    words = [vocabulary[index] for index in log.targets]
    page = LossPage(
        words,
        of_targets(log, 0),
        loss=sentence_loss(log, 0),
        step=int(log.checkpoint_steps[0]),
        log=(log.loss_steps, log.losses),
        **scene.on(scene.body),
    )
    scene.turn_to("Training: wanted and predicted", page.wanted, page.names[0])
    scene.wait(0.8)
    scene.play(do.appear(page.predicted, page.names[1], page.counts))
    scene.wait(1.2)
    scene.play(scene.retitle("Training makes the loss fall"), do.appear(page.curve))
    for checkpoint, step in enumerate(log.checkpoint_steps[1:], 1):
        pace = 1.6 if checkpoint < 4 else 1.0
        scene.play(
            page.predicted.animate(run_time=pace).set_values(of_targets(log, checkpoint)),
            page.loss.animate(run_time=pace).set_value(sentence_loss(log, checkpoint)),
            page.step.animate(run_time=pace).set_value(int(step)),
            page.curve.animate(run_time=pace).set_step(int(step)),
        )
        scene.wait(0.3)


def of_targets(log: TrainingLog, checkpoint: int) -> NDArray:
    """Probabilities (m, k + 1) of the k different right words, in their order, and of all others.

    >>> from mlanim.subjects.transformer.models.training_log import load_training_log
    >>> of_targets(load_training_log(), 0).sum(axis=1).round(4).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    predicted = np.asarray(log.predictions[checkpoint], dtype=float)
    right = predicted[:, list(dict.fromkeys(log.targets.tolist()))]
    return np.column_stack([right, np.clip(1 - right.sum(axis=1), 0, 1)])


def sentence_loss(log: TrainingLog, checkpoint: int) -> float:
    """The cross-entropy of the sentence in nats: the mean of -log p of the right words."""
    predicted = np.asarray(log.predictions[checkpoint], dtype=float)
    return float(-np.log(predicted[np.arange(len(log.targets)), log.targets]).mean())
