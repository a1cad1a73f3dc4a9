"""The libraries that capturing needs, imported where used."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from mlanim.errors import MlanimError

__all__ = ["needed"]


def needed(name: str) -> ModuleType:
    """Import a library of the extra `hf`, or say how to get it (MlanimError)."""
    try:
        return import_module(name)
    except ImportError as error:
        raise MlanimError(
            f"capturing needs {name}", 'pip install "mlanim[hf]"', "or PyTorch as its page says"
        ) from error
