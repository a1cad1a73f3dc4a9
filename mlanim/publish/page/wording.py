"""Wording: what the page itself says, its buttons and notes."""

from __future__ import annotations

from pathlib import Path

from mlanim.publish.own_words import OwnWords
from mlanim.words.files import PAGE

__all__ = ["AGAIN", "ARTICLE", "CHOICES", "DRAWN", "IMAGES", "MADE"]

AGAIN, CHOICES = "Play this step", "Choices"
MADE = "Made with mlanim: {1} states a second."
DRAWN = "{1} pictures of what no outline can tell lie within."
IMAGES = "Images lie within as pictures."

ARTICLE = OwnWords(
    PAGE,
    "page",
    Path(__file__).parent / "article",
    "page.html",
    (AGAIN, CHOICES, MADE, DRAWN, IMAGES),
)
