"""The films of `boundaries.py`: a growing sample, with its errors beside it and alone."""

from __future__ import annotations

from mlanim import motion as do
from mlanim.explainer import Explainer, parameter
from mlanim.primitives import Area
from mlanim.subjects.boundary import BoundaryPlane, ErrorCurve, LearnedBoundary
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing, growing_sizes
from mlanim.subjects.boundary.models.task import task_of


class GrowingSample(Explainer):
    """Logistic regression on 300 points: regions, both boundaries, points, error curves; 12 s."""

    def construct(self):  # noqa: D102
        task = task_of("normals", 300, seed=1)
        fits = fit_growing(task, "logistic", growing_sizes([8, 300], 400), Settings())
        page, panel = self.area.columns(1.2, 1, gap=0.5)
        plane = BoundaryPlane(task.view, **self.on(page))
        learned = LearnedBoundary(plane, fits)
        curve = ErrorCurve(
            [fit.count for fit in fits],
            {
                "training error": [fit.training_error for fit in fits],
                "test error": [fit.test_error for fit in fits],
            },
            floor=task.problem.bayes_error(),
            **self.on(panel),
        )
        dashed = plane.dashed(plane.values(task.problem.margin))
        self.add(plane.frame, learned, dashed, curve)
        self.play(do.learn(learned, curve, stage=len(fits) - 1, run_time=12))


class SourcesJob(Explainer):
    """A hundred sizes up to 4,000 points of the mixture, the plane alone; 10 s."""

    model: str = parameter("svm", "the classifier")

    def construct(self):  # noqa: D102
        task = task_of("mixture", 4000, seed=1)
        fits = fit_growing(task, self.model, growing_sizes([20, 4000], 100), Settings())
        side = min(self.camera.frame_width, self.camera.frame_height)
        area = Area(-side / 2, -side / 2, side, side)
        plane = BoundaryPlane(task.view, **self.on(area))
        learned = LearnedBoundary(plane, fits)
        self.add(plane.frame, learned, plane.dashed(plane.values(task.problem.margin)))
        self.play(do.learn(learned, stage=len(fits) - 1, run_time=10))
