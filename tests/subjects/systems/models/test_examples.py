"""The examples in the docstrings of these models run and show what they say."""

import doctest
import importlib

import pytest

NAMES = (
    "depth_layers",
    "digit_network",
    "drawn_digit",
    "drawn_scene",
    "eight_bits",
    "evolution",
    "evolution_log",
    "operations",
    "program",
    "program_run",
    "program_trace",
    "seen_again",
)


@pytest.mark.parametrize("name", NAMES)
def test_examples(name):
    module = importlib.import_module(f"mlanim.subjects.systems.models.{name}")
    assert doctest.testmod(module).failed == 0
