"""Names of assets: templates filled in, kept inside the output folder, no two of them alike."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from string import Formatter
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.render.asked.destination import check_destination
from mlanim.render.asked.spec import CAPTIONS, FILMS
from mlanim.render.stage.asked_scene import AskedScene

__all__ = ["FOLDERS", "LEDGER", "Names", "output_path", "safe_folder"]

LEDGER = ".mlanim-build.json"
_FIELDS: tuple[str, ...] = ("scene", "class", "theme", "format", "quality", "aspect", "resolution")
_FIELDS += ("language", "fps", "for", "steps", "codec", "seed", "at", "trace")
FOLDERS = ("thread", "page")  # purposes that fill a folder
# Endings that no folder is meant to have.
_FILES = (".html", ".mp4", ".gif", ".png", ".svg", ".webm")


def safe_folder(text: str) -> Path:
    """The output folder: below the manifest's own, links followed.

    Raises:
        UsageError: it is elsewhere.
    """
    if text.strip() != "." or "\0" in text:
        _check_parts(text, "the manifest's folder")
    _check_place(Path(text), Path(), "the manifest's folder")
    return Path(text)


def output_path(template: str | None, scene: str, options: Mapping[str, Any], purpose: str) -> str:
    """The name that a template and an asset's values make.

    >>> output_path("{scene}-{theme}.{format}", "a/my_scene.py", {"theme": "dark"}, "")
    'my-scene-dark.mp4'

    Raises:
        UsageError: a field that there is not, or a name that could leave the folder.
    """
    values = {key: _written(value) for key, value in options.items() if key in _FIELDS}
    values["scene"] = Path(scene).stem.replace("_", "-")
    values["for"] = purpose
    values["theme"] = Path(values.get("theme", "light")).stem
    values.setdefault("format", "png" if {"at", "still"} & options.keys() else "mp4")
    if template is None:
        steps = "-{steps}" if "steps" in values else ""
        folder = purpose in FOLDERS or values["format"] == "png-sequence"
        template = f"{{scene}}{steps}" + ("" if folder else ".{format}")
    name = _filled(template, values)
    _check_parts(name, "the output folder")
    path = PurePosixPath(name)
    if purpose in FOLDERS and path.suffix in _FILES:
        raise UsageError(
            f"{name!r}: a {purpose} is a folder", f"write {str(path.with_suffix(''))!r}"
        )
    return str(path)


def _written(value: Any) -> str:
    """A value as part of a file's name."""
    text = "-".join(value) if isinstance(value, list) else f"{value}"
    for sign in '/\\:#*?"<>|':
        text = text.replace(sign, "x" if sign == ":" else "-")
    return text


def _filled(template: str, values: Mapping[str, str]) -> str:
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise UsageError(
            repr(template), f"{error}: write {{theme}}, or {{{{ for a brace"
        ) from error
    name = ""
    for text, field, as_what, conversion in parts:
        name += text
        if field is None:
            continue
        if field == "output":
            raise UsageError(repr(template), "{output} goes round in a circle: leave it out")
        if as_what or conversion or field not in values:
            hint = did_you_mean(field, [f for f in _FIELDS if f in values])
            raise UsageError(f"{template!r} has no {{{field}}} to fill in", hint)
        name += values[field]
    return name


def _check_parts(text: str, inside: str) -> None:
    """Refuse a name that says by itself that it lies elsewhere, on any system."""
    path, windows = PurePosixPath(text), PureWindowsPath(text)
    if not text.strip() or not text.isprintable():
        raise UsageError(repr(text), "give a name, such as 'softmax.gif'")
    if path.is_absolute() or windows.drive or windows.root or text.startswith("~"):
        raise UsageError(f"{text!r} is not below {inside}", "give a path from there")
    if ".." in path.parts or "\\" in text or not path.parts:
        raise UsageError(f"{text!r} could leave {inside}", "write names and /, no .. and no \\")


def _check_place(path: Path, folder: Path, inside: str) -> None:
    """Follow links: the real place must lie inside of the real folder."""
    try:
        real = path.resolve()
        if real.is_relative_to(folder.resolve()):
            return
    except (OSError, RuntimeError):  # links in a circle
        raise UsageError(f"{str(path)!r} goes round in a circle of links", "remove one") from None
    raise UsageError(f"{str(path)!r} is a link out of {inside}", f"it leads to {real}")


class Names:
    """What is written and what is read, so that no two assets write the same.

    Args:
        folder: for the output, from the manifest's own, which is the working folder.
        file: the manifest.
    """

    def __init__(self, folder: Path, file: Path) -> None:
        self._folder = folder
        self._outputs: dict[str, tuple[int, Path]] = {}
        self._captions: dict[str, Any] = {}
        self._reads: dict[Path, str] = {Path(file.name).resolve(): "the manifest"}
        _check_place(folder / LEDGER, folder, "the output folder")

    def take(self, number: int, asked: AskedScene, name: str) -> None:
        """Give a name to an asset.

        Raises:
            UsageError: another one has it, or one inside of the other; it is not below the folder,
                or something is in the way.
        """
        output = asked.output
        assert output is not None
        is_sequence = asked.folder is None and asked.spec.format == "png-sequence"
        with_key = f"output {name!r}"
        _check_place(output, self._folder, "the output folder")
        key = os.path.normpath(name).casefold()  # some disks take A.gif for a.gif
        if PurePosixPath(name).name.startswith(".mlanim"):
            raise UsageError(with_key, "names that begin with .mlanim are kept for the build")
        for other, (owner, _) in self._outputs.items():
            if other == key:
                whose = "by itself" if owner == number else f"by asset {owner}"
                hint = "put a field of its matrix into it, such as {theme}"
                hint = hint if owner == number else "choose another name"
                raise UsageError(f"{with_key} is made {whose} already", hint)
            if other.startswith(f"{key}/") or key.startswith(f"{other}/"):
                raise UsageError(f"{with_key} lies within the output of asset {owner}", "or around")
        self._outputs[key] = number, output
        self._take_captions(asked, key, name)
        if asked.folder is None:
            check_destination(output, folder=is_sequence)
        else:
            check_destination(output / "file", folder=False)
        joined = (*FILMS, *CAPTIONS) if asked.purpose == "join" else ()  # what assets may well make
        for path in asked.reads:
            if path.suffix[1:].lower() in joined:
                continue
            self._reads.setdefault(path.resolve(), f"{path}, which asset {number} reads")

    def _take_captions(self, asked: AskedScene, key: str, name: str) -> None:
        """Films of one stem share their captions, so they must say the same at the same times."""
        if asked.spec.format not in FILMS:
            return
        look: dict[str, Any] = {"format": "mp4", "codec": None, "transparent": False}
        spec = replace(asked.spec, **look, output=None, theme=None, width=16, height=16)
        said = (
            asked.entry.path,
            asked.class_name,
            repr(spec),
            repr(asked.given),
            repr(asked.texts),
        )
        stem = key.rpartition(".")[0]
        for kind in asked.spec.caption_files:
            beside = (self._folder / name).with_suffix(f".{kind}")
            _check_place(beside, self._folder, "the output folder")
            if self._captions.setdefault(f"{stem}.{kind}", said) != said:
                shared = f"{PurePosixPath(name).stem}.{kind}"
                raise UsageError(
                    f"output {name!r} shares its captions {shared} with a film that says others",
                    "choose another name, or captions = 'none'",
                )

    def check_circles(self) -> None:
        """Refuse to write over what is read.

        Raises:
            UsageError: an asset would be made over a file that another is made from.
        """
        for number, output in self._outputs.values():
            for read, whose in self._reads.items():
                if read.is_relative_to(output.resolve()):
                    raise UsageError(
                        f"asset {number}",
                        f"output {str(output)!r} would be written over {whose}",
                        "that goes round in a circle: choose another name",
                    )
