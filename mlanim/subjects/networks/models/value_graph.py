"""A graph of values: numbers run forward through it, and gradients back.

The chain rule, node by node, in the order of Rumelhart, Hinton and Williams 1986: the gradient of
the end by a value is the sum, over all that use the value, of their gradient times their slope.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.operators import OPERATORS, at_kink

__all__ = ["Node", "Run", "ValueGraph"]

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGEST = 1e6  # of a value or a gradient that is drawn


@dataclass(frozen=True, slots=True)
class Node:
    """A named value, a constant, or an operator upon nodes that stand before it.

    kind: "name", "constant", or one of OPERATORS. number: a constant's value, a power's exponent.
    """

    kind: str
    inputs: tuple[int, ...] = ()
    name: str = ""
    number: float = 0.0

    @property
    def is_leaf(self) -> bool:
        """Whether it is given, not computed."""
        return not self.inputs

    @property
    def sign(self) -> str:
        """What is written on it."""
        if self.kind == "name":
            return self.name
        if self.kind == "constant":
            return ""
        if self.kind == "power":
            written = f"{self.number:g}"
            return f"x^{written}" if "." in written else "x" + written.translate(_RAISED)
        return OPERATORS[self.kind].sign


@dataclass(frozen=True)
class Run:
    """Forward and back through a graph of n nodes, once.

    values, gradients: one a node; gradients[i] is the end's derivative by node i.
    slopes: one tuple a node, along each of its inputs.
    kinks: nodes whose slope had to be chosen.
    """

    values: tuple[float, ...]
    slopes: tuple[tuple[float, ...], ...]
    gradients: tuple[float, ...]
    kinks: tuple[int, ...] = ()


@dataclass(frozen=True)
class ValueGraph:
    """Nodes, each behind its inputs; the last is the end. `text`: what it was made from.

    >>> graph = ValueGraph((Node("name", name="a"), Node("multiply", (0, 0))))
    >>> run = graph.run({"a": 3.0})
    >>> run.values, run.slopes[1], run.gradients
    ((3.0, 9.0), (3.0, 3.0), (6.0, 1.0))
    """

    nodes: tuple[Node, ...]
    text: str = ""
    names: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        names = {node.name: i for i, node in enumerate(self.nodes) if node.kind == "name"}
        object.__setattr__(self, "names", names)

    @property
    def edges(self) -> tuple[tuple[int, int, int], ...]:
        """(from, to, which of its inputs), in the order of the nodes."""
        return tuple(
            (source, i, place)
            for i, node in enumerate(self.nodes)
            for place, source in enumerate(node.inputs)
        )

    def run(self, named: Mapping[str, float]) -> Run:
        """Values forward, then gradients back from 1 at the end.

        Raises UsageError where a value or a gradient is not defined, or too large to be drawn.
        """
        values: list[float] = []
        slopes: list[tuple[float, ...]] = []
        kinks = []
        for i, node in enumerate(self.nodes):
            if node.is_leaf:
                values.append(float(named[node.name] if node.kind == "name" else node.number))
                slopes.append(())
                continue
            inputs = tuple(values[source] for source in node.inputs)
            value, along = self._computed(node, inputs, named)
            values.append(value)
            slopes.append(along)
            if at_kink(node.kind, inputs):
                kinks.append(i)
        return Run(tuple(values), tuple(slopes), self._back(slopes, named), tuple(kinks))

    def _back(
        self, slopes: list[tuple[float, ...]], named: Mapping[str, float]
    ) -> tuple[float, ...]:
        gradients = [0.0] * len(self.nodes)
        gradients[-1] = 1.0
        for i in reversed(range(len(self.nodes))):
            for source, slope in zip(self.nodes[i].inputs, slopes[i], strict=True):
                gradients[source] += slope * gradients[i]
        if worst := next((g for g in gradients if not abs(g) <= _LARGEST), None):
            raise UsageError(
                f"a gradient of {self.text} at {_told(named)} is {worst:.3g}", _SMALLER
            )
        return tuple(gradients)

    def _computed(
        self, node: Node, inputs: tuple[float, ...], named: Mapping[str, float]
    ) -> tuple[float, tuple[float, ...]]:
        operator = OPERATORS[node.kind]
        try:
            value = float(operator.value(inputs, node.number))
            along = tuple(map(float, operator.slopes(inputs, value, node.number)))
        except (ValueError, ZeroDivisionError):
            raise UsageError(_undefined(node, inputs, named), "give other values") from None
        except OverflowError:
            value, along = math.inf, ()
        if not all(abs(number) <= _LARGEST for number in (value, *along)):
            what = f"{node.kind} of {_list(inputs)} at {_told(named)} is too large to be drawn"
            raise UsageError(what, _SMALLER)
        return value, along

    def stepped(self, named: Mapping[str, float], run: Run, rate: float) -> dict[str, float]:
        """A step of gradient descent: each named value less rate times its gradient.

        >>> graph = ValueGraph((Node("name", name="a"), Node("multiply", (0, 0))))
        >>> graph.stepped({"a": 3.0}, graph.run({"a": 3.0}), 0.1)
        {'a': 2.4}
        """
        return {name: named[name] - rate * run.gradients[i] for name, i in self.names.items()}


_SMALLER = "give values nearer to 0, or a smaller rate"


def _undefined(node: Node, inputs: tuple[float, ...], named: Mapping[str, float]) -> str:
    what = f"{node.kind} of {_list(inputs)}"
    if node.kind == "power":
        what = f"{_list(inputs)} to the power of {node.number:g}, or its slope,"
    return f"{what} is not defined, at {_told(named)}"


def _list(numbers: tuple[float, ...]) -> str:
    return " and ".join(f"{number:g}" for number in numbers)


def _told(named: Mapping[str, float]) -> str:
    return ", ".join(f"{name}={value:g}" for name, value in named.items())
