"""One declared parameter: its type, what is allowed, and how it is read and written."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mlanim.errors import UsageError, did_you_mean
from mlanim.named_path import named_path

__all__ = ["Parameter", "declared_parameters", "parameter"]

_YES_NO = {"true": True, "yes": True, "on": True, "1": True}
_YES_NO |= {"false": False, "no": False, "off": False, "0": False}
_NOUNS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "a text",
    Path: "a file",
}
_TYPE_NAMES = {Path: "file"}
_OWN = ".:/\\"  # one of these is in every name of a file or of what a module has


@dataclass(frozen=True, slots=True)
class _Declared:
    default: Any
    help: str
    low: float | None
    high: float | None
    words: Callable[[], Sequence[str]] | None


def parameter(
    default: Any,
    help: str,
    *,
    low: float | None = None,
    high: float | None = None,
    words: Callable[[], Sequence[str]] | None = None,
) -> Any:
    """Declare a parameter in the body of an `Explainer`; its annotation is its type.

    Allowed types: `str`, `int`, `float`, `bool`, `Path` (a file), `Literal[...]`, a `list[...]` of
    these, and any of them `| None`. `Literal[...] | str` takes the reader's own besides: whatever
    has a point, a colon or a slash in it, as file and module names do. `dict[str, str]` collects
    what is given by names that are not declared: `--set a=[1,2]` becomes `{"a": "[1,2]"}`. `low`
    and `high` bound numbers, both included. `words` gives those that a text may consist of, for
    `mlanim show`.

    >>> from typing import Literal
    >>> class Scene:
    ...     heads: int = parameter(8, "attention heads", low=1, high=16)
    ...     norm: Literal["pre", "post"] = parameter("post", "where the layer norm stands")
    >>> declared_parameters(Scene)["heads"].parse("4")
    4
    """
    return _Declared(default, help, low, high, words)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter: what `show` prints and what `--set` is checked against."""

    name: str
    type: Any
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    words: Callable[[], Sequence[str]] | None = field(default=None, compare=False)

    @property
    def item_type(self) -> Any:
        """The type without `| None`."""
        if get_origin(self.type) in (Union, UnionType):
            return next(t for t in get_args(self.type) if t is not NoneType)
        return self.type

    @property
    def takes_own(self) -> bool:
        """Whether something else than the choices may be given: a file's or a module's name."""
        return bool(self.choices) and str in get_args(self.type)

    @property
    def optional(self) -> bool:
        """Whether `None` (written `none`) is a value."""
        return NoneType in get_args(self.type)

    @property
    def element_type(self) -> Any:
        """A list's element type, otherwise the type itself."""
        return get_args(self.item_type)[0] if self.is_list else self.item_type

    @property
    def is_list(self) -> bool:
        """Whether the value is a list, written with commas."""
        return get_origin(self.item_type) is list

    @property
    def collects(self) -> bool:
        """Whether it collects what is given by names that are not declared."""
        return get_origin(self.item_type) is dict

    @property
    def choices(self) -> tuple[Any, ...]:
        """The allowed values of a `Literal`, otherwise none."""
        is_literal = get_origin(self.element_type) is Literal
        return get_args(self.element_type) if is_literal else ()

    @property
    def type_name(self) -> str:
        """The type in a reader's words, such as `int`, `choice` or `list of float`."""
        if self.collects:
            return "by name"
        name = (
            "choice"
            if self.choices and not self.takes_own
            else _TYPE_NAMES.get(self.element_type, "")
        )
        name = name or ("choice or name" if self.takes_own else self.element_type.__name__)
        return f"list of {name}" if self.is_list else name

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.collects:
            return "--set NAME=... with names of your own"
        if self.choices:
            words = ", ".join(str(choice) for choice in self.choices)
            words += ", or your own" if self.takes_own else ""
        elif self.low is not None and self.high is not None:
            words = f"from {self.low:g} to {self.high:g}"
        elif self.low is not None:
            words = f"at least {self.low:g}"
        elif self.high is not None:
            words = f"at most {self.high:g}"
        else:
            words = _NOUNS[self.element_type]
        words = f"{words}, separated by commas" if self.is_list else words
        return f"{words}, or none" if self.optional else words

    def parse(self, text: str) -> Any:
        """Read a value as it is written on the command line.

        Raises:
            UsageError: the text is not of the declared type, or not allowed.
        """
        if self.optional and text.strip().casefold() == "none":
            return None
        if self.collects:
            pairs = [part.partition("=") for part in text.split(";") if part.strip()]
            return self.check({name.strip(): value.strip() for name, _, value in pairs})
        if self.is_list:
            parts = [part.strip() for part in text.split(",")] if text.strip() else []
            return self.check([self._parse_one(part) for part in parts])
        return self.check(self._parse_one(text))

    def _parse_one(self, text: str) -> Any:
        if self.choices:
            return next((c for c in self.choices if str(c) == text.strip()), text)
        if self.element_type is bool:
            return _YES_NO.get(text.strip().casefold(), text)
        if self.element_type in (int, float):
            try:
                return self.element_type(text)
            except ValueError:
                return text
        return text

    def check(self, value: Any) -> Any:
        """Return the value, as the declared type, or say why it cannot be.

        Raises:
            UsageError: the value is not of the declared type, or not allowed.
        """
        if value is None and self.optional:
            return None
        if self.collects:
            return self._check_collected(value)
        if self.is_list:
            if not isinstance(value, list | tuple):
                raise self._refusal(value)
            return [self._check_one(element) for element in value]
        return self._check_one(value)

    def _check_collected(self, value: Any) -> dict[str, str]:
        """Texts by names; a file's numbers and lists are texts as they are written."""
        if isinstance(value, str):
            return self.parse(value)
        if not isinstance(value, Mapping):
            raise self._refusal(value)
        texts = {}
        for name, one in value.items():
            if not (isinstance(name, str) and name.isidentifier()):
                raise UsageError(f"{name!r:.60} is no name", "letters, digits and _")
            text = one if isinstance(one, str) else repr(one)
            if not text.strip() or not text.isprintable():
                hint = "only printable characters can be drawn" if text.strip() else "give a value"
                raise UsageError(f"{name}={_written(one)}", hint)
            texts[name] = text
        return texts

    def _check_one(self, value: Any) -> Any:
        kind = self.element_type
        if self.choices:
            if any(value == choice and type(value) is type(choice) for choice in self.choices):
                return value
            is_own = self.takes_own and isinstance(value, str) and set(value) & set(_OWN)
            if is_own and value.isprintable():
                return value
            hint = did_you_mean(str(value), [str(choice) for choice in self.choices])
            raise self._refusal(value, hint)
        if kind is Path and isinstance(value, str):
            value = named_path(value, f"{self.name}:", "give the path of a file")
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            try:
                value = float(value)
            except OverflowError:  # more than three hundred digits
                raise self._refusal(value) from None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self._refusal(value)
        if kind is str and not value.isprintable():
            raise self._refusal(value, "only printable characters can be drawn")
        if isinstance(value, int | float) and not isinstance(value, bool):
            low, high = self.low, self.high
            below, above = low is not None and value < low, high is not None and value > high
            if isinstance(value, float) and not math.isfinite(value):
                raise self._refusal(value)
            if below or above:
                size = "small" if below else "large"
                raise UsageError(f"{self.name}={value} is too {size}", f"allowed: {self.allowed}")
        return value

    def write(self, value: Any) -> str:
        """Write a value as `parse` reads it.

        >>> Parameter("n", list[int], [1, 2], "numbers").write([3, 4])
        '3,4'
        """
        if isinstance(value, Mapping):
            return "; ".join(f"{name}={one}" for name, one in value.items())
        if isinstance(value, list | tuple):
            return ",".join(map(self.write, value))
        return str(value).lower() if isinstance(value, bool) or value is None else str(value)

    def to_json(self) -> dict[str, Any]:
        """All of it, as plain values."""
        return {
            "name": self.name,
            "type": self.type_name,
            "default": self.default,
            "allowed": self.allowed,
            "choices": list(self.choices),
            "low": self.low,
            "high": self.high,
            "help": self.help,
        } | ({"words": list(self.words())} if self.words else {})

    def _refusal(self, value: Any, hint: str = "") -> UsageError:
        noun = "" if self.choices else f" must be {_NOUNS.get(self.element_type, 'a value')}"
        hint = hint or f"allowed: {self.allowed}"
        return UsageError(f"{self.name}={_written(value)}{noun or ' is not allowed'}", hint)


def _written(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def declared_parameters(owner: type) -> dict[str, Parameter]:
    """The parameters that a class and its bases declare, in the order of declaration.

    A value that a class has under the name of a base's parameter is its own default of it.

    Raises:
        UsageError: such a value that the parameter does not allow.
    """
    found: dict[str, Parameter] = {}
    for cls in reversed(owner.__mro__):
        for name, value in vars(cls).items():
            if name in found and not isinstance(value, _Declared) and not hasattr(value, "__get__"):
                found[name] = replace(found[name], default=found[name].check(value))
        names = [name for name, value in vars(cls).items() if isinstance(value, _Declared)]
        hints = get_type_hints(cls) if names else {}
        for name in names:
            one = vars(cls)[name]
            found[name] = Parameter(
                name, hints[name], one.default, one.help, one.low, one.high, one.words
            )
    return found
