"""How models of lines and densities come to their rule: contours, ellipses, margins, updates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim.primitives.charts.class_marks import CLASS_ROLES
from mlanim.primitives.text import format_number
from mlanim.subjects.boundary import NetworkSketch, NumberList
from mlanim.subjects.boundary.acts.page import Page
from mlanim.subjects.boundary.models import manners as manners
from mlanim.subjects.boundary.models.mars import Hinge

__all__ = ["hidden_units", "hinges", "margins", "normals", "probabilities", "updates"]

_BELOW, _ABOVE = (0.4, 0.3, 0.2, 0.1), (0.6, 0.7, 0.8, 0.9)
_SLOWLY = 8  # updates of a perceptron that are shown one by one


def probabilities(page: Page) -> None:
    """Lines of equal probability on both sides of the boundary."""
    likely, plane, theme = page.fit.grid[:, 1], page.plane, page.theme
    names = page.task.classes
    keys = page.keys(
        page.panel,
        ("line", "probability 0.5: either class"),
        ("class_a", f"{names[0]} is more likely: 0.6, 0.7, 0.8, 0.9"),
        ("class_b", f"{names[1]} is more likely: 0.6, 0.7, 0.8, 0.9"),
    )
    page.play(page.of_fit(run_time=1.0), do.appear(keys[0]))
    page.wait(0.8)
    for key, levels, role in ((keys[1], _BELOW, "class_a"), (keys[2], _ABOVE, "class_b")):
        lines = [
            plane.path(
                plane.contours(likely, level),
                width=theme.stroke.normal,
                ink=theme.role(role).ink,
            )
            for level in levels
        ]
        page.play(do.appear(key), do.appear(*lines, lag=0.25))
        page.wait(0.8)
    page.wait(2.2)


def normals(page: Page) -> None:
    """The normal distribution fitted to each class, as rings of one and of two deviations."""
    fitted = manners.class_normals(page.fit.model)
    told = [
        (
            kind,
            f"{page.task.classes[kind]}: mean {_pair(mean)}, deviations "
            f"{_pair(np.sqrt(np.diag(covariance)))}, correlation {_correlation(covariance)}",
        )
        for kind, (mean, covariance) in enumerate(fitted)
    ]
    keys = page.keys(page.panel, *told, ("line", "where both weighted densities are equal"))
    for kind, (mean, covariance) in enumerate(fitted):
        rings = page.plane.ellipses(mean, covariance, role=CLASS_ROLES[kind])
        page.play(do.appear(keys[kind]), do.appear(*rings, lag=0.35))
        page.wait(1.2)
    page.play(page.of_fit(run_time=1.0), do.appear(keys[-1]))
    page.wait(3)


def margins(page: Page) -> None:
    """The margins of a support vector machine, and the points that hold them."""
    plane, fit, theme = page.plane, page.fit, page.theme
    ahead = fit.grid[:, 1] - fit.grid[:, 0]
    sides = [
        plane.path(plane.contours(ahead, level), width=theme.stroke.normal, ink=theme.muted)
        for level in (-1.0, 1.0)
    ]
    keys = page.keys(
        page.panel,
        ("line", "boundary: score 0"),
        ("thin", "margins: score −1 and +1"),
        ("ring", f"{len(fit.support)} of {fit.count} points: support vectors"),
        ("", "All others may go: the line stays."),
    )
    page.play(page.of_fit(run_time=1.0), do.appear(keys[0]))
    page.play(do.appear(*sides, lag=0.3), do.appear(keys[1]))
    page.wait(1)
    rings = plane.rings(fit.points[fit.support])
    page.play(do.appear(rings, run_time=0.9), do.appear(keys[2]))
    page.wait(1.6)
    held = plane.marks(fit.points[fit.support], fit.kinds[fit.support], radius=page.marks.radius)
    page.scene.add(held, rings)
    page.play(do.appear(keys[3]), do.vanish(page.marks, run_time=0.9))
    page.wait(2.4)
    page.play(do.appear(page.marks))
    page.scene.remove(held)
    page.wait(0.4)


def updates(page: Page) -> None:
    """A perceptron turns its line at each point that it gets wrong."""
    plane, fit = page.plane, page.fit
    steps = manners.perceptron_updates(fit.points, fit.kinds)
    text, rest = page.panel.split(1.3, 1, gap=0.3)
    keys = page.keys(
        text,
        ("ring", "a point on the wrong side"),
        ("line", "the line, turned towards it"),
    )
    board = NumberList(
        (("updates", 0, 0), ("weight of x", 0.0, 2), ("weight of y", 0.0, 2), ("constant", 0.0, 2)),
        **page.on(rest),
    )
    page.play(do.appear(*keys, lag=0.2), do.appear(board))
    line: Any = None
    ring: Any = None
    for i, step in enumerate(steps):
        slow = i < _SLOWLY
        if not slow and (i % max(1, (len(steps) - _SLOWLY) // 8)) and i < len(steps) - 1:
            continue
        fresh = plane.rings(fit.points[step.point : step.point + 1], radius=0.17)
        leaving: list[Any] = [ring] if ring is not None else []
        page.play(
            do.vanish(*leaving, run_time=0.2), do.appear(fresh, run_time=0.35 if slow else 0.2)
        )
        ring = fresh
        turned = plane.path(
            plane.contours(plane.values(lambda at, w=step.weights: at @ w[:2] + w[2]))
        )
        board.set_values([i + 1, *step.weights])
        pace = 0.45 if slow else 0.35
        leaving = [line] if line is not None else []
        page.play(do.vanish(*leaving, run_time=pace), do.appear(turned, run_time=pace))
        line = turned
        if slow:
            page.wait(0.35)
    page.wait(0.6)
    last = [mobject for mobject in (ring, line) if mobject is not None]
    page.play(page.of_fit(run_time=0.8), do.vanish(*last, run_time=0.8))
    page.wait(2.2)


def hidden_units(page: Page) -> None:
    """Each unit of a network's first layer bends along a line."""
    plane, fit, theme = page.plane, page.fit, page.theme
    network = fit.model[-1]
    net = NetworkSketch(network.coefs_, inputs=page.axes, **page.on(page.panel))
    page.play(do.appear(*net.layers, lag=0.25))
    page.wait(0.4)
    lines = [
        plane.path(
            plane.contours(plane.values(lambda at, w=w: at @ w[:2] + w[2])),
            width=theme.stroke.normal,
            ink=theme.muted,
        )
        for w in manners.hidden_lines(fit.model)
    ]
    for unit, line in enumerate(lines):
        pace = 0.4 if unit < 4 else 0.16
        arriving = [line] if len(line.points) else []
        page.play(do.appear(*arriving, net.wires_to(1, unit), run_time=pace))
    page.wait(0.8)
    page.play(do.appear(*[net.wires_into(layer) for layer in range(2, len(net.layers))], lag=0.4))
    page.play(page.of_fit(run_time=1.0))
    page.wait(2.6)


def hinges(page: Page) -> None:
    """Pairs of hinges are added where they help most; the boundary is refitted with each."""
    plane, fit, theme = page.plane, page.fit, page.theme
    stages = manners.mars_stages(fit.model, fit.points, fit.kinds)
    if not stages:
        keys = page.keys(page.panel, ("", "No hinge helps: one class everywhere."))
        page.play(page.of_fit(run_time=1.0), do.appear(keys))
        page.wait(2.2)
        return
    told = [(f"·  {_hinge(hinge, page.axes)}", 0.0, 2) for hinge in fit.model.hinges]
    at_once = len(told) <= NumberList.room(page.panel)
    board = NumberList(told, first=True, **page.on(page.panel)) if at_once else None
    pair: list[NumberList] = []
    for i, stage in enumerate(stages):
        creases = [
            plane.path(
                [plane.place(np.array(manners.hinge_creases(hinge, page.task.view)))],
                width=theme.stroke.normal,
                ink=theme.muted,
            )
            for hinge in fit.model.hinges[2 * i : 2 * i + 1]  # both of a pair bend along one line
        ]
        now = slice(2 * i, 2 * i + 2)
        if board is not None:
            board.set_values(stage.weights[1:])
            rows = list(board.rows[now])
        else:  # no room for all: the newest pair alone
            rows = [NumberList(told[now], first=True, **page.on(page.panel))]
            rows[0].set_values(stage.weights[1:][now])
        page.play(do.vanish(*pair, run_time=0.2))
        page.play(do.appear(*creases), do.appear(*rows, lag=0.1))
        pair = [] if board is not None else rows
        ahead = stage.decision_function(page.cells())
        scores = np.stack([-ahead / 2, ahead / 2], axis=1)
        page.play(page.shade(scores, graded=False, run_time=0.8))
        page.wait(0.8 if board is not None else 2.0)
    page.wait(2.2)


def _pair(values: NDArray) -> str:
    return f"({format_number(values[0], 2)}, {format_number(values[1], 2)})"


def _correlation(covariance: NDArray) -> str:
    across, up = np.sqrt(np.diag(covariance))
    return format_number(covariance[0, 1] / (across * up), 2) if across * up else "none"


def _hinge(hinge: Hinge, names: tuple[str, str]) -> str:
    at, name = format_number(hinge.knot, 2), names[hinge.feature]
    own = f"max(0, {name} − {at})" if hinge.sign > 0 else f"max(0, {at} − {name})"
    own = own.replace("− −", "+ ")
    return own if hinge.parent is None else f"{own} · {_hinge(hinge.parent, names)}"
