"""Code of which nobody can tell what it reads: it asks the moment, or opens files out of sight.

Python tells what it opens itself. What a compiled package opens, it does not; those that are known
to open files through Python are named here, all others are not trusted, and neither are Python's
own modules that go behind it.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from typing import TYPE_CHECKING, Any

from mlanim.render.known.behalf import EARS, READER, UNKNOWN, asker, kind_of

if TYPE_CHECKING:
    from mlanim.render.watched.reads import Reads

__all__ = ["TRUSTED", "Opaque"]

EARS.add(__file__)
TRUSTED = frozenset(
    (
        "PIL",
        "contourpy",
        "glcontext",
        "kiwisolver",
        "manim",
        "mapbox_earcut",
        "markupsafe",
        "matplotlib",
        "mlanim",
        "moderngl",
        "numpy",
        "pandas",
        "pathops",
        "scipy",
        "sklearn",
        "yaml",
        "_yaml",
    )
)
# Of the standard library: open files or reach other processes behind Python's back.
_BEHIND = frozenset(
    (
        "_ctypes",
        "_dbm",
        "_gdbm",
        "_posixshmem",
        "_posixsubprocess",
        "_sqlite3",
        "ctypes",
        "curses",
        "dbm",
        "multiprocessing",
        "posix",
        "readline",
        "sqlite3",
    )
)
# What another moment, another terminal or another command would answer otherwise.
_OF_THE_MOMENT = frozenset(
    (
        "argv",
        "default_timer",
        "formatTime",
        "formatdate",
        "get_terminal_size",
        "getloadavg",
        "getnode",
        "getpgid",
        "getpid",
        "getppid",
        "getrusage",
        "isatty",
        "make_msgid",
        "now",
        "orig_argv",
        "stdin",
        "timeit",
        "today",
        "truetype",  # FreeType opens the font itself
        "utcnow",
        "uuid1",
    )
)
_MOMENTS = frozenset(("now", "today"))  # as texts, where NumPy or pandas reads them
_READ_MOMENTS = frozenset(("Timestamp", "date_range", "datetime64", "to_datetime"))
_BY_NAME = frozenset(("__import__", "import_module", "modules"))


class Opaque:
    """Looks at the code that a scene brings with it."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._imported: set[str] = set()
        self._sources: set[str] = set()  # the names of what was compiled from a text
        self._began = False  # nothing but mlanim and Manim so far

    def compiled(self, source: Any, filename: Any) -> None:
        """Python compiles a text: what does it name?"""
        name = os.fsdecode(filename) if isinstance(filename, str | bytes) else "<unknown>"
        kind = kind_of(name)
        self._sources.add(name)
        if kind != READER and not (self._began and kind == UNKNOWN and asker() == READER):
            return
        self._began = True
        try:
            tree = source if isinstance(source, ast.AST) else ast.parse(source)
        except (SyntaxError, ValueError, TypeError, RecursionError):
            return  # who compiles it will tell
        imported = set(_imports(tree))
        names = set(_names(tree))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        texts = {text for text in constants if isinstance(text, str)}
        if names & _BY_NAME:
            imported |= {text.partition(".")[0] for text in texts}
        asked = names & _OF_THE_MOMENT
        if names & _READ_MOMENTS:
            asked |= texts & _MOMENTS
        if asked:
            self._reads.leaves(f"asks for {', '.join(sorted(asked))}")
        self._imported |= imported
        self.look_again()

    def runs(self, code: Any) -> None:
        """Code runs; of a module without its source nobody knows what it names."""
        name = getattr(code, "co_filename", None)
        if name is not None and name not in self._sources and kind_of(name) == READER:
            self._reads.leaves(f"runs {os.path.basename(name)} without its source")  # noqa: PTH119

    def look_again(self) -> None:
        """What that code imports may have been loaded since, for whomever."""
        for top in self._imported:
            if top in _BEHIND or self._is_opaque(top):
                self._reads.leaves(f"imports {top}")

    def extension(self, name: str) -> None:
        """A compiled module is loaded."""
        top = name.partition(".")[0]
        if self._began and not self._is_trusted(top) and asker() == READER:
            self._reads.leaves(f"imports {top}")

    def _is_opaque(self, top: str) -> bool:
        """Whether a package that is imported already has compiled modules that nobody knows."""
        return not self._is_trusted(top) and any(
            (name == top or name.startswith(f"{top}."))
            and str(getattr(module, "__file__", "")).endswith(tuple(EXTENSION_SUFFIXES))
            for name, module in list(sys.modules.items())
        )

    def _is_trusted(self, top: str) -> bool:
        return top in TRUSTED or (top in sys.stdlib_module_names and top not in _BEHIND)


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


def _names(tree: ast.AST) -> Iterator[str]:
    """Attributes and what is imported from modules; local variables may be called as they like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Name) and node.id == "__import__":
            yield node.id
