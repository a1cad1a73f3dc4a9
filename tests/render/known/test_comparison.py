import copy
import math

import numpy as np
import pytest

from mlanim.render.known import dict_versions
from mlanim.render.known.comparison import Comparison
from mlanim.render.known.namespaces import Namespace
from mlanim.render.known.within import Within


def of_a_library(function):
    function.__code__ = function.__code__.replace(co_filename="<a library>")
    return function


@of_a_library
def first(self):
    return 1


def other(self):
    return 2


@of_a_library
def with_defaults(self, given=1, *, named=1):
    return given


@pytest.fixture(autouse=True, params=[True, False], ids=["versions", "no versions"])
def _python_keeps_versions(request, monkeypatch):
    if not request.param:
        monkeypatch.setattr(dict_versions, "_ARE_KEPT", False)


@pytest.fixture
def kind():
    return type("Kind", (), {"act": first, "given": with_defaults, "sizes": [1, 2]})


@pytest.fixture
def namespace(kind):
    return Namespace(kind)


@pytest.fixture
def comparison(namespace):
    return Comparison([(namespace, namespace.names)])


def names(comparison):
    return [names for _, names in comparison.differing()]


def test_what_nobody_changed_is_the_same(comparison):
    assert comparison.differing() == []


def test_another_function_is_seen_until_the_first_is_back(kind, comparison):
    assert names(comparison) == []
    kind.act = other
    assert names(comparison) == [["act"]]
    kind.act = first
    assert names(comparison) == []


def test_what_came_is_seen_also_after_pythons_own_books_came(kind, comparison):
    copy.copy(kind())  # writes __slotnames__ into the class
    assert "__slotnames__" in vars(kind)
    assert names(comparison) == []
    kind.added = other
    assert names(comparison) == [["added"]]


def test_what_came_before_it_was_looked_at_is_seen_too(kind, namespace):
    kind.added = other
    assert names(Comparison([(namespace, namespace.names)])) == [["added"]]


def test_what_is_expected_from_now_on_is_what_is_compared(kind, namespace, comparison):
    assert names(comparison) == []
    kind.act = other
    namespace.expect("act", other)
    comparison.outdate()
    assert names(comparison) == []
    kind.act = first
    assert names(comparison) == [["act"]]


@pytest.mark.parametrize(
    ("function", "attribute", "changed"),
    [
        (first, "__code__", other.__code__),
        (first, "__defaults__", (3,)),
        (first, "__kwdefaults__", {"a": 1}),
        (with_defaults, "__defaults__", None),
        (with_defaults, "__defaults__", (True,)),  # equal to what it was
        (with_defaults, "__kwdefaults__", {"named": 1.0}),
        (with_defaults, "__defaults__", (np.arange(2),)),
    ],
)
def test_a_function_changed_within_is_told_as_unknown(comparison, function, attribute, changed):
    comparison.differing()
    was = getattr(function, attribute)
    try:
        setattr(function, attribute, changed)
        assert comparison.differing() is None
    finally:
        setattr(function, attribute, was)
    assert comparison.differing() == []


def test_a_function_changed_before_it_was_looked_at_is_told_too(namespace):
    was = first.__code__
    try:
        first.__code__ = other.__code__
        assert Comparison([(namespace, namespace.names)]).differing() is None
    finally:
        first.__code__ = was
    assert Comparison([(namespace, namespace.names)]).differing() == []


def test_a_library_that_puts_its_own_function_together_has_not_changed_it():
    """As networkx does: some are compiled when they are called for the first time."""
    library = {"__name__": "graphs.decorators"}
    exec("def act(): return 1\ndef compiled(): act.__code__ = (lambda: 2).__code__", library)
    library["act"].__module__ = "graphs.classes"
    namespace = Namespace(type("Kind", (), library))
    comparison = Comparison([(namespace, namespace.names)])
    assert comparison.differing() == []
    library["compiled"]()
    assert library["act"]() == 2
    assert comparison.differing() == []
    library["act"].__code__ = (lambda: 3).__code__
    assert comparison.differing() is None


def test_what_is_said_about_a_function_does_not_count(comparison):
    comparison.differing()
    with_defaults.__doc__ = "Something else."
    with_defaults.note = 1
    assert comparison.differing() == []


def test_a_list_changed_within_is_told_as_unknown(kind, namespace):
    within = Within()
    within.take(namespace.values)
    comparison = Comparison([(namespace, namespace.names)], within)
    assert comparison.differing() == []
    kind.sizes[0] = math.pi
    assert comparison.differing() is None
