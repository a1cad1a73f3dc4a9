"""The examples in the docstrings of the tables' models run, and give what they say."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import mlanim.subjects.tables.models as models


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(models.__path__)])
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(f"{models.__name__}.{name}")).failed == 0
