"""What is known of a scene from its source alone, in another language."""

from __future__ import annotations

import re
from dataclasses import replace

from mlanim.catalogue import SceneEntry
from mlanim.steps import step_title
from mlanim.words.files import check_language, read_words, shipped
from mlanim.words.source import said_of_source

__all__ = ["called", "translated"]


def translated(entry: SceneEntry, language: str | None) -> SceneEntry:
    """The scene with its summary and the sentences of its steps; a reader's own stays as it is.

    Raises:
        UsageError: an unknown language.
    """
    if language is not None:
        check_language(language)
        if entry.origin == "bundled":
            words = read_words(shipped(language, entry.name))
            says = tuple(said_of_source(say, words) for say in entry.says)
            entry = replace(entry, summary=words.said(entry.summary, "title"), says=says)
    # A sentence whose last words are computed ends in "…", and no full stop follows.
    return replace(entry, says=tuple(re.sub(r"…[.。]", "…", say) for say in entry.says))


def called(entry: SceneEntry, language: str) -> list[str]:
    """What the steps are called in that language."""
    is_bundled = entry.origin == "bundled"
    words = read_words(shipped(language, entry.name) if is_bundled else ())
    return [words.said(step_title(path), "step") for path in entry.steps]
