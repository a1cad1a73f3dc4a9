"""What a scene says of itself, as titles and sentences for articles, pages and posts."""

from __future__ import annotations

import re

from mlanim.catalogue import SceneEntry
from mlanim.named_path import fitting_name

__all__ = ["file_stem", "step_title", "title_and_lead"]


def title_and_lead(entry: SceneEntry) -> tuple[str, str]:
    """A scene's title, and the sentence below it.

    >>> from pathlib import Path
    >>> summary = "Softmax: how scores become weights."
    >>> title_and_lead(SceneEntry("softmax", "Softmax", summary, (), Path("a.py"), "here"))
    ('Softmax', 'How scores become weights.')
    """
    title, colon, rest = entry.summary.partition(": ")
    if colon and len(title) <= 60:
        return title, rest[:1].upper() + rest[1:]
    name = (entry.name or entry.class_name).replace("-", " ")
    return name[:1].upper() + name[1:], entry.summary


def step_title(step: str) -> str:
    """A step's path as words.

    >>> step_title("attention/weighted-sum"), step_title("kv_cache#2")
    ('Weighted sum', 'Kv cache, 2')
    """
    name, _, nth = step.rpartition("/")[2].partition("#")
    words = re.sub(r"[-_]+", " ", name).strip()
    words = words[:1].upper() + words[1:]
    return f"{words}, {nth}" if nth else words


def file_stem(number: int, step: str) -> str:
    """The name of a step's picture.

    >>> file_stem(3, "attention/score#2")
    '03-attention-score-2'
    """
    word = re.sub(r"[^A-Za-z0-9_]+", "-", step).strip("-").lower()
    return fitting_name(f"{number:02}-{word}" if word else f"{number:02}")
