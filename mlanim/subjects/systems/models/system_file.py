"""A system of the reader's own, as a small TOML file: boxes, wires, and what flows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.system.system import System, SystemBox
from mlanim.subjects.systems.models.packet_values import value_of
from mlanim.subjects.systems.models.toml_table import TomlTable

__all__ = ["Stop", "SystemFile", "read_system"]

_MOST_BYTES = 200_000
_NAME, _GLOSS, _TITLE = 20, 40, 60  # letters, at most
_LANES, _PACKETS, _STOPS = 4, 12, 24
_KINDS = ("box", "gate", "counter")
_TOP = ("title", "wires", "box", "packet")
_BOX = ("name", "gloss", "lane", "kind", "picture")
_STOP = ("box", "token", "text", "number", "tensor", "picture", "refused")


@dataclass(frozen=True)
class Stop:
    """A packet at a box: what it is from there on (None: as it was), and whether it ends there."""

    box: str
    value: Any = None
    refused: bool = False


@dataclass(frozen=True)
class SystemFile:
    """A system, and the packets that go through it, each from stop to stop along the wires."""

    title: str
    system: System
    packets: tuple[tuple[Stop, ...], ...]


def read_system(path: Path) -> SystemFile:
    """Read and check the whole file.

    Raises UsageError, in one line, for what is no TOML, unknown keys and boxes, names that occur
    twice, too much of anything, texts that are too long, and pictures that are not there.
    """
    name = path.name
    top = TomlTable(_parsed(path), name, _TOP, _near)
    boxes = tuple(_box(table, path) for table in top.tables("box", _BOX))
    if not boxes:
        raise UsageError(
            f"{name} has no [[box]]", 'begin with [[box]] and below it name = "camera"'
        )
    if len({box.lane for box in boxes}) > _LANES:
        raise UsageError(f"{name}: more than {_LANES} lanes", "put boxes together in fewer")
    try:
        system = System(boxes, tuple(pair for line in top.texts("wires") for pair in _wires(line)))
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
    tables = top.tables("packet", ("stops",))
    if len(tables) > _PACKETS:
        raise UsageError(f"{name}: {len(tables)} packets", f"a film shows at most {_PACKETS}")
    packets = tuple(_packet(table, system, path) for table in tables)
    return SystemFile(top.text("title", _TITLE) or path.stem[:_TITLE], system, packets)


def _parsed(path: Path) -> dict[str, Any]:
    name = path.name
    try:
        if not path.is_file():
            raise UsageError(f"file={path}", "no such file", "give a .toml with boxes and wires")
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{name} is larger than {_MOST_BYTES // 1000} kB", "shorten it")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{name} cannot be read", error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8", "write the file anew in UTF-8") from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not TOML", str(error)) from None
    except RecursionError:
        raise UsageError(f"{name} is nested too deeply", "a system needs two levels") from None


def _near(key: str, allowed: tuple[str, ...]) -> str:
    """What to do about a key that stands in the wrong place."""
    if key in _TOP and key not in allowed:
        return f"{key} belongs above the first [[box]]" if key in ("title", "wires") else ""
    plural = {"boxes": "box", "packets": "packet", "wire": "wires", "stop": "stops"}
    return f"did you mean {plural[key]!r}?" if plural.get(key) in allowed else ""


def _box(table: TomlTable, path: Path) -> SystemBox:
    name = table.text("name", _NAME)
    if not name:
        raise UsageError(f"{table.where} has no name", 'give it one: name = "camera"')
    if "->" in name:
        raise UsageError(f"{table.where}: {name!r} holds an arrow", "arrows part boxes in wires")
    made = SystemBox(name, table.text("gloss", _GLOSS), table.text("lane", _NAME))
    kind = table.one_of("kind", _KINDS)
    if "picture" in table.given:
        made = replace(made, picture=value_of("picture", table, path.parent))
    return replace(made, kind=kind)  # type: ignore[arg-type]


def _wires(line: str) -> list[tuple[str, str]]:
    """The pairs of "a -> b -> c"."""
    names = [part.strip() for part in line.split("->")]
    if len(names) < 2 or not all(names):
        raise UsageError(f"the wire {line!r}", 'write "camera -> network", or a chain of them')
    return list(pairwise(names))


def _packet(table: TomlTable, system: System, path: Path) -> tuple[Stop, ...]:
    tables = table.tables("stops", _STOP)
    if not 1 <= len(tables) <= _STOPS:
        what = f"{table.where} has {len(tables)} stops"
        raise UsageError(
            what, f"from 1 to {_STOPS}", 'stops = [{ box = "camera", text = "a cat" }]'
        )
    stops = [_stop(one, system, path) for one in tables]
    if stops[0].value is None:
        raise UsageError(
            f"{tables[0].where} carries nothing", f"give it one of {', '.join(_STOP[1:-1])}"
        )
    for before, here, where in zip(stops, stops[1:], tables[1:], strict=False):
        if before.refused:
            raise UsageError(f"{where.where} comes after a stop that refused", "end there")
        if (before.box, here.box) not in system.wires:
            ways = [end for start, end in system.wires if start == before.box]
            hint = f"from {before.box} wires lead to {', '.join(ways)}" if ways else ""
            what = f"{where.where}: no wire leads from {before.box} to {here.box}"
            raise UsageError(what, hint or f"no wire leaves {before.box}")
    return tuple(stops)


def _stop(table: TomlTable, system: System, path: Path) -> Stop:
    box = table.one_of("box", system.names, needed=True)
    kinds = [kind for kind in _STOP[1:-1] if kind in table.given]
    if len(kinds) > 1:
        raise UsageError(f"{table.where} carries {' and '.join(kinds)}", "give one of them")
    refused = table.given.get("refused", False)
    if not isinstance(refused, bool):
        raise UsageError(f"{table.where}: refused = {refused!r:.40}", "write true or false")
    kind = next(one.kind for one in system.boxes if one.name == box)
    if refused and kind != "gate":
        raise UsageError(f"{table.where}: {box} is no gate", 'give that box kind = "gate"')
    value = value_of(kinds[0], table, path.parent) if kinds else None
    return Stop(box, value, refused)
