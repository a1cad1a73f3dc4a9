"""`mlanim join`: films and title cards, one behind the other, in one film."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mlanim.named_path import named_path
from mlanim.publish.joining.asked_join import Card, Piece, ask_join
from mlanim.publish.making import make
from mlanim.render.recall import Way

_CARD = "\0card\0"  # before the words of a card, in the place where it was named


class _InOrder(click.Command):
    """Keeps the order of films and `--card`, which decides the film."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put cards among the films."""
        words, rest = [], iter(args)
        for word in rest:
            if word == "--":
                words += [word, *rest]
            elif word == "--card":
                said = next(rest, None)
                if said is None:
                    raise click.UsageError('--card needs words: --card "Lecture 3"', ctx)
                words.append(_CARD + said)
            elif word.startswith("--card="):
                words.append(_CARD + word.removeprefix("--card="))
            else:
                words.append(word)
        return super().parse_args(ctx, words)


@click.command("join", cls=_InOrder)
@click.argument("films", metavar="FILM...", nargs=-1, required=True)
@click.option(
    "--card",
    "unused",
    multiple=True,
    metavar="WORDS",
    help="A title card, between the films where it is named; what follows ': ' stands below.",
)
@click.option("-o", "--output", metavar="PATH", required=True, help="The film: mp4, webm or mov.")
@click.option("--theme", metavar="light|dark|print|FILE.toml", help="The look of the cards.")
@click.option("--logo", metavar="FILE", help="A picture on the cards, svg or png.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    films: tuple[str, ...],
    unused: Any,
    output: str,
    theme: str | None,
    logo: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Put films and title cards one behind the other, without encoding pictures again.

    FILMs have the same size, rate and codec; cards are made like them. Chapters go over, and
    captions that lie beside the films; where some have sound, the others are silent.
    """
    pieces: list[Piece] = [
        Card(word.removeprefix(_CARD)) if word.startswith(_CARD) else _film(word) for word in films
    ]
    result = make(ask_join(pieces, output, theme, logo), Way(quiet))
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    for path in result["paths"]:
        click.echo(path)


def _film(word: str) -> Path:
    return named_path(word, "film", "give the path of a film, such as a.mp4")
