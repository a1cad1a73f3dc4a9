"""What is to be joined, as a command line or a manifest says it: films and title cards in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.asked.spec import CAPTIONS, FILMS
from mlanim.render.stage.asked_scene import AskedScene, ask_scene
from mlanim.theme.logo_file import check_logo

__all__ = ["CARD_SCENE", "JOIN", "Card", "Piece", "ask_join", "pieces_of"]

JOIN = "join"  # the purpose of what is asked
CARD_SCENE = Path(__file__).with_name("title_card.py")
_LOGOS = (".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True)
class Card:
    """A title card: what it says."""

    words: str


Piece = Path | Card


def ask_join(
    pieces: Sequence[Piece],
    output: str | Path | None,
    theme: str | None = None,
    logo: str | None = None,
) -> AskedScene:
    """Check what was asked, as far as that goes without the films: they may have to be made yet.

    Raises:
        UsageError: no film, an output that is none, a card without words, no such logo.
    """
    if output is None:
        raise UsageError("join without -o", "name the film: -o course.mp4")
    path = named_path(output, "-o", "give the path of a film, such as course.mp4")
    if path.suffix[1:].lower() not in FILMS:
        ends = ", ".join(f".{name}" for name in FILMS)
        raise UsageError(f"-o {path} is no film", f"end it in {ends}, as the films do")
    films = [piece for piece in pieces if isinstance(piece, Path)]
    if not films:
        raise UsageError("no film to join", "name one: title cards are made as the films are")
    if not all(piece.words.strip() for piece in pieces if isinstance(piece, Card)):
        raise UsageError("a title card without words", 'write --card "Lecture 3: attention"')
    for film in films:
        if film.absolute() == path.absolute():
            raise UsageError(f"-o {path} is one of the films", "choose another name")
    if logo is not None:
        _check_logo(logo)
    told = [str(p) if isinstance(p, Path) else f"card: {p.words}" for p in pieces]
    asked = ask_scene(
        str(CARD_SCENE),
        "TitleCard",
        purpose=JOIN,
        given={"pieces": tuple(told), "logo": logo or ""},
        output=path,
        theme=theme,
        captions=",".join(CAPTIONS),
    )
    beside = [film.with_suffix(f".{kind}") for film in films for kind in CAPTIONS]
    reads = (*films, *beside, *((Path(logo),) if logo else ()))
    return replace(asked, reads=reads)


def pieces_of(asked: AskedScene) -> tuple[Piece, ...]:
    """The films and cards of what was asked."""
    told: Sequence[str] = asked.given["pieces"]
    return tuple(
        Card(text.removeprefix("card: ")) if text.startswith("card: ") else Path(text)
        for text in told
    )


def _check_logo(logo: str) -> None:
    path = named_path(logo, "--logo", "give the path of a picture")
    if path.suffix.lower() not in _LOGOS:
        raise UsageError(f"--logo {logo}", f"give a picture that ends in {', '.join(_LOGOS)}")
    check_logo(path, f"--logo {logo}")
