"""Formulas are dear: their outlines, as LaTeX and Typst made them, stay in the cache.

Manim writes them into a folder of the render's own, where it finds half a file as well as a whole
one. Only finished outlines are kept, each with its checksum, and a render gets copies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from manim import config
from manim.mobject.text import tex_mobject, typst_mobject

from mlanim.left_behind import part_name
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.included import included, tree_folders
from mlanim.render.twins.patching import patched
from mlanim.render.watched.watching import watching_now

__all__ = ["keeping_formulas"]


@contextmanager
def keeping_formulas() -> Iterator[None]:
    """Around a render: formulas are taken from the cache, or set and kept there."""
    cache = Cache()
    latex, typst = tex_mobject.tex_to_svg_file, typst_mobject.typst_to_svg_file
    with (
        patched(tex_mobject, "tex_to_svg_file", _kept(latex, _asked_of_latex, cache)),
        patched(typst_mobject, "typst_to_svg_file", _kept(typst, _asked_of_typst, cache)),
    ):
        yield


def _kept(
    manims: Callable[..., Path], asked: Callable[..., tuple[Any, ...] | None], cache: Cache
) -> Callable[..., Path]:
    """Manim's function, which looks into the cache first."""

    def outlines(*args: Any, **options: Any) -> Path:
        question = asked(*args, **options)
        if question is None:
            for reads in watching_now():
                reads.leaves("sets a formula of files that only LaTeX can name")
            return manims(*args, **options)
        told = repr((manims.__name__, *question, *_versions()))
        address = f"{blake2b(told.encode(), digest_size=20).hexdigest()}t"
        path = Path(config.get_dir("tex_dir"), f"{address}.svg")
        if path.exists():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        copy = path.with_name(part_name(path.name))  # others of this render may look for it too
        if cache.fetch(address, copy):
            return copy.replace(path)
        made = manims(*args, **options)
        cache.store(address, made)
        return made

    return outlines


def _asked_of_latex(
    expression: str, environment: str | None = None, tex_template: Any = None
) -> tuple[Any, ...] | None:
    template = tex_template or config["tex_template"]
    if environment is None:
        text = template.get_texcode_for_expression(expression)
    else:
        text = template.get_texcode_for_expression_in_env(expression, environment)
    files = included(text)
    if files is None:
        return None
    for reads in watching_now():  # what comes there later may be what a name leads to
        for folder in tree_folders():
            reads.folder(folder)
    return text, template.tex_compiler, template.output_format, str(Path.cwd()), files


def _asked_of_typst(typst_code: str, *args: Any, **options: Any) -> tuple[Any, ...]:
    return typst_code, args, sorted(options.items())


def _versions() -> tuple[str, ...]:
    found = []
    for name in ("manim", "typst"):
        try:
            found.append(version(name))
        except PackageNotFoundError:
            found.append("")
    return tuple(found)
