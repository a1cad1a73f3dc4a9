"""Typed parameters of an explainer: declared once, they are the `--set` names and the arguments."""

from mlanim.parameters.declared import Parameter, declared_parameters, parameter
from mlanim.parameters.values import check_values, gathered, read_values

__all__ = [
    "Parameter",
    "check_values",
    "declared_parameters",
    "gathered",
    "parameter",
    "read_values",
]
