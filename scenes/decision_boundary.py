"""Classifiers learning a rule: the boundary that was learned, beside the best there is."""

from __future__ import annotations

from typing import Literal

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer, parameter
from mlanim.models.boundary_data import DataName
from mlanim.primitives.text import shortened
from mlanim.subjects.boundary import BoundaryPlane, ErrorCurve, KeyList, LearnedBoundary, PriorSweep
from mlanim.subjects.boundary.acts.page import Page
from mlanim.subjects.boundary.acts.votes import probe_path
from mlanim.subjects.boundary.acts.ways import WAYS, called
from mlanim.subjects.boundary.models.asked import judge_task
from mlanim.subjects.boundary.models.classifiers import ModelName, Settings, boosts_with_xgboost
from mlanim.subjects.boundary.models.fit import fit_growing, growing_sizes
from mlanim.subjects.boundary.models.neighbour_pass import neighbour_pass
from mlanim.subjects.boundary.models.own_estimator import estimator_name
from mlanim.subjects.boundary.models.task import task_of
from mlanim.words.table import AsIs

SLOW = {"gaussian-process": 24, "mlp": 40, "adaboost": 40, "forest": 40, "xgboost": 60}

SIMPLE = ("logistic", "lda", "qda", "naive-bayes", "perceptron")


class DecisionBoundary(Explainer):
    """A classifier learns from more and more points, with the optimal rule drawn beside it."""

    model: ModelName | str = parameter("logistic", "the classifier, or MODULE:NAME of your own")
    data: Literal["auto", DataName] | str = parameter(
        "auto", "normals for models of lines and densities, else the mixture; or a FILE.csv"
    )
    columns: list[str] | None = parameter(
        None, "of a FILE.csv for x and y, by name or number; none: those that fit"
    )
    label: str | None = parameter(None, "the column of its classes; none: the one that fits")
    sizes: list[int] = parameter(
        [8, 30, 100, 300], "sample sizes that are kept to", low=4, high=4000
    )
    fits: int | None = parameter(
        None, "models fitted on the way; 0: at `sizes` alone", low=0, high=400
    )
    seconds: float = parameter(10, "that the sample takes to grow", low=1, high=120)
    noise: float = parameter(1.0, "spread of the data", low=0.1, high=4)
    data_seed: int = parameter(3, "of the sample", low=0)
    k: int = parameter(15, "neighbours of knn", low=1, high=500)
    kernel: Literal["linear", "poly", "rbf", "sigmoid"] = parameter("rbf", "of the svm")
    depth: int = parameter(4, "of tree and xgboost", low=1, high=20)
    trees: int = parameter(100, "of forest, xgboost and adaboost", low=1, high=1000)
    penalty: float = parameter(1.0, "C of logistic and svm", low=1e-4, high=1e4)
    judge = staticmethod(judge_task)

    given = None  # a task and an estimator that live in Python alone

    def construct(self):
        self.fit_all()
        if self.task.problem:
            self.optimal()
        else:
            self.points()
        way = None if self.given else WAYS.get(self.model)
        if way and (len(self.task.classes) == 2 or not way.of_two):
            self.manner(way)
        self.learn()
        if self.task.problem:
            self.prior()

    def passes(self):
        if self.given or self.model != "knn":
            return {}
        page = Page(self, self.task, self.example, self.plane, self.marks, self.panel)
        place = probe_path(page)[-1]  # where the probe comes to rest
        return {"manner": neighbour_pass(self.example, self.task.classes, place)}

    def fit_all(self):
        settings = Settings(
            self.k, self.kernel, self.depth, self.trees, self.penalty, self.data_seed
        )
        self.task, model = self.given or (
            task_of(
                self.source,
                max(self.sizes, default=0),
                noise=self.noise,
                seed=self.data_seed,
                columns=self.columns,
                label=self.label,
            ),
            self.model,
        )
        self.bayes = self.task.problem.bayes_error() if self.task.problem else None
        most = len(self.task.points)
        self.kept = sorted({min(max(size, self.task.least), most) for size in self.sizes})
        steps = SLOW.get(self.model, 100) if self.fits is None else self.fits
        sizes = growing_sizes(self.kept, steps) if steps and len(self.kept) > 1 else self.kept
        if self.lacks_xgboost:
            self.note("xgboost is not installed: histogram boosting; pip install 'mlanim[boost]'")
        self.fits_made = fit_growing(self.task, model, sizes, settings, self.working("fitting"))
        if self.task.read:
            self.note(self.task.read)
        self.page, self.panel = self.body.split(1.3, 1, gap=0.4)
        self.plane = BoundaryPlane(
            self.task.view, classes=len(self.task.classes), **self.on(self.page)
        )
        # What shows how a model decides is read best with some points, not with all.
        self.example = min(self.fits_made, key=lambda fit: abs(fit.count - 80))
        self.marks = self.plane.marks(self.example.points, self.example.kinds)

    def optimal(self):
        with self.step(
            "optimal",
            say="Points of two classes. Where they come from is known here, so the best rule is "
            "known too: the dashed line.",
        ):
            keys = self.keys(
                ("dashed", "the best rule there is"),
                ("", f"It errs too, {self.bayes:.1%} of the time: the Bayes error."),
            )
            self.dashed = self.plane.dashed(self.plane.values(self.task.problem.margin))
            self.turn_to("Two classes, and the best rule", self.plane.frame, self.marks, *keys[:-2])
            self.wait(1)
            self.play(do.appear(self.dashed, keys[-2], run_time=1.0))
            self.wait(1.4)
            self.play(do.appear(keys[-1]))
            self.wait(2.8)
            self.left = [keys]

    def points(self):
        with self.step(
            "points",
            say=f"Points of {len(self.task.classes)} classes. A part of them is kept back, to "
            "test what was learned from the others.",
        ):
            room = {"width": self.panel.width, "theme": self.theme, "size": "small"}
            named = [
                shortened(f"{way}: {name}", **room)
                for way, name in zip(("across", "up"), self.task.axes, strict=True)
            ]
            keys = self.keys(*[("", line) for line in (*named, self.task.told) if line])
            self.turn_to("What is to be told apart", self.plane.frame, self.marks, *keys)
            self.wait(3.5)
            self.left = [keys]

    def manner(self, way):
        with self.step("manner", say=way.say):
            self.play(self.retitle(way.heading), do.vanish(*self.left))
            before = [self.heading, *self.mobjects]
            way.act(Page(self, self.task, self.example, self.plane, self.marks, self.panel))
            self.left = [m for m in self.mobjects if m not in before]

    def learn(self):
        with self.step(
            "learn",
            say=f"{self.learner} sees the points alone. With every new sample it draws its own "
            "line, "
            + ("and comes nearer to the best rule, or not." if self.bayes else "the solid one."),
        ):
            fits = self.fits_made
            learned = LearnedBoundary(self.plane, fits)
            curve = ErrorCurve(
                [fit.count for fit in fits],
                {
                    "training error": [fit.training_error for fit in fits],
                    "test error": [fit.test_error for fit in fits],
                },
                floor=self.bayes,
                ticks=self.kept,
                **self.on(self.panel),
            )
            leaving = do.vanish(*self.left, self.marks)
            self.play(self.retitle(self.name), leaving, do.appear(learned, curve))
            self.wait(1)
            last = len(fits) - 1
            if last:
                self.play(do.learn(learned, curve, stage=last, run_time=self.seconds))
            self.wait(3)

    def prior(self):
        with self.step(
            "prior",
            say="If one class is rarer, it takes more to believe in it: the best rule moves.",
        ):
            problem = self.task.problem
            points, kinds = problem.sample(np.random.default_rng(self.data_seed), 600)
            sweep = PriorSweep(
                problem, points, kinds, page=self.page, panel=self.panel, theme=self.theme
            )
            self.turn_to("When one class is rarer", sweep)
            self.wait(0.8)
            for share, seconds in ((0.1, 2.5), (0.9, 4), (0.5, 2)):
                self.play(sweep.animate(run_time=seconds).set_prior(share))
                self.wait(0.9)

    def keys(self, *more):
        named = list(enumerate(self.task.classes))
        return KeyList.centred([*named, *more], **self.on(self.panel))

    @property
    def learner(self):
        return self.name if self.given or ":" in self.model else "A classifier"

    @property
    def source(self):
        if self.data != "auto":
            return self.data
        return "normals" if self.model in SIMPLE else "mixture"

    @property
    def lacks_xgboost(self):
        return not self.given and self.model == "xgboost" and not boosts_with_xgboost()

    @property
    def name(self):
        if self.lacks_xgboost:
            return "Histogram boosting (xgboost is not installed)"
        learned = self.fits_made[-1].estimator
        if self.given:
            return AsIs(estimator_name(learned))
        return called([self.model], [learned])[0]
