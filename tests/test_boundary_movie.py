"""A reader's own estimator and arrays become a film."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from mlanim.boundary_movie import BoundaryMovie
from mlanim.errors import UsageError

RANDOM = np.random.default_rng(0)
LABELS = RANDOM.choice(["ash", "elm", "oak"], 80)
CENTRES = {"ash": (0, 0), "elm": (4, 0), "oak": (0, 4)}
POINTS = np.array([CENTRES[label] for label in LABELS]) + RANDOM.normal(size=(80, 2)) / 2
SMALL = {"resolution": "96,54", "fps": 4}


def test_an_estimator_in_memory_learns_arrays_in_memory(tmp_path):
    estimator = KNeighborsClassifier(3)
    movie = BoundaryMovie(estimator, POINTS, LABELS, sizes=[12, 40], fits=2, **SMALL)
    made = movie.render(tmp_path / "a.mp4", format="mp4")
    assert made.paths[0].stat().st_size > 1000
    assert [step.path for step in made.steps] == ["points", "learn"]
    assert not hasattr(estimator, "classes_"), "the reader's own was fitted"


def test_it_shows_itself_in_a_notebook():
    movie = BoundaryMovie(KNeighborsClassifier(3), POINTS, LABELS, sizes=[12], **SMALL)
    assert movie._repr_html_().startswith("<video controls")
    assert movie.still().size == (96, 54)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((KNeighborsClassifier, POINTS, LABELS), "a class"),
        (("knn", POINTS, LABELS), "str without fit"),
        ((KNeighborsClassifier(), POINTS[:5], LABELS), "labels"),
        ((KNeighborsClassifier(), POINTS.T, LABELS), "shape"),
        ((KNeighborsClassifier(), POINTS, ["a"] * 80), "1 kinds"),
    ],
)
def test_what_cannot_be_is_told_at_once(arguments, told):
    with pytest.raises(UsageError, match=told):
        BoundaryMovie(*arguments)
