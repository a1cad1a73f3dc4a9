"""The HTML deck: one file that plays anywhere and asks no network for anything."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from string import Template

from mlanim.publish.buttons import DECK, OF, SLIDE
from mlanim.publish.escaping import markup_text
from mlanim.publish.own_words import in_markup, said
from mlanim.publish.slides import Deck, Slide
from mlanim.publish.snippet_page import digest_of_text
from mlanim.render.asked.destination import check_destination
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
    player = _read("deck.js")
    slides = [_slide(deck, slide, i) for i, slide in enumerate(deck.slides, start=1)]
    return Template(in_markup(_read("deck.html"), deck.words)).substitute(
        language=markup_text(deck.language),
        words=markup_text(json.dumps(DECK.in_scripts(deck.words), ensure_ascii=False)),
        title=markup_text(deck.title),
        summary=markup_text(deck.summary),
        width=deck.width,
        height=deck.height,
        surface=deck.surface,
        style=_read("deck.css"),
        slides="\n".join(slides),
        player=player,
        digest=digest_of_text(f"\n{player}\n"),
    )


def _slide(deck: Deck, slide: Slide, number: int) -> str:
    part, name = slide.part, slide.way.rpartition("/")[2]
    place = said(deck.words, OF, str(number), str(len(deck.slides)))
    return (
        f'<section class="slide" id="slide-{number}" '
        f'aria-roledescription="{markup_text(said(deck.words, SLIDE))}" '
        f'aria-label="{markup_text(f"{place}: {name}")}" '
        f'data-name="{markup_text(slide.way)}" data-film="{_base64(slide.film)}">\n'
        f'<img class="still" alt="{markup_text(slide.seen)}" '
        f'src="data:image/jpeg;base64,{_base64(slide.last)}">\n'
        f'<p class="notes">{markup_text(part.say)}</p>\n'
        "</section>"
    )


def _base64(content: bytes) -> str:
    return b64encode(content).decode()


def _read(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")
