"""join: films and title cards in one film; the cards are made as the films were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.left_behind import scratch
from mlanim.publish.joining.asked_join import CARD_SCENE, Card, Piece, pieces_of
from mlanim.publish.joining.film_file import FilmFile, check_agreement, read_film
from mlanim.publish.joining.packets import write_joined
from mlanim.publish.joining.subtitles import captions_beside, joined_cues
from mlanim.render.asked.codec import CODECS
from mlanim.render.asked.destination import check_destination
from mlanim.render.asked.spec import CAPTIONS
from mlanim.render.plays.captions import captions
from mlanim.render.recall import Way, render_or_recall
from mlanim.render.sinks.result import StepTime
from mlanim.render.stage.asked_scene import AskedScene, ask_scene
from mlanim.replacing import replacing

__all__ = ["make_join"]

_USUAL = {"mp4": "h264", "mov": "h264", "webm": "vp9"}


def make_join(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Write the film, with the chapters and the captions of all of them.

    Returns:
        The result, as `mlanim render --json` prints it.

    Raises:
        UsageError: films that differ in what a player must know once for all, with the first
            such thing; nothing is written then.
    """
    output = asked.output
    assert output is not None
    check_destination(output, folder=False)
    kind = output.suffix[1:].lower()
    pieces = pieces_of(asked)
    known = {p: read_film(p, (kind,)) for p in pieces if isinstance(p, Path)}
    first, *others = known.values()
    for other in others:
        check_agreement(first, other)
    with scratch() as place:
        cards = _cards(asked, pieces, first, place, way)
        films = [known[p] if isinstance(p, Path) else cards[p] for p in pieces]
        for card in cards.values():
            _check_card(first, card)
        chapters = tuple(_chapters(pieces, films))
        with replacing(asked.spec.where / output) as temporary:
            write_joined(films, temporary, chapters)
        paths = [output, *_write_captions(films, output)]
    frames = sum(film.frames for film in films)
    return {
        "paths": [str(path) for path in paths],
        "frames": frames,
        "seconds": float(frames / first.rate),
        "bytes": output.stat().st_size,
        "steps": [vars(chapter) for chapter in chapters],
        "width": first.width,
        "height": first.height,
        "fps": float(first.rate),
        "format": kind,
        "seed": 0,
    }


def _cards(
    asked: AskedScene, pieces: Sequence[Piece], like: FilmFile, place: Path, way: Way
) -> dict[Card, FilmFile]:
    """The title cards, each drawn once, with the settings of a film."""
    cards = list(dict.fromkeys(piece for piece in pieces if isinstance(piece, Card)))
    if not cards:
        return {}
    logo = asked.given["logo"]
    options: dict[str, Any] = {
        "resolution": f"{like.width},{like.height}",
        "fps": float(like.rate),
        "format": like.format,
        "transparent": like.transparent,
        "theme": asked.spec.theme,
        "captions": "none",
    }
    if like.codec != _USUAL[like.format] and not like.transparent:
        if like.codec not in CODECS:
            raise UsageError(
                f"no title card fits {like.path}, whose codec is {like.codec}",
                f"join films of {', '.join(CODECS)}",
            )
        options["codec"] = like.codec
    made = {}
    for number, card in enumerate(cards):
        values = {"words": card.words, "logo": str(Path(logo).absolute()) if logo else ""}
        target = place / f"card-{number}.{like.format}"
        question = ask_scene(str(CARD_SCENE), "TitleCard", given=values, output=target, **options)
        render_or_recall(question, way)
        made[card] = read_film(target, (like.format,))
    return made


def _check_card(first: FilmFile, card: FilmFile) -> None:
    """A card is made as mlanim makes films: those of others it may not fit."""
    try:
        check_agreement(first, card)
    except UsageError as error:
        reason = str(error).split(": ", 1)[1].rpartition(": ")[0]
        raise UsageError(
            f"no title card fits {first.path}", reason, "render it with this version of mlanim"
        ) from error


def _chapters(pieces: Sequence[Piece], films: Sequence[FilmFile]) -> Iterator[StepTime]:
    """A chapter for each card, and those of each film; one for a film that has none."""
    before = 0.0
    for piece, film in zip(pieces, films, strict=True):
        seconds = float(film.seconds)
        own = film.chapters
        if isinstance(piece, Card):
            own = ((piece.words, 0.0, seconds),)
        for title, start, end in own or ((piece.stem, 0.0, seconds),):  # type: ignore[union-attr]
            yield StepTime(title, title, before + start, before + end, "")
        before += seconds


def _write_captions(films: Sequence[FilmFile], output: Path) -> Iterator[Path]:
    """Write each kind of captions that any film has."""
    kinds = {kind for film in films for kind in captions_beside(film.path)}
    for kind in (kind for kind in CAPTIONS if kind in kinds):
        text = captions(joined_cues(films, kind), kind)
        path = output.with_suffix(f".{kind}")
        with replacing(path) as temporary:
            temporary.write_text(text, encoding="utf-8")
        yield path
