"""k-means: means that find the middle of their points."""

from __future__ import annotations

import numpy as np

from mlanim.explainer import Explainer, parameter
from mlanim.subjects.means.acts.rounds import play_rounds
from mlanim.subjects.means.models.lloyd import k_means


class KMeans(Explainer):
    """k-means: assign each point to the nearest mean, move each mean to the middle of its own."""

    k: int = parameter(3, "means", low=2, high=6)
    rounds: int = parameter(4, "of assigning and moving", low=1, high=12)

    def construct(self):
        draw = np.random.default_rng(1)
        centres = draw.uniform(-4, 4, (self.k, 1, 2))
        points = (centres + draw.normal(size=(self.k, 20, 2))).reshape(-1, 2)
        made = k_means(points, points[: self.k], self.rounds)
        with self.step("rounds", say="Each mean moves to the middle of the points nearest to it."):
            play_rounds(self, made)
            self.wait(0.5)
