"""The code that makes each primitive of the gallery: a file of examples/, or its docstring."""

from __future__ import annotations

import doctest
import inspect
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from manim import Mobject

from mlanim.theme import LIGHT

__all__ = ["HOUSES", "code_of", "house_of", "made_by", "primitive_named", "primitive_names"]

# Where nouns live: those of any scene first, then each subject's own.
HOUSES = {
    "mlanim.primitives": "For any scene",
    "mlanim.subjects.translation": "Translation",
    "mlanim.subjects.transformer": "Transformer",
    "mlanim.subjects.language_model": "Language models",
    "mlanim.subjects.masked_model": "Masked models",
    "mlanim.subjects.boundary": "Boundaries",
    "mlanim.subjects.arrays": "Arrays",
    "mlanim.subjects.words": "Words",
    "mlanim.subjects.tables": "Tables",
    "mlanim.subjects.networks": "Networks",
    "mlanim.subjects.attention_family": "The attention family",
    "mlanim.subjects.systems": "Systems",
    "mlanim.subjects.modern_attention": "Modern attention",
    "mlanim.subjects.thoughts": "Thoughts",
}

_FOLDER = Path(__file__).parent / "examples"


def primitive_names(house: str = "") -> list[str]:
    """Every public primitive that can be drawn, of one house or of all in their order."""
    return [
        name
        for module in ([house] if house else HOUSES)
        for name in import_module(module).__all__
        if _is_drawn(getattr(import_module(module), name))
    ]


def house_of(name: str) -> str:
    """The module that a reader imports a public name from."""
    return next(house for house in HOUSES if name in import_module(house).__all__)


def primitive_named(name: str) -> Any:
    """A public primitive."""
    return getattr(import_module(house_of(name)), name)


@cache
def code_of(name: str) -> str:
    """A small program that leaves a primitive of this name in `shown`.

    Raises:
        LookupError: neither a file nor the docstring has one.
    """
    _, _, subject = house_of(name).partition(".subjects.")
    path = _FOLDER / subject / f"{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}.py"
    return path.read_text(encoding="utf-8") if path.is_file() else _from_docstring(name)


def made_by(code: str) -> Any:
    """Run an example; the primitive that it leaves."""
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(code, "<example>", "exec"), names)
    return names["shown"]


def _is_drawn(thing: Any) -> bool:
    return inspect.isclass(thing) and issubclass(thing, Mobject)


def _from_docstring(name: str) -> str:
    """The lines of the docstring up to the one that makes the primitive, with their imports."""
    primitive = primitive_named(name)
    around = vars(sys.modules[primitive.__module__])
    names = dict(around)
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(primitive) or ""):
        before = set(names)
        lines.append(example.source)
        exec(compile(example.source, f"<{name}>", "single"), {**names, "print": id}, new := {})
        names |= new
        for variable in sorted(set(new) - (before - set(new))):
            if type(new[variable]) is primitive:
                lines.append(f"shown = {variable}\n" if variable != "shown" else "")
                return _imports("".join(lines), around) + "".join(lines)
    raise LookupError(f"{name}: write docs/examples/, or begin its docstring's example with one")


def _imports(code: str, around: dict[str, Any]) -> str:
    """What the docstring takes from its own module."""
    used = set(re.findall(r"\b[A-Za-z_]\w*\b", code))
    lines = []
    if "np" in used and "import numpy" not in code:
        lines.append("import numpy as np\n\n")
    public: set[str] = set()
    for house in HOUSES:
        names = set(import_module(house).__all__)
        public |= names
        if ours := sorted(used & names):
            lines.append(f"from {house} import {', '.join(ours)}\n")
    for word in sorted(used - public):
        thing = around.get(word)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            lines.append(f"from {thing.__module__} import {word}\n")
        elif thing is LIGHT:
            lines.append(f"from mlanim.theme import {word}\n")
    return "".join(lines) + "\n"
