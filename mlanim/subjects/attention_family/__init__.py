"""What came before and beside attention: factors, bare dot products, recurrence, windows, copies.

Its own nouns are imported on first use.
"""

from __future__ import annotations

from mlanim.on_first_use import on_first_use

_HOMES = {
    "BarRows": "primitives.bar_rows",
    "CopyRows": "primitives.copy_rows",
    "CurveChart": "primitives.curve_chart",
    "FactorPage": "primitives.factor_page",
    "PathPage": "primitives.path_page",
}

__all__ = sorted(_HOMES)

__getattr__, __dir__ = on_first_use(__name__, _HOMES)
