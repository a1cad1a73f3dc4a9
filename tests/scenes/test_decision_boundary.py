"""The boundary that is drawn is the estimator's, the dashed one the densities'."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from mlanim.cli import cli
from mlanim.models.boundary_data import DATA, known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.classifiers import MODELS, Settings
from mlanim.primitives import Area, BoundaryPlane
from mlanim.render.engine import render
from mlanim.render.spec import RenderSpec
from mlanim.scene_module import run_file

SCENE = Path(__file__).parents[2] / "scenes" / "decision_boundary.py"


def film(**spec: Any):
    settings = RenderSpec(width=48, height=26, fps=2, format="none", **spec)
    return render(run_file(SCENE).DecisionBoundary, settings)


@pytest.mark.parametrize("number", range(len(MODELS)))
def test_every_model_plays(number):
    data = DATA[number % len(DATA)]
    values = {"model": MODELS[number], "data": data, "sizes": [12, 30], "trees": 8}
    assert [step.path for step in film(values=values).steps] == ["optimal", "learn"]


@pytest.mark.parametrize("model", ["logistic", "qda", "knn", "svm", "mars"])
def test_on_both_sides_of_the_drawn_line_predictions_differ(model):
    fit = fit_growing(known_problem("normals"), model, [80], Settings())[0]
    plane = BoundaryPlane((-3, 5, -3, 5), area=Area(0, 0, 8, 8))
    curves = plane.solid(fit.decision).points.reshape(-1, 4, 3)
    starts, ends = curves[:, 0, :2], curves[:, -1, :2]
    along = ends - starts
    keep = np.linalg.norm(along, axis=1) > 1e-6
    middle = (starts + ends)[keep] / 2 - 3  # one unit of the page is one of the data here
    across = along[keep][:, ::-1] * (1, -1)
    across *= 0.09 / np.linalg.norm(across, axis=1, keepdims=True)
    sides = [fit.model.predict(middle + sign * across) for sign in (1, -1)]
    assert (sides[0] != sides[1]).mean() > 0.97


def test_the_dashed_line_is_where_both_densities_are_equal():
    problem = known_problem("normals")
    plane = BoundaryPlane(problem.view, area=Area(0, 0, 8, 8))
    at = plane.dashed(problem.margin).points[:, :2] - 3
    x, y = at.T
    assert len(at) and np.abs(13 * x - 7 * y - 3 * x * y).max() < 0.2


@pytest.mark.parametrize("options", [[], ["--theme", "dark", "--aspect", "1:1"]])
def test_it_is_clean(options):
    done = CliRunner().invoke(
        cli, ["check", "decision-boundary", "-q", "l", "--fps", "2", *options]
    )
    assert done.exit_code == 0, done.output
