"""How models of many parts come to their rule: neighbours, trees, forests, rounds of boosting."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Line
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.primitives.area import Area
from mlanim.subjects.boundary import (
    BoundaryPlane,
    ErrorCurve,
    NeighbourProbe,
    TreeDiagram,
    VoteGrid,
)
from mlanim.subjects.boundary.acts.page import Page
from mlanim.subjects.boundary.models import manners as manners

__all__ = ["forest", "neighbours", "probe_path", "rounds", "splits"]

_SINGLE = 8  # trees of a forest that are drawn one by one


def neighbours(page: Page) -> None:
    """A probe travels; its nearest points are linked, lassoed and counted."""
    fit = page.fit
    text, votes = page.panel.split(1, 2.2, gap=0.3)
    keys = page.keys(text, ("ring", f"the {fit.model.n_neighbors} nearest points vote"))
    probe = NeighbourProbe(page.plane, fit, list(page.task.classes), **page.on(votes))
    first, *others = probe_path(page)
    probe.set_at(first)
    page.play(do.appear(keys), do.appear(probe))
    page.wait(1.2)
    for place in others:
        page.play(do.travel(probe, place, run_time=2.2))
        page.wait(0.7)
    page.play(page.of_fit(run_time=1.0))
    page.wait(2.2)


def splits(page: Page) -> None:
    """The splits of a tree appear one by one, in the plane and in the tree itself."""
    plane, theme = page.plane, page.theme
    nodes = manners.tree_splits(page.fit.model)
    tree = TreeDiagram(nodes, page.axes, **page.on(page.panel))
    reached = {0}
    page.play(
        do.appear(tree.nodes[0]),
        page.shade(_boxes(page, nodes, reached), graded=True, run_time=0.6),
    )
    forks = [i for i, node in enumerate(nodes) if node.children]
    for number, i in enumerate(forks):
        node = nodes[i]
        left, right, bottom, top = node.box
        start = [node.threshold, bottom] if node.feature == 0 else [left, node.threshold]
        end = [node.threshold, top] if node.feature == 0 else [right, node.threshold]
        cut = plane.holds(Line(*plane.place(plane.within(np.array([start, end])))))
        cut.set_stroke(theme.ink, theme.stroke.normal)
        pace = 0.7 if number < 3 else 0.35
        reached |= set(node.children)
        arriving = [tree.branches[i], *[tree.nodes[child] for child in node.children]]
        page.play(
            do.appear(cut, run_time=pace),
            do.appear(*arriving, run_time=pace),
            page.shade(_boxes(page, nodes, reached), graded=True, with_line=False, run_time=pace),
        )
        page.wait(0.6 if number < 3 else 0.12)
    page.play(page.of_fit(run_time=0.8))
    page.wait(2.4)


def forest(page: Page) -> None:
    """Single trees, one line upon the other, then the share of all votes; one place's counted."""
    plane, fit = page.plane, page.fit
    votes = manners.forest_votes(fit.model, page.cells())
    classes = len(page.task.classes)
    text, area = page.panel.split(1.2, 1.6, gap=0.3)
    keys = page.keys(
        text,
        ("thin", "single trees"),
        ("ring", "votes for this place"),
        ("line", "the forest: its trees' mean"),
    )
    probe = probe_path(page)[1]
    ring = plane.rings(probe[None], radius=0.14)
    heard = manners.forest_votes(fit.model, probe[None])[:, 0]
    grid = VoteGrid(heard, list(page.task.classes), **page.on(area))
    lines = []
    for tree in range(min(_SINGLE, len(votes))):
        each = np.eye(classes)[votes[tree]]
        line = plane.path(plane.between(each), width=page.theme.stroke.normal, ink=page.theme.muted)
        lines.append(line)
        arriving = [keys[0]] if not tree else []
        page.play(do.appear(line, *arriving, run_time=0.45))
    for count in _doubling(min(_SINGLE, len(votes)), len(votes)):
        shares = np.stack([(votes[:count] == kind).mean(axis=0) for kind in range(classes)], 1)
        grid.set_votes(heard[:count])
        page.play(
            page.shade(shares, graded=True, run_time=0.8),
            do.vanish(*lines, run_time=0.8),
            do.appear(keys[1], ring, grid),
        )
        lines = []
        page.wait(0.5)
    page.play(page.of_fit(run_time=0.8), do.appear(keys[2]))
    page.wait(2.4)


def rounds(page: Page) -> None:
    """What each round adds, and the sum so far."""
    fit = page.fit
    last = _learners(fit.model)
    ends = sorted({end for end in (1, 2, 3, *_doubling(3, last)) if end <= last})
    sums = manners.staged_scores(fit.model, page.cells(), ends)
    errors = {
        name: [
            float(((score > 0) != kinds).mean())
            for score in manners.staged_scores(fit.model, points, ends)
        ]
        for name, points, kinds in (
            ("training error", fit.points, fit.kinds),
            ("test error", page.task.unseen, page.task.unseen_kinds),
        )
    }
    problem = page.task.problem
    floor = problem.bayes_error() if problem else None
    above, below = page.panel.split(1, 1.25, gap=0.4)
    curve = ErrorCurve(ends, errors, floor=floor, counted="rounds added up:", **page.on(below))
    small = BoundaryPlane(
        page.task.view, **page.on(Area(above.left, above.bottom, above.width, above.height - 0.5))
    )
    before: list[Any] = []
    for number, score in enumerate(sums):
        # What these rounds add, at its strongest in full ink.
        added = score - (sums[number - 1] if number else 0.0)
        part = np.clip(added / max(np.abs(added).max(), 1e-9), -1, 1) / 2
        picture = small.regions(np.stack([-part, part], axis=1), graded=True)
        since = ends[number - 1] + 1 if number else 1
        span = (
            f"round {since} adds"
            if since == ends[number]
            else f"rounds {since} to {ends[number]} add"
        )
        told = show.Label(span, theme=page.theme, size="small", role="muted")
        told.align_baseline(small.area.top + 0.15).set_x(small.area.center[0])
        now = [picture, told, *([] if number else [small.frame])]
        page.play(do.vanish(*before, run_time=0.3), do.appear(*now, run_time=0.5))
        before = [picture, told]
        ahead = np.tanh(score / 2)  # of both probabilities, under a logistic loss
        scores = np.stack([(1 - ahead) / 2, (1 + ahead) / 2], axis=1)
        arriving = do.learn(curve, stage=number, run_time=0.6) if number else do.appear(curve)
        page.play(page.shade(scores, graded=True, run_time=0.6), arriving)
        page.wait(0.7)
    page.wait(2)


def probe_path(page: Page) -> NDArray:
    """Places (5, 2) to ask at: deep in each of two regions, and on the boundary between them."""
    scores, at = page.fit.grid, page.cells()
    left, right, bottom, top = page.task.view
    away = np.abs(at - [(left + right) / 2, (bottom + top) / 2])
    near = (away < 0.3 * np.array([right - left, top - bottom])).all(axis=1)
    ranked = np.sort(scores, axis=1)
    ahead = ranked[:, -1] - ranked[:, -2]
    at, ahead, best = at[near], ahead[near], scores[near].argmax(axis=1)
    places = [at[np.argmin(ahead)]]
    for kind in np.unique(best)[:2]:
        mine = best == kind
        places.append(at[mine][np.argmax(ahead[mine])])
    middle, first, second = places[0], places[1], places[-1]
    return np.array([first, middle, second, (middle + second) / 2, (first + middle) / 2])


def _boxes(page: Page, nodes: list[manners.Split], reached: set[int]) -> NDArray:
    """Shares of each class in the smallest box that was reached, at the plane's cells."""
    at = page.cells()
    shares = np.zeros((len(at), len(nodes[0].shares)))
    for i in sorted(reached):
        left, right, bottom, top = nodes[i].box
        inside = (at[:, 0] > left) & (at[:, 0] <= right) & (at[:, 1] > bottom) & (at[:, 1] <= top)
        shares[inside] = nodes[i].shares
    return shares


def _doubling(start: int, last: int) -> list[int]:
    """From above a start to the last, twice as many each time.

    >>> _doubling(6, 100)
    [12, 24, 48, 100]
    """
    counts = []
    count = 2 * start
    while count < last:
        counts.append(count)
        count *= 2
    if counts and counts[-1] > 0.6 * last:
        counts.pop()
    return [*counts, last]


def _learners(model: Any) -> int:
    if hasattr(model, "get_booster"):
        return int(model.get_booster().num_boosted_rounds())
    return len(getattr(model, "estimators_", ())) or int(model.n_iter_)
