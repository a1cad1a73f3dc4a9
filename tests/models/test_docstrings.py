"""Every example in a docstring of the models runs and shows what it says."""

import doctest
import importlib
import pkgutil

import pytest

import mlanim.models

MODULES = [module.name for module in pkgutil.iter_modules(mlanim.models.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"mlanim.models.{name}")
    assert doctest.testmod(module).failed == 0
