"""A table of a TOML file, read key by key; what is wrong is told in one line, with where it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlanim.errors import UsageError, did_you_mean

__all__ = ["TomlTable"]

_Near = Callable[[str, tuple[str, ...]], str]


class TomlTable:
    """given: the table. where: names it in errors. allowed: the keys that it may have.

    near: what to say of a key that is not allowed, instead of the nearest ones; "" for those.

    >>> TomlTable({"name": "a"}, "mine.toml", ("name",)).text("name", 20)
    'a'
    """

    def __init__(
        self, given: Any, where: str, allowed: tuple[str, ...], near: _Near | None = None
    ) -> None:
        if not isinstance(given, Mapping):
            hint = f"it is a table of {', '.join(allowed)}"
            raise UsageError(f"{where} is {_told(given)}", hint)
        self.given, self.where, self._near = given, where, near
        for key in given:
            if key not in allowed:
                hint = (near(key, allowed) if near else "") or did_you_mean(key, allowed)
                raise UsageError(f"{where} has an unknown key {key!r:.40}", hint)

    def text(self, key: str, most: int) -> str:
        """A text of one line, "" where there is none."""
        value = self.given.get(key, "")
        if not isinstance(value, str) or not (value == "" or value.strip()):
            raise UsageError(f"{self.where}: {key} = {_told(value)}", "write a text in quotes")
        if not value.isprintable():
            what = f"{self.where}: {key} holds what cannot be drawn"
            raise UsageError(what, "only printable characters, on one line")
        if len(value) > most:
            what = f"{self.where}: {key} has {len(value)} letters"
            raise UsageError(what, f"{most} are the most that fit: {value[:most]!r}...")
        return value.strip()

    def texts(self, key: str) -> list[str]:
        """A list of texts, empty where there is none."""
        value = self.given.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            what = f"{self.where}: {key} = {_told(value)}"
            raise UsageError(what, f'write a list of texts: {key} = ["camera -> network"]')
        return value

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[TomlTable]:
        """The tables of a list of them, counted from 1 in errors; empty where there is none."""
        value = self.given.get(key, [])
        if not isinstance(value, list):
            what = f"{self.where}: {key} = {_told(value)}"
            raise UsageError(what, f"write [[{key}]], with two brackets on each side")
        named = [f"{self.where}, {key} {number}" for number in range(1, len(value) + 1)]
        return [
            TomlTable(one, where, allowed, self._near)
            for one, where in zip(value, named, strict=True)
        ]

    def one_of(self, key: str, allowed: Sequence[str], *, needed: bool = False) -> str:
        """One of some words; the first of them where the key is not there and not needed."""
        if key not in self.given and needed:
            raise UsageError(f"{self.where} has no {key}", f"allowed: {', '.join(allowed)}")
        value = self.given.get(key, allowed[0])
        if value not in allowed:
            hint = did_you_mean(str(value), allowed)
            raise UsageError(f"{self.where}: unknown {key} {value!r:.60}", hint)
        return str(value)


def _told(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
