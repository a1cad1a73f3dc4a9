"""The public surface: what `mlanim` offers, and that asking is cheap."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

import mlanim


def test_every_public_name_is_there_and_sorted() -> None:
    assert list(mlanim.__all__) == sorted(mlanim.__all__)
    for name in mlanim.__all__:
        assert getattr(mlanim, name) is not None
    assert set(mlanim.__all__) <= set(dir(mlanim))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = mlanim.no_such_name


@pytest.mark.parametrize(
    "line", ["import mlanim", "from mlanim import Theme, RenderSpec, UsageError"]
)
def test_importing_does_not_wait_for_manim(line: str) -> None:
    script = f"{line}\nimport sys\nprint('manim' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_no_module_shadows_a_public_name() -> None:
    """A module of the same name becomes an attribute as soon as anything imports it."""
    modules = [name for name in mlanim.__all__ if find_spec(f"mlanim.{name}")]
    assert modules == [], "rename the modules, or the names"
