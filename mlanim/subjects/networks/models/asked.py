"""Expressions, layers and tables that are asked for, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.boundary_data import DATA
from mlanim.models.soon_read import soon_read
from mlanim.subjects.networks.models.expression import read_expression
from mlanim.subjects.networks.models.houses import read_regression

__all__ = ["check_layers", "judge_graph", "judge_network"]


def judge_graph(given: Mapping[str, Any]) -> None:
    """Refuse an expression that is none.

    Raises:
        UsageError: as the scene does.
    """
    if "expression" in given:
        read_expression(given["expression"])


def check_layers(layers: Sequence[int]) -> None:
    """Refuse no hidden layers, or more than are drawn.

    Raises:
        UsageError: one of these.
    """
    if not 1 <= len(layers) <= 4:
        raise UsageError(f"layers: {len(layers)} of them", "1 to 4 hidden layers")


def judge_network(given: Mapping[str, Any]) -> None:
    """Refuse layers that cannot be drawn, and tables without what is asked of them.

    Raises:
        UsageError: as the scene does.
    """
    if "layers" in given:
        check_layers(given["layers"])
    table, data = given.get("table"), given.get("data")
    if table is not None and soon_read(table):
        read_regression(table, given.get("columns"))
    if data is not None and data not in DATA and soon_read(Path(data)):
        from mlanim.subjects.networks.models.playground import points_of  # and SciPy with it

        points_of(data, 20)
