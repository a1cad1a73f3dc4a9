r"""The files that LaTeX would read for a formula, as they are now.

What a formula includes decides its outlines like its own text: macros by ``\input``, a package
or class that lies beside the scene, a picture. LaTeX opens them in a process that nobody listens
to, so they are found in the text, and in theirs, and opened here.
"""

# ruff: noqa: PTH100, PTH111, PTH119, PTH208
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

__all__ = ["included", "tree_folders"]

# Names of commands that read files have one of these in them.
_READS = r"input|includ|package|class|import|file|graphics|bibliograph|resource|listing|plot"
_COMMAND = re.compile(
    rf"\\(?P<name>[A-Za-z@]*(?i:{_READS})[A-Za-z@]*)\*?\s*(?:\[[^\]]*\]\s*)*"
    r"(?P<named>(?:\{(?:[^{}]|\{[^{}]*\})*\}\s*)+|[^\s{}\[\]%]+)"
)
_GROUP = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
# What reads files whose names only LaTeX itself comes to know, or runs programs.
_ANYTHING = re.compile(
    r"\\(?:openin|read|directlua|write18|ShellEscape|csname\s*(?:@@)?input)(?![A-Za-z@])"
)
_ENDINGS = ("", ".tex", ".sty", ".cls", ".def", ".cfg", ".bib", ".pdf", ".png", ".jpg", ".eps")
_WRITTEN = (".tex", ".sty", ".cls", ".def", ".cfg", "")  # may include others themselves
# Of LaTeX's trees those that are the reader's: variables that name some, and the usual places.
_TREES = ("TEXMFHOME", "TEXMFLOCAL", "TEXMFCONFIG")
_LISTED = re.compile(rf"[,{{}}{re.escape(os.pathsep)}]")
_USUAL = ("~/texmf", "~/Library/texmf", "/usr/local/share/texmf", "/usr/local/texlive/texmf-local")
_NOT_NAMED = frozenset("\\#$^&|~\n")


def included(text: str) -> list[tuple[str, str]] | None:
    r"""Paths and digests of the files that LaTeX would read, those that these read among them.

    Each is opened, so that whoever listens knows of it, also where there is none yet. None: they
    cannot be told. Of LaTeX's trees, those that are the reader's are searched (`tree_folders`);
    what the distribution brings is not looked for.

    >>> included(r"\usepackage{amsmath} $x^2$")
    []
    >>> included(r"\input{\folder/macros}") is None
    True
    """
    found: dict[str, str] = {}
    waiting, folders = [text], _folders()
    while waiting:
        content = _COMMENT.sub("", waiting.pop())
        names = _names(content)
        if names is None:
            return None
        folders += [name for name in names if name.endswith("/") and name not in folders]
        for path in (*_candidates(names, folders), *_in_trees(names)):
            if path in found:
                continue
            try:
                held = Path(path).read_bytes()
            except OSError:
                continue
            found[path] = blake2b(held, digest_size=16).hexdigest()
            if Path(path).suffix in _WRITTEN:
                waiting.append(held.decode(errors="replace"))
    return sorted(found.items())


def tree_folders() -> list[str]:
    """All folders, at any depth, of LaTeX's trees that are the reader's own.

    ~/texmf, those of the machine that no distribution brings, and what variables name. One that
    is not there is told as well, since it may come.
    """
    named = [one for name in _TREES for one in _LISTED.split(os.environ.get(name, ""))]
    named += [one for one in _inputs() if one.endswith("//")]
    waiting = [os.path.expanduser(one.strip("! ").rstrip("/")) for one in (*named, *_USUAL)]
    found: dict[str, str] = {}  # by where they really are: links may lead around in a circle
    while waiting:
        folder = waiting.pop()
        if not folder or (real := os.path.realpath(folder)) in found:
            continue
        found[real] = folder
        with suppress(OSError), os.scandir(folder) as entries:
            waiting += sorted(entry.path for entry in entries if entry.is_dir())
    return sorted(found.values())


def _in_trees(names: list[str]) -> list[str]:
    wanted = {f"{os.path.basename(name)}{ending}" for name in names for ending in _ENDINGS}
    paths = []
    for folder in tree_folders():
        with suppress(OSError):
            paths += [f"{folder}/{name}" for name in sorted(wanted & set(os.listdir(folder)))]
    return paths


def _folders() -> list[str]:
    """Where LaTeX looks before its own trees."""
    return ["", *(f"{one}/" for one in _inputs())]


def _inputs() -> list[str]:
    return [one for one in os.environ.get("TEXINPUTS", "").split(os.pathsep) if one]


def _names(text: str) -> list[str] | None:
    """What commands name; None where that is only known when LaTeX runs."""
    if _ANYTHING.search(text):
        return None
    names = []
    for command in _COMMAND.finditer(text):
        named = command["named"]
        groups = _GROUP.findall(named) or [named]
        for name in (one.strip(' {}"') for group in groups for one in group.split(",")):
            if _NOT_NAMED.isdisjoint(name):
                names.append(name)
            elif "input" in command["name"] or "includ" in command["name"]:
                return None
    return [name for name in names if name]


def _candidates(names: list[str], folders: list[str]) -> Iterator[str]:
    for name in names:
        for folder in folders:
            for ending in _ENDINGS if not name.endswith("/") else ():
                yield os.path.abspath(f"{folder}{name}{ending}")
