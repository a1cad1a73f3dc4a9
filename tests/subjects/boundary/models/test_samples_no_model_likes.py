"""Samples of every unlucky kind: each model learns from them, or says in a line why it cannot."""

from __future__ import annotations

import re
import warnings

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlanim.boundary_movie import BoundaryMovie
from mlanim.errors import UsageError
from mlanim.subjects.boundary.models.classifiers import MODELS, Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.fit_obstacles import obstacle
from mlanim.subjects.boundary.models.task import array_task

RANDOM = np.random.default_rng(0)
KINDS = np.arange(60) % 2
BASE = RANDOM.normal(size=(60, 2)) + 2.5 * KINDS[:, None] * [1, 0]
FAR = BASE.copy()
FAR[5] = [1e6, -1e6]
FLAT = BASE.copy()
FLAT[KINDS == 0, 0] = 3.0
SPOT = BASE.copy()
SPOT[KINDS == 0] = [3.0, 1.0]
SAMPLES = {
    "one far away": (FAR, KINDS),
    "two spots": (np.stack([KINDS, KINDS], 1), KINDS),
    "two spots of both": (np.stack([KINDS, KINDS], 1), np.arange(60) // 2 % 2),
    "one line": (np.stack([BASE[:, 0], 2 * BASE[:, 0] + 1], 1), KINDS),
    "one class on a line": (FLAT, KINDS),
    "one class in a spot": (SPOT, KINDS),
    "two points of a class": (BASE, (np.arange(60) < 2).astype(int)),
    "tiny": (BASE * 1e-300, KINDS),
    "large": (BASE * 1e11, KINDS),
    "unlike units": (BASE * [1e-9, 1e9], KINDS),
    "a large offset": (BASE + 1e9, KINDS),
    "whole numbers": (np.round(BASE), KINDS),
    "eight points": (BASE[:8], KINDS[:8]),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_model_learns_or_says_why_not(sample, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    task = array_task(*SAMPLES[sample])
    sizes = [4, len(task.points)] if sample.startswith("two spots") else [len(task.points)]
    said = {}
    for model in MODELS:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                fits = fit_growing(task, model, sizes, Settings(trees=3))
            except UsageError as error:
                said[model] = str(error)
                continue
        assert all(np.isfinite(fit.test_error) for fit in fits)
    for model, line in said.items():
        assert line.startswith(f"{model} cannot learn from the first "), line
        assert "sizes=" in line or "another model" in line
        assert "Error" not in line and "reg_param" not in line
    assert set(said) <= {"lda", "qda", "naive-bayes", "adaboost"}


def test_discriminant_analysis_says_what_it_needs():
    task = array_task(*SAMPLES["one class on a line"])
    with pytest.raises(UsageError, match=r"the points of 0 lie on one line.*another model"):
        fit_growing(task, "qda", [42], Settings())
    assert fit_growing(task, "lda", [42], Settings())[0].test_error < 0.5


@pytest.mark.parametrize("model", ["lda", "qda"])
def test_a_row_that_dwarfs_all_is_named_and_not_its_class(model):
    """The other points lie on no line, and the line does not say so."""
    far = BASE.copy()
    far[5] = [1e11, 1e11]
    with pytest.raises(UsageError, match=r"the row of 1 with .* = 100, .* = 100 .*a slip") as told:
        fit_growing(array_task(far, KINDS), model, [42], Settings())
    assert "line" not in str(told.value)


def test_lda_names_the_class_whose_line_is_its_end():
    """One class on a long line, the other a small cloud far below the line's resolution."""
    points = np.where((KINDS == 0)[:, None], np.arange(60.0)[:, None] * [1e10, 1e10], BASE)
    why = obstacle("lda", points, KINDS, ("elm", "oak"))
    assert why.startswith("the points of elm lie on one line")
    parallel = np.stack([BASE[:, 0], BASE[:, 0] + KINDS], 1)
    assert obstacle("lda", parallel, KINDS, ("elm", "oak")).startswith("the points of each class")
    assert obstacle("lda", BASE, KINDS, ("elm", "oak")) == ""


def test_numbers_too_close_to_draw_are_told_apart():
    points = np.stack([1e9 + np.arange(60) * 1e-7, BASE[:, 1]], 1)
    with pytest.raises(UsageError, match=r"from (\S+) to (\S+): .*subtract 1e\+09") as told:
        array_task(points, KINDS)
    low, high = re.findall(r"from (\S+) to (\S+):", str(told.value))[0]
    assert float(low) < float(high)


@pytest.mark.parametrize("labels", [BASE[:, 0], np.arange(60) * 7, list(map(str, BASE[:, 1]))])
def test_a_measurement_is_no_class(labels):
    with pytest.raises(UsageError, match=r"a measurement, not a class.*median"):
        array_task(BASE, labels)


def test_labels_that_are_the_same_number_are_one_class():
    assert array_task(BASE, ["1", "1.0", "0", 0] * 15).classes == ("0", "1")


@pytest.mark.parametrize(
    ("estimator", "told"),
    [
        (LinearRegression(), "LinearRegression is a regressor"),
        (make_pipeline(StandardScaler(), LinearRegression()), "LinearRegression is a regressor"),
        (KMeans(2), "KMeans is a clusterer"),
    ],
)
def test_what_predicts_no_classes_is_refused(estimator, told):
    with pytest.raises(UsageError, match=told):
        BoundaryMovie(estimator, BASE, KINDS)
