"""mlanim: machine-learning explainers as animations, with every number really computed.

Names are imported on first use, so that `mlanim --help` does not wait for Manim.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "DARK": "mlanim.theme",
    "LIGHT": "mlanim.theme",
    "PRINT": "mlanim.theme",
    "Explainer": "mlanim.explainer",
    "MlanimError": "mlanim.errors",
    "RenderSpec": "mlanim.render.asked.spec",
    "Theme": "mlanim.theme",
    "UsageError": "mlanim.errors",
    "parameter": "mlanim.explainer",
}

__all__ = sorted([*_HOMES, "__version__"])


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext mlanim` in Jupyter: see `mlanim.notebook`."""
    import_module("mlanim.notebook").load_ipython_extension(shell)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mlanim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
