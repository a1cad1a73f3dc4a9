"""The public surface of the primitives."""

from __future__ import annotations

import pytest
from manim import Mobject

from mlanim import primitives


def test_every_name_is_there_and_sorted() -> None:
    assert list(primitives.__all__) == sorted(primitives.__all__) == dir(primitives)
    for name in primitives.__all__:
        noun = getattr(primitives, name)
        assert noun.__doc__
        assert name in {"Area", "about", "format_number"} or issubclass(noun, Mobject)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_noun"):
        primitives.no_such_noun  # noqa: B018
