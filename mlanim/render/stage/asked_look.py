"""The look and the language that are asked for: their files, read and checked early."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.words.files import read_words, shipped

__all__ = ["files_of_words", "looked_up"]


def looked_up(options: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Path, ...]]:
    """The options with a theme's file by its whole path, and what it is read of."""
    theme = options.get("theme")
    if theme is None or not str(theme).endswith(".toml"):
        return dict(options), ()
    from mlanim.theme.reading import files_of

    file = named_path(theme, "--theme", "give a .toml file").absolute()
    return {**options, "theme": str(file)}, files_of(file)


def files_of_words(scene: str, language: str | None, words: str | None) -> tuple[Path, ...]:
    """Files of words, the reader's own before the shipped one.

    Raises:
        UsageError: a broken entry, or letters that no font of this machine has.
    """
    own = () if words is None else (named_path(words, "--words", "give a .toml file").absolute(),)
    files = (*own, *shipped(language, scene)) if language else own
    translations = read_words(files).entries.values()
    if any(not text.isascii() for text in translations):
        from mlanim.fonts import SANS
        from mlanim.primitives.glyphs import undrawable

        if lack := undrawable("".join(translations), SANS):
            script, package = lack
            asked = f"--language {language}" if language else f"--words {words}"
            raise UsageError(
                f"{asked}: no font here has {script}",
                f"install {package}; `mlanim doctor` tells what is there",
            )
    return files
