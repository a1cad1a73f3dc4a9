"""Lloyd's rounds against what they promise."""

from itertools import pairwise

import numpy as np

from mlanim.primitives.area import Area
from mlanim.subjects.means import MeansPlane
from mlanim.subjects.means.models.lloyd import k_means


def test_the_sum_of_squares_never_grows():
    points = np.random.default_rng(0).normal(size=(40, 2))
    made = k_means(points, points[:3], 6)
    sums = [
        (np.linalg.norm(points[:, None] - means, axis=-1).min(axis=1) ** 2).sum()
        for means in made.means
    ]
    assert all(after <= before for before, after in pairwise(sums))


def test_the_means_are_drawn_where_they_are():
    plane = MeansPlane([[0, 0], [2, 1]], [[0.5, 0.25]], area=Area(0, 0, 6, 4))
    np.testing.assert_allclose(plane.values, [[0.5, 0.25]], atol=1e-9)
