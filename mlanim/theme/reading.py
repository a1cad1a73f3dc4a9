"""A theme from a file: what it changes of a base theme, checked when it is read.

    base = "dark"
    surface = "#0B1B33"
    watermark = "Draft"
    [roles]
    encoder = "#7FD3A0"                      # the ink; its fill follows
    decoder = { ink = "#C9A0F0", fill = "#2A1B3A" }
    [fonts]
    sans = "DejaVu Sans"                     # a family, or a .ttf beside the file
    [sizes]
    title = 0.36
    [logo]
    file = "logo.svg"
    corner = "top right"
    height = 0.5

Roles that the file does not name are the base's; where they would not read on the new surface, or
look like one that it names, they move to the nearest colour that passes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mlanim.colour import contrast, from_hex
from mlanim.errors import UsageError, did_you_mean
from mlanim.fonts import families, register_file
from mlanim.theme import READABLE, THEMES, Fonts, Logo, Role, Sizes, Theme
from mlanim.theme.logo_file import LEAST_LOGO, check_logo
from mlanim.theme.nearest import fill_of, nearest, trouble

__all__ = ["files_of", "read_theme"]

_TOP = ("base", "surface", "ink", "muted", "corner", "margin", "gap", "dim", "watermark")
_TABLES = ("roles", "fonts", "sizes", "logo")
_CORNERS = ("top right", "bottom left", "bottom right")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_RANGES = {"corner": (0, 0.5), "margin": (0.2, 1.5), "gap": (0.05, 1), "dim": (0.15, 0.8)}
_MOST_BYTES = 100_000
_SMALLEST = 0.178  # units of cap height: 1/45 of the frame's shorter side
_LARGEST = 0.6
_LONGEST = 60  # characters of a watermark
_TOLD = 3  # of many wrong roles


def read_theme(file: Path) -> Theme:
    """The theme of a file.

    Raises:
        UsageError: no such file, no TOML, an unknown key, font or role, or a colour that does not
            pass: with the nearest one that does.
    """
    return _made(_text(file), file.absolute())


def files_of(file: Path) -> tuple[Path, ...]:
    """What a theme is read of: its file, and those that it names."""
    theme = read_theme(file)
    own = [Path(name) for name in theme.font_files]
    return (file, *own, *([Path(theme.logo.file)] if theme.logo else []))


def _text(file: Path) -> str:
    told = f"--theme {file}"
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{told} is too large", "a theme is a few lines")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        hint = f"give {', '.join(THEMES)} or a .toml file"
        raise UsageError(told, error.strerror or "cannot be read", hint) from None
    except ValueError:
        raise UsageError(f"{told} is no UTF-8", "save it as UTF-8") from None


@lru_cache(maxsize=16)  # by what the file says: looking for colours takes a second
def _made(text: str, file: Path) -> Theme:
    name = file.name
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise UsageError(name, "its brackets are too deep to be read") from None
    except ValueError as error:
        raise UsageError(f"{name} is no TOML", str(error)) from None
    _check_keys(name, table, (*_TOP, *_TABLES))
    for key in _TABLES:
        if not isinstance(table.get(key, {}), dict):
            raise UsageError(f"{name}: {key} = {table[key]!r}", f"write a table, [{key}]")
    base = table.get("base", "light")
    if base not in THEMES:
        raise UsageError(f"{name}: base = {base!r}", did_you_mean(str(base), THEMES))
    theme = THEMES[base]
    numbers: dict[str, Any] = {
        key: _number(name, key, table[key], *_RANGES[key]) for key in _RANGES if key in table
    }
    colours: dict[str, Any] = {
        key: _colour(name, key, table[key]) for key in ("surface", "ink", "muted") if key in table
    }
    fonts, font_files = _fonts(name, table.get("fonts", {}), file.parent)
    theme = replace(
        theme,
        name=file.stem,
        source=str(file),
        sizes=_sizes(name, table.get("sizes", {}), theme.sizes),
        fonts=fonts,
        font_files=font_files,
        logo=_logo(name, table["logo"], file.parent) if "logo" in table else None,
        watermark=_watermark(name, table.get("watermark", "")),
        **colours,
        **numbers,
    )
    _check_texts(name, theme, colours)
    return _with_roles(name, theme, table.get("roles", {}))


def _check_keys(place: str, table: Mapping[str, Any], allowed: Iterable[str]) -> None:
    for key in table:
        if key not in (known := list(allowed)):
            raise UsageError(f"{place}: unknown key {key!r}", did_you_mean(key, known))


def _number(name: str, key: str, value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise UsageError(f"{name}: {key} = {value!r}", f"a number from {low:g} to {high:g}")
    return float(value)


def _colour(name: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise UsageError(f"{name}: {key} = {value!r}", 'write a colour as "#0B1B33"')
    return value.upper()


def _check_texts(name: str, theme: Theme, given: Mapping[str, str]) -> None:
    """Text and lesser text have to read on the surface."""
    for key in ("ink", "muted"):
        own: str = getattr(theme, key)
        found = float(contrast(from_hex(own), from_hex(theme.surface)))
        if found < READABLE:
            near = nearest("", own, {}, theme)
            which = "" if key in given else f", which is the base's: give {key} too"
            raise UsageError(
                f"{name}: {key} {own} has {found:.1f}:1 on the surface {theme.surface}{which}",
                f"text needs {READABLE}:1, and the nearest that passes is {near}",
            )


def _with_roles(name: str, theme: Theme, given: Mapping[str, Any]) -> Theme:
    """Roles as they are given, and the base's around them."""
    _check_keys(f"{name}: roles", given, theme.roles)
    pairs = {role: _pair(name, role, value, theme) for role, value in given.items()}
    roles: dict[str, Role] = {}  # those that pass beside each other
    wrong: dict[str, str] = {}
    for role, pair in pairs.items():
        if problem := trouble(role, pair, roles, theme):
            wrong[role] = problem
        else:
            roles[role] = pair
    told = []
    for role, problem in wrong.items():  # all that is offered passes together
        ink = pairs[role].ink
        hint = "no colour passes beside those"
        own = Role(ink, fill_of(ink, theme))
        if own != pairs[role] and not trouble(role, own, roles, theme):
            hint = f"the nearest fill that passes is {own.fill}"
            roles[role] = own
        elif near := nearest(role, ink, roles, theme):
            hint = f"the nearest that passes is {near}"
            roles[role] = Role(near, fill_of(near, theme))
        told.append(f"{role} {ink} {problem}; {hint}")
    if told:
        more = f" (and {len(told) - _TOLD} more)" if len(told) > _TOLD else ""
        raise UsageError(f"{name}: roles", ". ".join(told[:_TOLD]) + more)
    for role, pair in theme.roles.items():
        if role in roles:
            continue
        if trouble(role, pair, roles, theme):
            pair = Role(pair.ink, fill_of(pair.ink, theme))
        if trouble(role, pair, roles, theme):
            near = nearest(role, pair.ink, roles, theme)
            if near is None:
                raise UsageError(
                    f"{name}: beside those of its roles no colour is left for {role}",
                    "give fewer roles, or others",
                )
            pair = Role(near, fill_of(near, theme))
        roles[role] = pair
    return replace(theme, roles=MappingProxyType({role: roles[role] for role in theme.roles}))


def _pair(name: str, role: str, value: Any, theme: Theme) -> Role:
    if isinstance(value, dict):
        _check_keys(f"{name}: {role}", value, ("ink", "fill"))
        if "ink" not in value:
            raise UsageError(f"{name}: {role} has no ink", f'{role} = "#0B1B33" is its ink')
        ink = _colour(name, f"{role}.ink", value["ink"])
        fill = value.get("fill")
        own = _colour(name, f"{role}.fill", fill) if fill is not None else None
        return Role(ink, own or fill_of(ink, theme))
    ink = _colour(name, role, value)
    return Role(ink, fill_of(ink, theme))


def _fonts(name: str, table: Mapping[str, Any], folder: Path) -> tuple[Fonts, tuple[str, ...]]:
    """Families as they are called, and the files that they come of."""
    _check_keys(f"{name}: fonts", table, ("sans", "mono"))
    found: dict[str, str] = {}
    files = []
    for use, value in table.items():
        told = f"{name}: {use} = {value!r}"
        if not isinstance(value, str) or not value.strip():
            raise UsageError(told, "give a family's name, or the path of a .ttf")
        if value.lower().endswith((".ttf", ".otf")):
            path = (folder / value).absolute()
            found[use] = register_file(path, told)
            files.append(str(path))
        elif family := {name.casefold(): name for name in families()}.get(value.casefold()):
            found[use] = family
        else:
            raise UsageError(f"{told}: no font of this machine", did_you_mean(value, families()))
    return Fonts(**found), tuple(files)


def _sizes(name: str, table: Mapping[str, Any], base: Sizes) -> Sizes:
    _check_keys(f"{name}: sizes", table, ("small", "body", "title"))
    given = {key: _number(name, key, table[key], _SMALLEST, _LARGEST) for key in table}
    sizes = replace(base, **given)
    if not sizes.small <= sizes.body <= sizes.title:
        raise UsageError(
            f"{name}: sizes {sizes.small:g}, {sizes.body:g}, {sizes.title:g}",
            "small, body and title each at least as large as the one before",
        )
    return sizes


def _logo(name: str, table: Mapping[str, Any], folder: Path) -> Logo:
    _check_keys(f"{name}: logo", table, ("file", "corner", "height"))
    file = table.get("file")
    if not isinstance(file, str) or not file.lower().endswith((".svg", ".png")):
        raise UsageError(f"{name}: logo file = {file!r}", "give the path of an .svg or .png")
    path = (folder / file).absolute()
    check_logo(path, f"{name}: the logo {file}")
    corner = table.get("corner", "bottom right")
    if corner not in _CORNERS:
        hint = did_you_mean(str(corner), _CORNERS)
        raise UsageError(f"{name}: corner = {corner!r}", f"{hint}; headings stand at the top left")
    return Logo(
        str(path), corner, _number(name, "height", table.get("height", 0.4), LEAST_LOGO, 1.5)
    )


def _watermark(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise UsageError(f"{name}: watermark = {value!r}", f"a text of up to {_LONGEST} characters")
    return value
