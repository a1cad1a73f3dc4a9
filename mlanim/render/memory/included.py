r"""The files that LaTeX would read for a formula, as they are now.

What a formula includes decides its outlines like its own text: macros by ``\input``, a package
or class that lies beside the scene, a picture. LaTeX opens them in a process that nobody listens
to, so they are found in the text, and in theirs, and opened here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

__all__ = ["included"]

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
_NOT_NAMED = frozenset("\\#$^&|~\n")


def included(text: str) -> list[tuple[str, str]] | None:
    r"""Paths and digests of the files that LaTeX would read, those that these read among them.

    Each is opened, so that whoever listens knows of it, also where there is none yet. None: they
    cannot be told. What lies in LaTeX's own trees is not looked for.

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
        for path in _candidates(names, folders):
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


def _folders() -> list[str]:
    """Where LaTeX looks before its own trees."""
    return ["", *(f"{one}/" for one in os.environ.get("TEXINPUTS", "").split(os.pathsep) if one)]


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
                yield os.path.abspath(f"{folder}{name}{ending}")  # noqa: PTH100
