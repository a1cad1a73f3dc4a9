"""Writes the reference: a page for every public name, filled from its docstring by autodoc."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

__all__ = ["MODULES", "public_names", "write"]

MODULES = {
    "mlanim": "What a scene needs.",
    "mlanim.primitives": "Nouns: what stands on the screen, with named parts.",
    "mlanim.motion": "Verbs: functions that return animations.",
    "mlanim.subjects.translation": "Nouns and verbs of translation.",
    "mlanim.subjects.transformer": "Nouns of the transformer.",
    "mlanim.subjects.language_model": "Nouns of language models.",
    "mlanim.subjects.masked_model": "Nouns of masked models.",
    "mlanim.subjects.boundary": "Nouns of boundaries.",
    "mlanim.subjects.arrays": "Nouns and verbs of arrays.",
    "mlanim.subjects.words": "Nouns and verbs of words.",
    "mlanim.subjects.tables": "Nouns and verbs of tables.",
    "mlanim.subjects.networks": "Nouns and verbs of networks.",
    "mlanim.subjects.attention_family": "Nouns of the attention family.",
    "mlanim.subjects.systems": "Nouns of systems.",
    "mlanim.subjects.modern_attention": "Nouns of modern attention.",
    "mlanim.subjects.thoughts": "Nouns of a model's thoughts.",
    "mlanim.theme": "Roles, colours, type.",
    "mlanim.capture": "Traces of other models.",
    "mlanim.notebook": "Scenes and primitives in Jupyter.",
}


def public_names() -> list[tuple[str, str]]:
    """Every public name, with its module."""
    return [
        (module, name)
        for module in MODULES
        for name in import_module(module).__all__
        if not name.startswith("__")
    ]


def write(folder: Path, *, films: bool = True) -> None:
    """Write the pages, and one for each module that lists its names with their first lines."""
    folder.mkdir(parents=True, exist_ok=True)
    for module, about in MODULES.items():
        names = [name for of, name in public_names() if of == module]
        rows = [f"| [{n}]({module}.{n}.md) | {_first_line(module, n)} |" for n in names]
        pages = "\n".join(f"{module}.{name}" for name in names)
        (folder / f"{module}.md").write_text(
            f"# {module}\n\n{about}\n\n| | |\n|---|---|\n" + "\n".join(rows) + "\n\n"
            f"```{{toctree}}\n:hidden:\n\n{pages}\n```\n",
            encoding="utf-8",
        )
        for name in names:
            text = _page(module, name, films)
            (folder / f"{module}.{name}.md").write_text(text, encoding="utf-8")


def _page(module: str, name: str, films: bool) -> str:
    thing = getattr(import_module(module), name)
    kind = "class" if inspect.isclass(thing) else "function" if callable(thing) else "data"
    members = "   :members:\n" if kind == "class" else ""
    film = ""
    if (
        films
        and module.startswith(("mlanim.primitives", "mlanim.subjects"))
        and kind == "class"
        and name != "Area"
    ):
        place = f"../../_static/loops/primitive-{name}"
        film = (
            f'```{{raw}} html\n<video class="loop" loop muted playsinline controls preload="none" '
            f'width="640" height="360" poster="{place}.png" src="{place}.mp4" '
            f'aria-label="{name}"></video>\n```\n\n'
        )
    return (
        f"# {name}\n\n{film}```{{eval-rst}}\n.. currentmodule:: {module}\n\n"
        f".. auto{kind}:: {name}\n{members}```\n"
    )


def _first_line(module: str, name: str) -> str:
    thing = getattr(import_module(module), name)
    documented = inspect.isclass(thing) or inspect.isroutine(thing)
    line = (inspect.getdoc(thing) or "").partition("\n")[0] if documented else ""
    return line.replace("|", "\\|")
