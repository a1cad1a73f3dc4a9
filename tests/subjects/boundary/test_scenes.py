"""The boundary that is drawn is the estimator's, the dashed one the densities'."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from manim import VMobject, Wait

from mlanim.cli import cli
from mlanim.models.boundary_data import DATA, known_problem
from mlanim.primitives import Area
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.stage.observer import Observer
from mlanim.scene_module import run_file
from mlanim.subjects.boundary import (
    BoundaryPlane,
    ErrorCurve,
    LearnedBoundary,
    NeighbourProbe,
    PriorSweep,
    TreeDiagram,
    VoteGrid,
)
from mlanim.subjects.boundary.models import manners as manners
from mlanim.subjects.boundary.models.classifiers import MODELS, Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.task import known_task

SCENES = Path(__file__).parents[3] / "scenes"
SQUARE = Area(0, 0, 8, 8)  # on the view -3..5 of the normals, a unit of the page is one of the data


def film(scene: str = "decision_boundary", **spec: Any):
    settings = RenderSpec(**{"width": 48, "height": 26, "fps": 2, "format": "none", **spec})
    module = run_file(SCENES / f"{scene}.py")
    return render(
        module.DecisionBoundary if scene[0] == "d" else module.CompareBoundaries, settings
    )


def fitted(model: str, count: int = 80, data: str = "normals", **settings: Any):
    task = known_task(known_problem(data), count, 1)
    return fit_growing(task, model, [max(4, count // 2), count], Settings(**settings))


def plane_of_normals() -> BoundaryPlane:
    return BoundaryPlane((-3, 5, -3, 5), area=SQUARE)


def pieces(line: VMobject) -> np.ndarray:
    """Starts and ends (n, 2, 2) of a line's straight pieces, in the data's units."""
    curves = line.points.reshape(-1, 4, 3)
    return curves[:, [0, -1], :2] - 3


@pytest.mark.parametrize("number", range(len(MODELS)))
def test_every_model_plays(number):
    data = DATA[number % len(DATA)]
    values = {"model": MODELS[number], "data": data, "sizes": [12, 30], "fits": 0, "trees": 8}
    steps = [step.path for step in film(values=values).steps]
    assert steps == ["optimal", "manner", "learn", "prior"]


@pytest.mark.parametrize("model", [m for m in MODELS if m != "gaussian-process"])
def test_across_the_drawn_line_predictions_differ(model):
    fit = fitted(model, trees=10)[-1]
    ends = pieces(plane_of_normals().solid(fit.grid))
    along = ends[:, 1] - ends[:, 0]
    keep = np.linalg.norm(along, axis=1) > 1e-6
    across = along[keep][:, ::-1] * (1, -1)
    across *= 0.05 / np.linalg.norm(across, axis=1, keepdims=True)
    middle = ends[keep].mean(axis=1)
    # A tree may cut a sliver that is thinner than a cell: look in several places across the line.
    seen = np.array([fit.model.predict(middle + part * across) for part in np.linspace(-1, 1, 21)])
    assert len(middle) > 10 and (seen.min(axis=0) != seen.max(axis=0)).mean() > 0.99


def test_the_dashed_line_is_where_both_densities_are_equal():
    problem = known_problem("normals")
    plane = plane_of_normals()
    at = plane.dashed(plane.values(problem.margin)).points[:, :2] - 3
    x, y = at.T
    assert len(at) and np.abs(13 * x - 7 * y - 3 * x * y).max() < 0.2


@pytest.mark.parametrize("stage", [0, 0.4, 0.9, 1])
def test_each_line_that_is_drawn_is_a_fits_and_each_point_the_samples(stage):
    fits = fitted("qda")
    plane = plane_of_normals()
    learned = LearnedBoundary(plane, fits)
    learned.set_stage(stage)
    at = int(stage)
    assert np.array_equal(learned.line.points, plane.solid(fits[at].grid).points)
    if len(learned.coming.points):
        assert np.array_equal(learned.coming.points, plane.solid(fits[at + 1].grid).points)
    wanted = fits[0].count + stage * (fits[1].count - fits[0].count)
    assert learned.count == pytest.approx(wanted, abs=1)
    whole = fits[1]
    seen = plane.sees(whole.points, 0.05)
    for kind in (0, 1):
        mine = seen & (whole.kinds == kind) & (np.arange(len(seen)) < learned.count)
        drawn = learned.marks.places_shown(kind)[:, :2] - 3
        assert len(drawn) >= mine.sum()
        assert np.abs(drawn[: mine.sum()] - whole.points[mine]).max() < 1e-9


def test_regions_have_the_colour_of_the_predicted_class():
    fit = fitted("knn")[-1]
    plane = plane_of_normals()
    pixels = plane.regions(fit.grid).pixel_array[::-1].reshape(-1, 4)
    bluer = pixels[:, 2].astype(int) - pixels[:, 0] > 3  # class 0 is blue, class 1 orange
    sure = np.abs(fit.grid[:, 1] - fit.grid[:, 0]) > 0.3
    assert np.array_equal(bluer[sure], fit.grid[sure].argmax(axis=1) == 0)


def test_rings_are_around_the_support_vectors():
    fit = fitted("svm")[-1]
    plane = plane_of_normals()
    rings = plane.rings(fit.points[fit.model.support_]).points.reshape(-1, 16, 3)
    seen = plane.sees(fit.model.support_vectors_, 0.05)
    middles = (rings.min(axis=1) + rings.max(axis=1))[:, :2] / 2 - 3
    assert np.abs(middles - fit.points[fit.model.support_][seen]).max() < 1e-9


def test_the_tree_that_is_drawn_has_the_estimators_leaves_and_depth():
    fit = fitted("tree", data="mixture")[-1]
    tree = TreeDiagram(manners.tree_splits(fit.model), area=Area(0, 0, 6, 5))
    assert len(tree.leaves) == fit.model.get_n_leaves()
    assert len(tree.branches) == fit.model.get_n_leaves() - 1
    assert len({round(node[0].get_y(), 1) for node in tree.nodes}) == fit.model.get_depth() + 1


def test_votes_are_those_of_the_trees():
    fit = fitted("forest", trees=12)[-1]
    heard = manners.forest_votes(fit.model, np.array([[1.0, 1.0]]))[:, 0]
    grid = VoteGrid(heard, ["a", "b"], area=Area(0, 0, 5, 3))
    for kind in (0, 1):
        drawn = len(grid.rows[kind].points) // 16
        told = [label.text for label in grid.counts][kind]
        alone = sum(int(tree.predict([[1.0, 1.0]])[0]) == kind for tree in fit.model.estimators_)
        assert drawn == alone and told == f"{'ab'[kind]}: {alone}"


def test_a_probe_is_linked_to_its_nearest_and_takes_their_majority():
    fit = fitted("knn")[-1]
    plane = plane_of_normals()
    probe = NeighbourProbe(plane, fit, ["a", "b"], area=Area(9, 0, 4, 3))
    for at in ([0.0, 2.0], [1.0, 0.9], [2.5, -0.5]):
        probe.set_at(np.array(at))
        far = np.linalg.norm(fit.points - at, axis=1)
        nearest = np.argsort(far)[: fit.model.n_neighbors]
        ends = pieces(probe.links)[:, 1]
        assert {tuple(p) for p in ends.round(6)} == {tuple(p) for p in fit.points[nearest].round(6)}
        inside = far <= far[nearest].max() + 1e-9
        assert inside.sum() == fit.model.n_neighbors
        winner = int(fit.kinds[nearest].mean() > 0.5)
        role = plane.theme.role(("class_a", "class_b")[winner])
        assert probe.probe.get_fill_color().to_hex().upper() == role.ink


def test_the_errors_told_are_the_fits():
    fits = fitted("logistic")
    curve = ErrorCurve(
        [fit.count for fit in fits],
        {
            "training error": [fit.training_error for fit in fits],
            "test error": [fit.test_error for fit in fits],
        },
        floor=0.0731,
        area=Area(0, 0, 6, 5),
    )
    for stage, fit in enumerate(fits):
        curve.set_stage(stage)
        told = [float(number.text) for number in curve.numbers]
        assert told == pytest.approx([fit.training_error, fit.test_error], abs=5e-4)
        assert curve.size.text == str(fit.count)
        for head, error in zip(curve.heads, (fit.training_error, fit.test_error), strict=True):
            assert np.allclose(head.get_center(), curve.point(fit.count, error))


def test_the_prior_moves_the_dashed_line_and_the_error():
    problem = known_problem("normals")
    points, kinds = problem.sample(np.random.default_rng(0), 200)
    area = {"page": SQUARE, "panel": Area(9, 0, 5, 6)}
    sweep = PriorSweep(problem, points, kinds, **area)
    for prior in (0.1, 0.5, 0.8):
        sweep.set_prior(prior)
        here = problem.with_prior(prior)
        at = sweep.dashed.points[:, :2] - 3
        assert np.abs(here.margin(at)).max() < 0.05
        assert sweep.error.value == pytest.approx(here.bayes_error(), abs=1e-6)


def test_a_page_votes_where_the_films_probe_came_to_rest():
    seen = {}

    class Last(Observer):
        def play_finished(self, scene, time):
            probes = [m for m in scene.mobjects if isinstance(m, NeighbourProbe)]
            for probe in probes:
                seen.update(at=probe.at, near=probe.near, scene=scene)

    values = {"model": "knn", "sizes": [40, 80], "fits": 0, "k": 7}
    settings = RenderSpec(width=48, height=26, fps=2, format="none", values=values)
    render(run_file(SCENES / "decision_boundary.py").DecisionBoundary, settings, observer=Last())
    scene = seen["scene"]
    told = scene.passes()["manner"]
    assert np.allclose(told.arrays["place"], seen["at"])
    votes = np.bincount(scene.example.kinds[seen["near"]], minlength=2)
    assert told.result().tolist() == (votes / 7).tolist() and told.arrays["k"] == [7]
    assert told.names == list(scene.task.classes)


def test_without_known_densities_nothing_is_said_of_an_optimum(tmp_path):
    random = np.random.default_rng(0)
    rows = [f"{x},{y},{'abc'[i % 3]}" for i, (x, y) in enumerate(random.normal(size=(60, 2)))]
    table = tmp_path / "three.csv"
    table.write_text("x,y,class\n" + "\n".join(rows) + "\n")
    values = {"model": "knn", "data": str(table), "sizes": [10, 30], "fits": 0}
    steps = film(values=values).steps
    assert [step.path for step in steps] == ["points", "manner", "learn"]
    said = " ".join(step.say for step in steps[:1])
    assert "best" not in said and "optimal" not in said


def test_two_to_nine_models_are_compared():
    values = {"models": list(MODELS[:9]), "sizes": [12, 24], "fits": 0, "trees": 5}
    done = film("compare_boundaries", values=values, width=80, height=44)
    assert [step.path for step in done.steps] == ["points", "learn"]


@pytest.mark.parametrize(
    ("parted", "best"),
    [(lambda x, y: x ^ y, ["QDA", "k-NN"]), (lambda x, y: x, ["QDA", "logistic", "k-NN"])],
    ids=["some", "none-errs"],
)
def test_at_a_tie_each_of_the_best_is_framed_and_no_other(tmp_path, monkeypatch, parted, best):
    corners = [(x, y, "ab"[parted(x, y)]) for x in (0, 1) for y in (0, 1)]
    jitter = np.random.default_rng(0).normal(size=(20, 4, 2)) / 12
    lines = [
        f"{x + dx:.3f},{y + dy:.3f},{kind}"
        for step in jitter
        for (x, y, kind), (dx, dy) in zip(corners, step, strict=True)
    ]
    table = tmp_path / "xor.csv"
    table.write_text("\n".join(["x,y,class", *lines]) + "\n")
    module = run_file(SCENES / "compare_boundaries.py")
    framed = []
    monkeypatch.setattr(module.do, "highlight", lambda *m, **style: framed.extend(m) or Wait(0.1))
    values = {"models": ["qda", "logistic", "knn"], "data": str(table), "sizes": [56], "fits": 0}
    render(
        module.CompareBoundaries,
        RenderSpec(width=48, height=26, fps=2, format="none", values=values),
    )
    assert [label.text for label in framed] == best


@pytest.mark.parametrize("aspect", [(48, 48), (26, 48)])
def test_six_classes_with_long_names_find_room(tmp_path, aspect):
    random = np.random.default_rng(0)
    rows = [
        f"{x + 4 * (i % 6)},{y},class of many words number {i % 6}"
        for i, (x, y) in enumerate(random.normal(size=(90, 2)))
    ]
    table = tmp_path / "six.csv"
    head = "Length of the flower (centimetres),Width_measured_by_hand_in_centimetres,species"
    table.write_text("\n".join([head, *rows]) + "\n")
    values = {"model": "tree", "data": str(table), "sizes": [60], "fits": 0}
    done = film(values=values, width=aspect[0], height=aspect[1])
    assert [step.path for step in done.steps] == ["points", "manner", "learn"]


@pytest.mark.parametrize(
    ("models", "told"),
    [("knn", "two to nine"), ("knn,knn", "two to nine"), ("knn,svn", "svm")],
)
def test_models_to_compare_are_checked_in_one_line(models, told, tmp_path):
    words = ["render", "compare-boundaries", "--set", f"models={models}", "--set", "fits=0"]
    words += [
        "--set",
        "sizes=12",
        "--steps",
        "points",
        "-s",
        "-q",
        "l",
        "-o",
        str(tmp_path / "x.png"),
    ]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2 and told in done.output and len(done.output.splitlines()) == 1


@pytest.mark.parametrize("options", [[], ["--theme", "dark", "--aspect", "1:1"]])
@pytest.mark.parametrize("scene", ["decision-boundary", "compare-boundaries"])
def test_it_is_clean(scene, options):
    fewer = ["--set", "sizes=10,60", "--set", "fits=4"]
    words = ["check", scene, "-q", "l", "--fps", "2", *fewer, *options]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output


def test_it_says_that_something_stands_in_for_xgboost(monkeypatch):
    monkeypatch.setitem(sys.modules, "xgboost", None)
    lines = []

    class Listener(Observer):
        sees_frames = False

        def noted(self, line):
            lines.append(line)

    values = {"model": "xgboost", "sizes": [12, 30], "trees": 4, "fits": 0}
    settings = RenderSpec(width=48, height=26, fps=2, format="none", values=values)
    scene = run_file(SCENES / "decision_boundary.py").DecisionBoundary
    render(scene, settings, progress=Listener())
    assert ["histogram boosting" in line for line in lines] == [True]
