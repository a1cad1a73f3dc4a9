"""Gradient descent on a graph of values, step by step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.value_graph import Run, ValueGraph

__all__ = ["Descent", "descend"]


@dataclass(frozen=True)
class Descent:
    """points: the named values, first as given, then after each step; runs: through each.

    ended: why there are fewer steps than were asked for; may be empty.
    """

    points: tuple[dict[str, float], ...]
    runs: tuple[Run, ...]
    ended: str = ""

    @property
    def ends(self) -> tuple[float, ...]:
        """The end's value at each point."""
        return tuple(run.values[-1] for run in self.runs)


def descend(
    graph: ValueGraph,
    named: Mapping[str, float],
    rate: float,
    steps: int,
    *,
    fixed: Collection[str] = (),
) -> Descent:
    """Steps of gradient descent: every named value that is not `fixed` goes against its gradient.

    A step that leads to where the graph is not defined is not taken.

    >>> from mlanim.subjects.networks.models.expression import read_expression
    >>> descend(read_expression("a**2"), {"a": 1.0}, 0.25, 2).ends
    (1.0, 0.25, 0.0625)
    """
    points, runs = [dict(named)], [graph.run(named)]
    for _ in range(steps):
        stepped = graph.stepped(points[-1], runs[-1], rate)
        after = {name: points[-1][name] if name in fixed else to for name, to in stepped.items()}
        try:
            run = graph.run(after)
        except UsageError as error:
            return Descent(tuple(points), tuple(runs), str(error))
        points.append(after)
        runs.append(run)
    return Descent(tuple(points), tuple(runs))
