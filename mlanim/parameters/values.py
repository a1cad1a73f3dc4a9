"""The values that a scene gets: given ones, checked by their declarations, and defaults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.parameters.declared import Parameter

__all__ = ["check_values", "gathered", "read_values"]

_SHORT_NAME = 3  # of names that are so short none is a declared one misspelt


def check_values(parameters: Mapping[str, Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every parameter's value: the given one, checked, or its default.

    Raises:
        UsageError: a name that is not declared, or a value that is not allowed.
    """
    values = gathered(parameters, values)
    return {
        name: declared.check(values[name]) if name in values else declared.default
        for name, declared in parameters.items()
    }


def gathered(parameters: Mapping[str, Parameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, those of undeclared names put together for the parameter that collects them.

    >>> named = Parameter("named", dict[str, str], {}, "values by name")
    >>> gathered({"named": named}, {"a": "1", "b": "2"})
    {'named': {'a': '1', 'b': '2'}}

    Raises:
        UsageError: no parameter collects, or the name is nearly that of a declared one, and no
            other value speaks of it, as `expression="weight*x"` does of `weight`.
    """
    known = {name: value for name, value in values.items() if name in parameters}
    others = {name: value for name, value in values.items() if name not in known}
    collector = next((one for one in parameters.values() if one.collects), None)
    spoken_of = set(re.findall(r"\w+", " ".join(v for v in known.values() if isinstance(v, str))))
    for name in others:
        if collector is not None and name in spoken_of:
            continue
        hint = did_you_mean(name, parameters) or "this scene has no parameters"
        if collector is None or (hint.startswith("did you mean") and len(name) > _SHORT_NAME):
            raise UsageError(f"unknown parameter {name!r}", hint)
    if collector is None or not others:
        return known
    own = known.get(collector.name, {})
    own = collector.parse(own) if isinstance(own, str) else own
    return known | {collector.name: {**own, **others}}


def read_values(
    parameters: Mapping[str, Parameter], given: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Values that are `given` as they are, then those that are written as `texts`.

    >>> scores = Parameter("scores", list[float], [1.0], "numbers")
    >>> read_values({"scores": scores}, {}, {"scores": "3,1"})
    {'scores': [3.0, 1.0]}

    Raises:
        UsageError: a name that is not declared, or a value that is not allowed.
    """
    as_given, as_text = gathered(parameters, given), gathered(parameters, texts)
    values = {name: parameters[name].check(value) for name, value in as_given.items()}
    for name, text in as_text.items():
        declared = parameters[name]
        read = declared.check(text) if isinstance(text, dict) else declared.parse(text)
        values[name] = {**values.get(name, {}), **read} if declared.collects else read
    return values
