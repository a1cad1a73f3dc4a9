import copy
import math

import pytest

from mlanim.render.known.comparison import Comparison
from mlanim.render.known.namespaces import Namespace


def first(self):
    return 1


def other(self):
    return 2


@pytest.fixture
def kind():
    return type("Kind", (), {"act": first, "sizes": [1, 2]})


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


def test_what_is_expected_from_now_on_is_what_is_compared(kind, namespace, comparison):
    assert names(comparison) == []
    kind.act = other
    namespace.expect("act", other)
    comparison.outdate()
    assert names(comparison) == []
    kind.act = first
    assert names(comparison) == [["act"]]


@pytest.mark.parametrize("attribute", ["__code__", "__defaults__", "__kwdefaults__"])
def test_a_function_changed_within_is_told_as_unknown(comparison, attribute):
    comparison.differing()
    was = getattr(first, attribute)
    changed = {"__code__": other.__code__, "__defaults__": (3,), "__kwdefaults__": {"a": 1}}
    try:
        setattr(first, attribute, changed[attribute])
        assert comparison.differing() is None
    finally:
        setattr(first, attribute, was)


def test_a_list_changed_within_is_told_as_unknown(kind, comparison):
    comparison.differing()
    kind.sizes[0] = math.pi
    assert comparison.differing() is None
