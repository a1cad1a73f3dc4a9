"""Classifiers learning a rule: the boundary that was learned, beside the best there is."""

from __future__ import annotations

from typing import Literal

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer, parameter
from mlanim.models.boundary_data import known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.classifiers import Settings


class DecisionBoundary(Explainer):
    """A classifier learns from more and more points, with the optimal rule drawn beside it."""

    model: Literal[
        "logistic",
        "lda",
        "qda",
        "mars",
        "knn",
        "svm",
        "tree",
        "forest",
        "xgboost",
        "mlp",
        "naive-bayes",
        "adaboost",
        "gaussian-process",
        "perceptron",
    ] = parameter("logistic", "the classifier")
    data: Literal["normals", "mixture", "moons", "circles", "spiral", "xor"] = parameter(
        "normals", "where the points come from"
    )
    sizes: list[int] = parameter(
        [8, 12, 18, 27, 40, 60, 90, 135, 200, 300], "sample sizes", low=4, high=4000
    )
    noise: float = parameter(1.0, "spread of the data", low=0.1, high=4)
    data_seed: int = parameter(1, "of the sample", low=0)
    k: int = parameter(15, "neighbours of knn", low=1, high=500)
    kernel: Literal["linear", "poly", "rbf", "sigmoid"] = parameter("rbf", "of the svm")
    depth: int = parameter(4, "of tree and xgboost", low=1, high=20)
    trees: int = parameter(100, "of forest, xgboost and adaboost", low=1, high=1000)
    penalty: float = parameter(1.0, "C of logistic and svm", low=1e-4, high=1e4)

    def construct(self):
        self.problem = known_problem(self.data, noise=self.noise, seed=self.data_seed)
        settings = Settings(
            self.k, self.kernel, self.depth, self.trees, self.penalty, self.data_seed
        )
        self.fits = fit_growing(self.problem, self.model, self.sizes, settings)
        page, panel = self.body.split(1.25, 1, gap=0.5)
        self.plane = show.BoundaryPlane(self.problem.view, **self.on(page))
        self.curve = show.ErrorCurve(
            self.sizes,
            {
                "training error": [fit.training_error for fit in self.fits],
                "test error": [fit.test_error for fit in self.fits],
            },
            floor=self.problem.bayes_error(),
            **self.on(panel),
        )
        self.optimal()
        self.learn()

    def optimal(self):
        with self.step(
            "optimal",
            say="Points of two classes. Where they come from is known here, so the best rule is "
            "known too: the dashed line.",
        ):
            first = self.fits[0]
            self.dots = self.plane.dots(first.points, first.kinds)
            self.turn_to("Two classes, and the best rule", self.plane.frame, self.dots)
            self.play(do.appear(self.plane.dashed(self.problem.margin), run_time=1.2))
            self.wait(4.2)

    def learn(self):
        with self.step(
            "learn",
            say="A classifier sees the points alone. With every new sample it draws its own line, "
            "the solid one, and comes nearer to the best rule, or not.",
        ):
            self.play(
                self.retitle(self.model.replace("-", " ").capitalize()), do.appear(self.curve)
            )
            shown = []
            for i, fit in enumerate(self.fits):
                graded = hasattr(fit.model, "predict_proba")
                now = [
                    self.plane.regions(fit.decision, graded=graded),
                    self.plane.solid(fit.decision),
                    self.curve.upto(i + 1),
                    self.plane.rings(fit.points[fit.support]),
                ]
                before = self.fits[i - 1].count if i else fit.count
                new = self.plane.dots(fit.points[before:], fit.kinds[before:])
                # Every line that is drawn is that of a fitted model: none is made up in between.
                self.remove(*shown)
                self.add(*now, new)
                shown = now
                self.wait(0.8)
            self.wait(3)
