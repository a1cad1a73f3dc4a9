"""The examples in docstrings run, and give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mlanim"
ELSEWHERE = {"capture"}  # needs PyTorch


def modules() -> list[str]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if ">>> " in path.read_text() and parts[0] not in ELSEWHERE:
            found.append(".".join(["mlanim", *parts]).removesuffix(".__init__"))
    return found


@pytest.mark.parametrize("name", modules())
def test_examples_give_what_they_say(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted
    assert not result.failed
