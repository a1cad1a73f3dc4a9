"""What surrounds a render and could change it: environment, fonts, time zone, Python's paths."""

# ruff: noqa: PTH111, PTH116, PTH117, PTH208
from __future__ import annotations

import os
import platform
import re
import site
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mlanim.render.watched.stamps import digest_of_all

__all__ = ["IDLE", "settings_of_manim", "surroundings", "versions"]

_PACKAGES = ("mlanim", "manim", "numpy", "pycairo", "ManimPango", "av", "pillow", "scipy")
# Say where and how a shell runs; they count for a scene that reads them, and for no other.
IDLE = frozenset(
    ("_", "SHLVL", "PWD", "OLDPWD", "TERM", "COLUMNS", "LINES", "WINDOWID", "PYTEST_CURRENT_TEST")
)
_FONTS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "~/Library/Fonts",
)
_FONT_SETTINGS = ("/etc/fonts", "/usr/share/fontconfig", "~/.fonts.conf", "~/.config/fontconfig")
_LINKED = -1  # in place of the size of a link that leads to a folder
_NAMED = re.compile(rb"<(?:dir|include)[^>]*>\s*([^<]+?)\s*</")


def surroundings() -> str:
    """A digest of all of it, as it is now."""
    variables = sorted((k, v) for k, v in os.environ.items() if k not in IDLE)
    machine = platform.uname()[:5], os.cpu_count()
    told = [variables, list(_fonts()), _time_zone(), list(_path_files()), machine]
    return digest_of_all(told)


def versions() -> list[str]:
    """Of Python, and of the packages that decide how things look."""
    found = [sys.version]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(name)
    return found


def settings_of_manim(scene: Path | None) -> list[Path]:
    """Where Manim's settings may lie, whether they do or not."""
    home = "AppData/Roaming/Manim" if os.name == "nt" else ".config/manim"
    folders = [Path.cwd(), Path.home() / home, *([scene.absolute().parent] if scene else [])]
    return [folder / "manim.cfg" for folder in folders]


def _fonts() -> Iterator[tuple[str, int, int]]:
    """All files that fontconfig may look at, with sizes and times."""
    variable = os.environ.get
    settings = [*_FONT_SETTINGS]
    settings += [variable(name, "") for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH")]
    if home := variable("XDG_CONFIG_HOME"):
        settings.append(f"{home}/fontconfig")
    data = f"{variable('XDG_DATA_HOME', '')}:{variable('XDG_DATA_DIRS', '')}".split(":")
    places = [*_FONTS, *(f"{place}/fonts" for place in data if place)]
    waiting = [os.path.expanduser(place) for place in (*settings, *places) if place]
    known: set[str] = set()
    while waiting:
        place = waiting.pop(0)
        if place in known:
            continue
        known.add(place)
        for path, size, time in _below(place):
            yield path, size, time
            if size == _LINKED:
                waiting.append(path)
            if path.endswith((".conf", ".xml")) or place == variable("FONTCONFIG_FILE"):
                waiting += _named_in(path)


def _below(place: str) -> Iterator[tuple[str, int, int]]:
    """A file, or a folder's files, at any depth."""
    try:
        status = os.stat(place)
        yield place, status.st_size, status.st_mtime_ns
        with os.scandir(place) as entries:
            inside = sorted((entry.name, entry) for entry in entries)
    except OSError:  # not there, or no folder
        return
    for _, entry in inside:
        try:
            is_folder, status = entry.is_dir(), entry.stat()
        except OSError:  # a link that leads nowhere
            continue
        if is_folder and not entry.is_symlink():
            yield from _below(entry.path)
        elif is_folder:
            yield os.path.realpath(entry.path), _LINKED, 0
        else:
            yield entry.path, status.st_size, status.st_mtime_ns


def _named_in(settings: str) -> list[str]:
    """The folders and files that a fontconfig file names by absolute paths."""
    try:
        text = Path(settings).read_bytes()
    except OSError:
        return []
    named = [os.path.expanduser(os.fsdecode(name)) for name in _NAMED.findall(text)]
    return [name for name in named if os.path.isabs(name)]


def _time_zone() -> tuple[str, int]:
    try:
        place = os.path.realpath("/etc/localtime")
        return place, os.stat(place).st_mtime_ns
    except OSError:
        return "", 0


def _path_files() -> Iterator[tuple[str, int, int]]:
    """Files that change where Python looks, and run code as it starts."""
    for place in (*site.getsitepackages(), site.getusersitepackages()):
        try:
            names = sorted(name for name in os.listdir(place) if name.endswith(".pth"))
            for name in names:
                status = os.stat(f"{place}/{name}")
                yield name, status.st_size, status.st_mtime_ns
        except OSError:  # a zip, or nothing
            continue
