"""Several classifiers side by side, learning from the same growing sample."""

from __future__ import annotations

from typing import Literal

from manim import VGroup

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.explainer import Explainer, parameter
from mlanim.models.boundary_data import DataName
from mlanim.subjects.boundary import ComparedModel, StagedNumber
from mlanim.subjects.boundary.acts.ways import called
from mlanim.subjects.boundary.models.asked import check_several, judge_task
from mlanim.subjects.boundary.models.classifiers import Settings, make_classifier
from mlanim.subjects.boundary.models.fit import fit_growing, growing_sizes
from mlanim.subjects.boundary.models.neighbour_pass import neighbour_pass
from mlanim.subjects.boundary.models.task import task_of


class CompareBoundaries(Explainer):
    """Two to nine classifiers learn from the same points; each one's error beside the best."""

    models: list[str] = parameter(
        ["logistic", "qda", "knn", "svm", "tree", "forest"], "two to nine of decision-boundary's"
    )
    data: DataName | str = parameter(
        "mixture", "where the points come from, or a FILE.csv of x, y and class"
    )
    columns: list[str] | None = parameter(
        None, "of a FILE.csv for x and y, by name or number; none: those that fit"
    )
    label: str | None = parameter(None, "the column of its classes; none: the one that fits")
    sizes: list[int] = parameter([10, 300], "sample sizes that are kept to", low=4, high=4000)
    fits: int = parameter(40, "fits of each on the way; 0: at `sizes` alone", low=0, high=400)
    seconds: float = parameter(10, "that the sample takes to grow", low=1, high=120)
    noise: float = parameter(1.0, "spread of the data", low=0.1, high=4)
    data_seed: int = parameter(3, "of the sample", low=0)
    k: int = parameter(15, "neighbours of knn", low=1, high=500)
    kernel: Literal["linear", "poly", "rbf", "sigmoid"] = parameter("rbf", "of the svm")
    depth: int = parameter(4, "of tree and xgboost", low=1, high=20)
    trees: int = parameter(60, "of forest, xgboost and adaboost", low=1, high=1000)
    penalty: float = parameter(1.0, "C of logistic and svm", low=1e-4, high=1e4)
    judge = staticmethod(judge_task)

    def construct(self):
        self.fit_all()
        self.points()
        self.learn()

    def passes(self):
        if "knn" not in self.models:
            return {}
        last = self.all_fits[self.models.index("knn")][-1]
        left, right, bottom, top = self.task.view
        middle = (left + right) / 2, (bottom + top) / 2
        return {"learn": neighbour_pass(last, self.task.classes, middle)}

    def fit_all(self):
        check_several(self.models)
        settings = Settings(
            self.k, self.kernel, self.depth, self.trees, self.penalty, self.data_seed
        )
        for name in self.models:  # a wrong name is told before the first is fitted
            make_classifier(name, settings, 8)
        self.task = task_of(
            self.data,
            max(self.sizes, default=0),
            noise=self.noise,
            seed=self.data_seed,
            columns=self.columns,
            label=self.label,
        )
        self.bayes = self.task.problem.bayes_error() if self.task.problem else None
        kept = sorted(
            {min(max(size, self.task.least), len(self.task.points)) for size in self.sizes}
        )
        several = self.fits and len(kept) > 1
        self.counts = growing_sizes(kept, self.fits) if several else kept
        self.all_fits = []
        for name in self.models:
            told = self.working(f"fitting {name}")
            self.all_fits.append(fit_growing(self.task, name, self.counts, settings, told))
        if self.task.read:
            self.note(self.task.read)

    def points(self):
        with self.step(
            "points",
            say="All get the same points."
            + (" None sees the dashed line, the best rule." if self.task.problem else ""),
        ):
            grid, below = self.body.rows(16, 1, gap=0.2)
            grid = grid.inset(0.12, 0)
            most = max(fit.test_error for fits in self.all_fits for fit in fits)
            learned = [fits[-1].estimator for fits in self.all_fits]
            self.shown = [
                ComparedModel(
                    name,
                    self.task,
                    fits,
                    floor=self.bayes,
                    most=1.05 * most,
                    **self.on(area),
                )
                for name, fits, area in zip(
                    called(self.models, learned, short=True),
                    self.all_fits,
                    grid.squares(len(self.models), gap=0.22),
                    strict=True,
                )
            ]
            self.size = StagedNumber(self.counts, "points learned from:", **self.on(below))
            told = VGroup(self.size, self.bars_told(below))
            self.turn_to("The same points, other rules", *self.shown, told)
            self.wait(3)

    def bars_told(self, below):
        text = "bar: test error"
        if self.bayes is not None:
            text += f"; tick: Bayes, {show.format_number(self.bayes, 4)}"
        label = show.Label(text, theme=self.theme, size="small", role="muted")
        return below.place(label, edge=(1, 0, 0)).align_baseline(self.size.baseline)

    def learn(self):
        with self.step(
            "learn",
            say="The sample grows. What fits the points at hand best is not always what errs "
            "least on others: the number above each is its test error.",
        ):
            last = len(self.counts) - 1
            if last:
                moving = do.learn(*self.shown, self.size, stage=last, run_time=self.seconds)
                self.play(moving)
            least = min(shown.error.value for shown in self.shown)
            best = [s.name for s in self.shown if s.error.value == least]
            self.play(do.highlight(*best, role="decoder", theme=self.theme, buff=0.06, stays=True))
            self.wait(3)
