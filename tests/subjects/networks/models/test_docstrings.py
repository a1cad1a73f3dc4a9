"""Every example in a docstring of the networks' models runs and shows what it says."""

import doctest
import importlib
import pkgutil

import pytest

import mlanim.subjects.networks.models as models

MODULES = [module.name for module in pkgutil.iter_modules(models.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"{models.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
