"""The film of `GrowingSample` as it is made with matplotlib.animation.

python benchmarks/boundaries_matplotlib.py OUT.mp4|OUT.gif
"""

from __future__ import annotations

import sys

import matplotlib as mpl
import numpy as np

from mlanim.models.boundary_data import known_problem
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing, growing_sizes
from mlanim.subjects.boundary.models.task import task_of

mpl.use("agg")
from matplotlib import pyplot as plt
from matplotlib.animation import FFMpegWriter, FuncAnimation, PillowWriter

FRAMES, RATE, SIZE = 300, 25, (960, 720)
BLUE, ORANGE = "#015BC4", "#A05400"


def main(path: str) -> None:
    """Fit the same models, draw the same things, save."""
    task = task_of("normals", 300, seed=1)
    fits = fit_growing(task, "logistic", growing_sizes([8, 300], 400), Settings())
    problem = known_problem("normals")
    left, right, bottom, top = task.view
    figure, (plane, panel) = plt.subplots(
        1, 2, figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100, width_ratios=(1.2, 1)
    )
    plane.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axis = (np.arange(200) + 0.5) / 200
    xs, ys = left + axis * (right - left), bottom + axis * (top - bottom)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    plane.contour(xs, ys, problem.margin(grid).reshape(200, 200), [0], colors="k", linestyles="--")
    image = plane.imshow(
        np.zeros((200, 200)),
        extent=task.view,
        origin="lower",
        cmap="PuOr_r",
        vmin=-1,
        vmax=1,
        alpha=0.4,
    )
    dots = [plane.plot([], [], mark, color=c, ms=4)[0] for mark, c in (("o", BLUE), ("s", ORANGE))]
    sizes = [fit.count for fit in fits]
    lines = [panel.semilogx([], [], label=name)[0] for name in ("training error", "test error")]
    panel.axhline(problem.bayes_error(), color="k", ls="--", label="Bayes error")
    errors = [[fit.training_error for fit in fits], [fit.test_error for fit in fits]]
    panel.set(xlim=(sizes[0], sizes[-1]), ylim=(0, 1.15 * max(map(max, errors))))
    panel.legend()
    drawn: list = []

    def draw(frame: int) -> None:
        number = min(frame * len(fits) // FRAMES, len(fits) - 1)
        fit = fits[number]
        lead = (fit.grid[:, 1] - fit.grid[:, 0]).reshape(200, 200)
        image.set_data(lead)
        while drawn:
            drawn.pop().remove()
        drawn.append(plane.contour(xs, ys, lead, [0], colors="k", linewidths=2))
        for kind, dot in enumerate(dots):
            dot.set_data(*fit.points[fit.kinds == kind].T)
        for line, row in zip(lines, errors, strict=True):
            line.set_data(sizes[: number + 1], row[: number + 1])

    writer = PillowWriter(RATE) if path.endswith("gif") else FFMpegWriter(RATE)
    FuncAnimation(figure, draw, frames=FRAMES).save(path, writer=writer)


if __name__ == "__main__":
    main(sys.argv[1])
