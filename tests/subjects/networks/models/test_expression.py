"""Expressions are read, never run; what is no expression is refused in one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.subjects.networks.models.expression import MOST_NODES, read_expression
from mlanim.subjects.networks.models.named_values import read_values, values_of
from mlanim.subjects.networks.models.value_graph import ValueGraph

REFUSED = [
    "",
    "a",
    "1 + 2",
    "(a",
    "a +",
    "a.__class__",
    "a.__class__()",
    "__import__('os').system('true')",
    "__a__ + 1",
    "a_very_long_name + 1",
    "lambda: a",
    "(lambda x: x)(a)",
    "[a for a in b]",
    "a if b else c",
    "a < b",
    "not a",
    "a and b",
    "a[0]",
    "a, b",
    "a := 1",
    "'text' + a",
    "True + a",
    "1j * a",
    "... + a",
    "f'{a}'",
    "a @ b",
    "a // b",
    "a % b",
    "a ^ 2",
    "~a",
    "a\0b",
    "a*b; c",
    "import os",
    "eval(a)",
    "sqrt(a)",
    "tanh",
    "tanh + a",
    "tanh()",
    "tanh(a, b)",
    "tanh(*a)",
    "tanh(x=a)",
    "a.tanh",
    "a.tanh(b)",
    "max(a)",
    "a**1000",
    "a**100",
    "1e999 * a",
    "9" * 300 + " * a",
    "a + " * 200 + "a",
    "(" * 300 + "a*b" + ")" * 300,
    "-" * 300 + "a",
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:24])
def test_what_is_no_expression_is_refused_in_one_line(text):
    with pytest.raises(UsageError) as refused:
        read_expression(text)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(a*b + c).tanh()", "tanh(a*b + c)"),
        ("a.max(b)", "max(a, b)"),
        ("a**-2", "a**(-2)"),
        ("+a*b", "a*b"),
    ],
)
def test_both_ways_of_writing_give_one_graph(one, other):
    assert read_expression(one).nodes == read_expression(other).nodes


def test_a_name_is_one_node_and_a_sum_too():
    graph = read_expression("a + b + a*b + a")
    assert [node.kind for node in graph.nodes] == ["name", "name", "multiply", "add"]
    assert graph.nodes[-1].inputs == (0, 1, 2, 0)


def test_forty_nodes_are_read_and_forty_one_are_not():
    chain = "a" + ".tanh()" * (MOST_NODES - 1)
    assert len(read_expression(chain).nodes) == MOST_NODES
    with pytest.raises(UsageError, match="40"):
        read_expression(chain + ".tanh()")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1.+-*/()^ ,_[]'=%tanhrelumxexplog\0é", max_size=40))
def test_any_text_is_a_graph_or_a_usage_error(text):
    try:
        graph = read_expression(text)
    except UsageError:
        return
    assert isinstance(graph, ValueGraph) and graph.names


@pytest.mark.parametrize(
    "text", ["a", "a=", "=2", "a=b", "a=nan", "a=inf", "a=1e9", "a=1, a=2", "a=1 b=2"]
)
def test_values_that_are_none_are_refused(text):
    with pytest.raises(UsageError):
        read_values(text)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("alpa", "did you mean 'alpha'"), ("rte", "did you mean 'rate'"), ("z", "its names: alpha")],
)
def test_a_value_without_its_name_is_refused(name, hint):
    with pytest.raises(UsageError, match=hint):
        values_of(["alpha"], {name: 1.0}, others=["rate", "rounds"])
    assert values_of(["alpha"], {name: 1.0}, others=None) == ({"alpha": 2.0}, ["alpha"])
