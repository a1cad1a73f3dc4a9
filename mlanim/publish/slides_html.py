"""The HTML deck: one file that plays anywhere and asks no network for anything."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from string import Template

from mlanim.publish.slides import Deck, Slide
from mlanim.render.destination import check_destination
from mlanim.replacing import replacing

__all__ = ["html_of", "write_html"]

_PAGE = Path(__file__).parent / "slides_page"


def write_html(deck: Deck, output: Path) -> None:
    """Write the deck.

    Raises:
        MlanimError: the place is not writable.
    """
    check_destination(output, folder=False)
    with replacing(output) as temporary:
        temporary.write_text(html_of(deck), encoding="utf-8")


def html_of(deck: Deck) -> str:
    """The page, with films, pictures, style and player inside."""
    slides = [_slide(slide, i, len(deck.slides)) for i, slide in enumerate(deck.slides, start=1)]
    return Template(_read("deck.html")).substitute(
        title=escape(deck.title),
        summary=escape(deck.summary),
        width=deck.width,
        height=deck.height,
        surface=deck.surface,
        style=_read("deck.css"),
        slides="\n".join(slides),
        player=_read("deck.js"),
    )


def _slide(slide: Slide, number: int, count: int) -> str:
    part = slide.part
    return (
        f'<section class="slide" id="slide-{number}" aria-roledescription="slide" '
        f'aria-label="{number} of {count}: {escape(part.name)}" '
        f'data-name="{escape(part.path)}" data-film="{_base64(slide.film)}">\n'
        f'<img class="still" alt="{escape(part.say or part.name)}" '
        f'src="data:image/jpeg;base64,{_base64(slide.last)}">\n'
        f'<p class="notes">{escape(part.say)}</p>\n'
        "</section>"
    )


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _read(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")
