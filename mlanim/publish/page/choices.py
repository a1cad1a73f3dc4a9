"""Choices: a reader of a page turns what was a parameter, each combination played beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.parameters import Parameter

__all__ = ["MOST", "Choice", "asked_choices", "grid"]

MOST = 24  # variants of a page, each of which is a whole play of the scene


@dataclass(frozen=True)
class Choice:
    """A parameter's name, and what a reader may choose, as it is written."""

    name: str
    values: tuple[str, ...]


def asked_choices(texts: Sequence[str], taken: Sequence[str] = ()) -> tuple[Choice, ...]:
    """What `--choose` asks for, checked as far as that goes without the scene.

    Args:
        taken: parameters that have one value already.

    >>> asked_choices(["cell=gru,lstm"])
    (Choice(name='cell', values=('gru', 'lstm')),)

    Raises:
        UsageError: it cannot be read, or makes more variants than a page may have.
    """
    choices: list[Choice] = []
    for text in texts:
        name, equals, told = text.partition("=")
        name = name.strip()
        values = tuple(value.strip() for value in told.split(","))
        if not equals or not name or not all(values):
            raise UsageError(f"--choose {text!r:.80}", "write NAME=VALUE,VALUE,...")
        if len(set(values)) < 2 or len(set(values)) < len(values):
            what = "the same value twice" if len(values) > 1 else "a single value"
            remedy = "give each once" if len(values) > 1 else f"use --set {name}={values[0]}"
            raise UsageError(f"--choose {text!r:.80} has {what}", remedy)
        if name in taken or name in {choice.name for choice in choices}:
            raise UsageError(f"{name!r} is given twice", "choose among its values once")
        choices.append(Choice(name, values))
    count = prod(len(choice.values) for choice in choices)
    if count > MOST:
        told = " x ".join(f"{len(choice.values)} {choice.name}" for choice in choices)
        raise UsageError(
            f"--choose makes {count} variants ({told})", f"a page has at most {MOST}: choose fewer"
        )
    return tuple(choices)


def grid(
    choices: Sequence[Choice], parameters: Mapping[str, Parameter]
) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Every combination: as it is written, and as values; checked before any is played.

    Raises:
        UsageError: no such parameter, one that is a list, or a value that is not allowed.
    """
    read: list[list[tuple[str, Any]]] = []
    for name, texts in ((choice.name, choice.values) for choice in choices):
        if name not in parameters:
            hint = did_you_mean(name, parameters) or "this scene has no parameters"
            raise UsageError(f"unknown parameter {name!r} in --choose", hint)
        declared = parameters[name]
        if declared.is_list or declared.collects:
            raise UsageError(
                f"{name!r} is a {declared.type_name}, which --choose cannot tell apart by commas",
                "choose among a parameter of single values",
            )
        read.append([(text, declared.parse(text)) for text in texts])
    return list(_combined(choices, read))


def _combined(
    choices: Sequence[Choice], read: Sequence[Sequence[tuple[str, Any]]]
) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    names = [choice.name for choice in choices]
    for combination in product(*read):
        texts = [text for text, _ in combination]
        values = [value for _, value in combination]
        yield dict(zip(names, texts, strict=True)), dict(zip(names, values, strict=True))
