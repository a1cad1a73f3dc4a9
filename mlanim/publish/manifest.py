"""The manifest of an article's or a course's assets: a TOML file, read and checked whole.

    output = "assets"
    [defaults]
    theme = "light"
    [[asset]]
    scene = "seq2seq"
    output = "seq2seq-{theme}.{format}"
    matrix = { theme = ["light", "dark"], format = ["mp4", "webm"] }
    [[asset]]
    join = [{ card = "Lecture 3: attention" }, "seq2seq-light.mp4"]
    output = "lecture-3.mp4"

Nothing is written and no scene is loaded here; mistakes are told by the asset's number and its key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from mlanim.catalogue import SceneEntry, find
from mlanim.errors import MlanimError, UsageError, did_you_mean
from mlanim.publish.joining.asked_join import JOIN, pieces_of
from mlanim.publish.joining.joined_asset import joined_asset
from mlanim.publish.naming import FOLDERS, Names, output_path, safe_folder
from mlanim.publish.page.wishes import taken_wish
from mlanim.publish.presets import layered
from mlanim.render.asked.byte_size import parse_bytes
from mlanim.render.stage.asked_parameters import check_depth
from mlanim.render.stage.asked_scene import AskedScene, ask_scene

__all__ = ["Asset", "Manifest", "read_manifest", "told"]

_KINDS: Mapping[str, tuple[type, ...]] = {
    "scene": (str,),
    "class": (str,),
    "output": (str,),
    "for": (str,),
    "format": (str,),
    "quality": (str,),
    "resolution": (str,),
    "aspect": (str,),
    "fps": (int, float),
    "theme": (str,),
    "language": (str,),
    "words": (str,),
    "steps": (list,),
    "skip_steps": (list,),
    "speed": (int, float),
    "set": (dict,),
    "params": (str,),
    "trace": (str,),
    "seed": (int,),
    "at": (int, float),
    "still": (bool,),
    "crop": (bool,),
    "colour_bar": (bool,),
    "no_heading": (bool,),
    "transparent": (bool,),
    "codec": (str,),
    "loop": (int,),
    "hold": (int, float),
    "max_bytes": (str, int),
    "animated": (bool,),
    "choose": (dict,),
    "captions": (str,),
    "narrate": (str,),
    "matrix": (dict,),
}
_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list of texts",
    dict: "a table",
}
_TOP = ("output", "defaults", "asset")
_NOT_IN_DEFAULTS = ("output", "matrix")
_NOT_IN_MATRIX = ("output", "matrix", "set", "steps", "skip_steps", "choose")
_MOST = 1000  # assets
_LEAST_BYTES = 1000  # no GIF or WebP of a picture is smaller


@dataclass(frozen=True)
class Asset:
    """One file, or folder, to be made.

    Attributes:
        number: of its [[asset]], from 1; a matrix makes several of one number.
        name: of what is made, inside of the output folder.
        limit: bytes that a preset allows it, None for any number.
    """

    number: int
    name: str
    asked: AskedScene
    limit: int | None = None

    @property
    def output(self) -> Path:
        """Where it goes, from the manifest's folder."""
        assert self.asked.output is not None
        return self.asked.output

    @property
    def joins(self) -> tuple[str, ...]:
        """The films that it puts one behind the other, as paths; none if it is of one scene."""
        if self.asked.purpose != JOIN:
            return ()
        return tuple(str(piece) for piece in pieces_of(self.asked) if isinstance(piece, Path))


@dataclass(frozen=True)
class Manifest:
    """A checked manifest; `output` is its folder, from the manifest's own."""

    file: Path
    output: Path
    assets: tuple[Asset, ...]


@contextmanager
def told(place: str, key: str = "") -> Iterator[None]:
    """Begin what is raised inside with a place, and name options as the manifest does."""
    try:
        yield
    except MlanimError as error:
        line = re.sub(r"--([a-z][a-z-]*)", lambda m: m[1].replace("-", "_"), str(error))
        for option, name in {"-r": "resolution", "-s": "still", "-o": "output"}.items():
            line = re.sub(rf"(?<![\w-]){option}\b", name, line)
        begun = line.startswith((f"{key} ", f"{key}:", f"{key}="))
        raise type(error)(place, "" if begun else key, line) from error


def read_manifest(file: Path) -> Manifest:
    """Read and check a manifest; the working folder must be its own.

    Raises:
        UsageError: anything that cannot be, by asset and key.
        MlanimError: a scene file that cannot be read.
    """
    with told(file.name):
        table = _parsed(file)
        _check_keys(table, _TOP)
        defaults = _table(table.get("defaults", {}), "defaults")
        with told("defaults"):
            _check_asset(defaults, [key for key in _KINDS if key not in _NOT_IN_DEFAULTS])
        output = table.get("output", "assets")
        if not isinstance(output, str):
            raise UsageError(f"output = {output!r}", "write a folder, such as 'assets'")
        with told("output"):
            folder = safe_folder(output)
        given = table.get("asset", [])
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            raise UsageError("asset is no list of tables", "write [[asset]] above each")
        if not given:
            raise UsageError("no asset", "write [[asset]], then scene = 'seq2seq'")
        names = Names(folder, file)
        assets: list[Asset] = []
        scene_of = cache(find)  # each is looked for once

        def keep(asset: Asset) -> None:
            names.take(asset.number, asset.asked, asset.name)
            assets.append(asset)
            if len(assets) > _MOST:
                raise UsageError(f"more than {_MOST} assets", "write several manifests")

        numbered = list(enumerate(given, 1))
        for number, item in (pair for pair in numbered if JOIN not in pair[1]):
            with told(f"asset {number}"):
                for own in _combinations(item):
                    keep(_asset(number, own, defaults, folder, scene_of))
        for number, item in (pair for pair in numbered if JOIN in pair[1]):
            with told(f"asset {number}"):
                made = [asset.name for asset in assets]
                name, asked = joined_asset(item, defaults, folder, made)
                keep(Asset(number, name, asked))
        names.check_circles()
    return Manifest(file, folder, tuple(sorted(assets, key=lambda asset: asset.number)))


def _parsed(file: Path) -> dict[str, Any]:
    try:
        if file.exists() and not file.is_file():
            raise UsageError("no file", "give a manifest.toml")
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        check_depth(table)
        return table
    except OSError as error:
        raise UsageError(error.strerror or "cannot be read", "give a manifest.toml") from error
    except RecursionError:
        raise UsageError("its brackets and tables are too deep to be read") from None
    except UnicodeDecodeError:
        raise UsageError("no UTF-8: save it as UTF-8") from None
    except ValueError as error:
        raise UsageError(f"no TOML: {error}") from error


def _combinations(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The tables that one [[asset]] stands for: its own, or one a combination of its matrix."""
    _check_asset(item, list(_KINDS))
    matrix = item.get("matrix", {})
    _check_matrix(matrix)
    own = {key: value for key, value in item.items() if key != "matrix"}
    if again := next((key for key in matrix if key in own), None):
        raise UsageError(f"{again} stands in matrix too", "write it once")
    for values in product(*matrix.values()):
        yield {**own, **dict(zip(matrix, values, strict=True))}


def _asset(
    number: int,
    own: Mapping[str, Any],
    defaults: Mapping[str, Any],
    folder: Path,
    scene_of: Callable[[str], SceneEntry],
) -> Asset:
    wanted = layered(defaults, own)
    options = dict(wanted.options)
    scene = options.pop("scene", None)
    if scene is None:
        raise UsageError("scene is missing", "write scene = 'seq2seq', or the path of a file")
    for key in ("scene", "theme", "class", "params", "trace", "words"):
        if "\0" in str(own.get(key, "")):
            raise UsageError(f"{key} has a zero byte")
    if (limit := options.get("max_bytes")) is not None:
        with told("max_bytes"):
            if parse_bytes(limit) < _LEAST_BYTES:
                raise UsageError(f"{limit} is less than any picture", "allow 1kB or more")
    purpose, wish = taken_wish(options, wanted.purpose)
    with told("output"):
        name = output_path(options.pop("output", None), scene, options, wanted.purpose)
    place = "folder" if purpose in FOLDERS else "output"
    options[place] = folder / name
    for old, new in {"class": "class_name", "params": "params_file", "set": "given"}.items():
        if old in options:
            options[new] = options.pop(old)
    with told("", "scene" if ".py" in scene or "/" in scene else ""):
        class_name = options.pop("class_name", None)
        asked = ask_scene(scene_of(scene), class_name, purpose=purpose, **options)
    return Asset(number, name, replace(asked, wish=wish), wanted.limit)


def _check_asset(table: Mapping[str, Any], allowed: list[str]) -> None:
    """Names and types of keys."""
    _check_keys(table, allowed)
    for key, value in table.items():
        _check_type(key, value)


def _check_keys(table: Mapping[str, Any], allowed: Any) -> None:
    for key in table:
        if key not in allowed:
            raise UsageError(f"unknown key {key!r}", did_you_mean(key.replace("-", "_"), allowed))


def _check_type(key: str, value: Any) -> None:
    kinds = _KINDS[key]
    good = isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
    if kinds == (list,) and good:
        good = bool(value) and all(isinstance(text, str) for text in value)
    if not good:
        words = " or ".join(_WORDS[kind] for kind in kinds if not (kind is int and float in kinds))
        raise UsageError(f"{key} = {value!r}", f"give {words}")


def _check_matrix(matrix: Mapping[str, Any]) -> None:
    """Each key of a matrix has a list of different values that the key may have."""
    with told("matrix"):
        _check_keys(matrix, [key for key in _KINDS if key not in _NOT_IN_MATRIX])
        for key, values in matrix.items():
            if not isinstance(values, list) or not values:
                raise UsageError(f"{key} = {values!r}", "give a list of values")
            for value in values:
                _check_type(key, value)
            if len({repr(value) for value in values}) < len(values):
                raise UsageError(f"{key} = {values!r}", "one value stands there twice")
        if prod(map(len, matrix.values())) > _MOST:
            raise UsageError(f"more than {_MOST} combinations", "leave some values out")


def _table(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{name} = {value!r}", f"write a table, [{name}]")
    return value
