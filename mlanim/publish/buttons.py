"""Buttons: what decks and embedded films say themselves."""

from __future__ import annotations

from pathlib import Path

from mlanim.publish.own_words import OwnWords
from mlanim.words.files import BUTTONS

__all__ = ["ANIMATION", "DECK", "FILM", "IN_WORDS", "LANGUAGE", "OF", "SLIDE", "TO_EMBED"]

OF, SLIDE = "{1} of {2}", "slide"
ANIMATION, FILM = "Animation", "the film"
IN_WORDS = "The animation in words"
TO_EMBED = "To embed it"
LANGUAGE = "English"  # what a language calls itself

DECK = OwnWords(
    BUTTONS,
    "button",
    Path(__file__).parent / "slides_page",
    "deck.html",
    (OF, SLIDE, ANIMATION, FILM, IN_WORDS, TO_EMBED, LANGUAGE),
)
