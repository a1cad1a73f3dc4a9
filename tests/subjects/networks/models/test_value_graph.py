"""Gradients that ran back through a graph are those of complex-step differentiation."""

from __future__ import annotations

import cmath

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.graph_descent import descend
from mlanim.subjects.networks.models.small_network import (
    EXAMPLES,
    first_weights,
    network_graph,
    train_network,
)

STEP = 1e-30
NAMES = ("a", "b", "c", "d")


def _relu(x):
    return x if x.real > 0 else 0 * x


def _max(*xs):
    return max(xs, key=lambda x: x.real)


def _tanh(x):  # cmath's loses what is left of the slope where it is flat
    small = cmath.exp(-2 * x if x.real > 0 else 2 * x)
    made = 1 - 2 * small / (1 + small)
    return made if x.real > 0 else -made


FUNCTIONS = {
    "tanh": _tanh,
    "relu": _relu,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)) if x.real > 0 else 1 - 1 / (1 + cmath.exp(x)),
    "exp": cmath.exp,
    "log": cmath.log,
    "max": _max,
}


def _joined(parts):
    binary = st.sampled_from(["({} + {})", "({} - {})", "({}*{})", "({}/{})", "max({}, {})"])
    unary = st.sampled_from(
        ["tanh({})", "relu({})", "sigmoid({})", "exp({})", "log({})", "(-{})", "({})**2",
         "({})**-1", "({})**3", "({}).tanh()"]
    )  # fmt: skip
    return st.one_of(
        st.builds(lambda form, x, y: form.format(x, y), binary, parts, parts),
        st.builds(lambda form, x: form.format(x), unary, parts),
        st.builds(lambda x, y: f"(1 + ({x})**2)**({y})", parts, st.sampled_from(NAMES)),
    )


LEAVES = st.one_of(
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["2", "0.5", "3.25"])
)
EXPRESSIONS = st.recursive(LEAVES, _joined, max_leaves=10)
NUMBERS = st.floats(-3, 3).map(lambda x: round(x, 3))


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(EXPRESSIONS, st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS))
def test_gradients_equal_complex_steps(text, numbers):
    named = dict(zip(NAMES, numbers, strict=True))
    try:
        graph = read_expression(text)
        run = graph.run({name: named[name] for name in graph.names})
    except UsageError:
        assume(False)
    assume(not run.kinks)
    code = compile(text.replace(").tanh()", ")").replace("((", "(("), "<test>", "eval")
    if ").tanh()" in text:
        return  # the same graph as tanh(...), which is tested elsewhere
    scale = max(map(abs, run.gradients))
    for name, place in graph.names.items():
        stepped = {n: complex(v, STEP if n == name else 0) for n, v in named.items()}
        try:
            made = eval(code, {"__builtins__": {}, **FUNCTIONS, **stepped})
        except (OverflowError, ZeroDivisionError):
            return
        assert abs(made.real - run.values[-1]) <= 1e-9 * max(1.0, abs(made.real))
        slope = made.imag / STEP
        assert abs(run.gradients[place] - slope) <= 1e-6 * abs(slope) + 1e-12 * max(1.0, scale)


def test_paths_that_meet_add_up():
    run = read_expression("a*a + a").run({"a": 3.0})
    assert run.gradients[0] == 7.0


@pytest.mark.parametrize(
    ("text", "values", "gradients"),
    [
        ("relu(a)*2", {"a": 0.0}, {"a": 0.0}),
        ("max(a, b)", {"a": 1.0, "b": 1.0}, {"a": 1.0, "b": 0.0}),
        ("max(b, a)", {"a": 1.0, "b": 1.0}, {"a": 0.0, "b": 1.0}),
    ],
)
def test_slopes_at_kinks_are_those_that_are_said(text, values, gradients):
    graph = read_expression(text)
    run = graph.run(values)
    assert run.kinks
    assert {n: run.gradients[i] for n, i in graph.names.items()} == gradients


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("log(a)", {"a": -1.0}),
        ("log(a)", {"a": 0.0}),
        ("1/a", {"a": 0.0}),
        ("a**-1", {"a": 0.0}),
        ("a**0.5", {"a": -1.0}),
        ("a**0.5", {"a": 0.0}),
        ("a**b", {"a": -2.0, "b": 0.5}),
        ("exp(a)", {"a": 1000.0}),
        ("exp(exp(a))", {"a": 3.0}),
        ("9**9**9**9 * a", {"a": 1.0}),
        ("a**10**10", {"a": 2.0}),
    ],
)
def test_what_is_not_defined_is_told_with_the_values(text, values):
    with pytest.raises(UsageError, match="a="):
        read_expression(text).run(values)


def test_descent_goes_down_and_stops_at_the_edge():
    made = descend(read_expression("(a*b + c).tanh()"), {"a": 2.0, "b": -3.0, "c": 5.5}, 0.1, 4)
    assert list(made.ends) == sorted(made.ends, reverse=True) and len(made.ends) == 5
    stopped = descend(read_expression("log(a)"), {"a": 0.5}, 0.2, 9)
    assert stopped.ended and len(stopped.points) < 10


def test_the_mean_of_all_examples_gradients_is_that_of_the_mean_squared_error():
    graph, weights = network_graph(), first_weights(6)
    step = train_network(weights, 0.3, 3)[-1]

    def loss(moved):
        runs = [
            graph.run(moved | dict(zip(("x1", "x2", "y"), example, strict=True)))
            for example in EXAMPLES
        ]
        return sum(run.values[-1] for run in runs) / len(runs)

    assert loss(step.weights) == pytest.approx(step.loss)
    for name, value in step.weights.items():
        ahead, behind = (loss(step.weights | {name: value + h}) for h in (1e-5, -1e-5))
        assert step.gradients[name] == pytest.approx((ahead - behind) / 2e-5, rel=1e-6, abs=1e-8)
