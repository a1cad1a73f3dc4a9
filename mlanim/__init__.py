"""mlanim: machine-learning explainers as animations, with every number really computed.

Names are imported on first use, so that `mlanim --help` does not wait for Manim.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise

# `python -m mlanim` looks into the current folder first, where a scene called random.py would be
# Python's random. As a scene's folder does, it comes last, before anything else is imported.
if (
    sys.argv[:1] == ["-m"]
    and ("-m", "mlanim") in pairwise(sys.orig_argv)
    and sys.path[:1] == [os.getcwd()]  # noqa: PTH109  an import less
):
    sys.path.append(sys.path.pop(0))

from mlanim.on_first_use import on_first_use

__version__ = "0.1.0"

_HOMES = {
    "DARK": "theme",
    "LIGHT": "theme",
    "PRINT": "theme",
    "Explainer": "explainer",
    "MlanimError": "errors",
    "RenderSpec": "render.asked.spec",
    "Theme": "theme",
    "UsageError": "errors",
    "parameter": "explainer",
}

__all__ = sorted([*_HOMES, "__version__"])

# `%load_ext mlanim` in Jupyter asks for the last name.
__getattr__, _ = on_first_use(__name__, {**_HOMES, "load_ipython_extension": "notebook"})


def __dir__() -> list[str]:
    return __all__
