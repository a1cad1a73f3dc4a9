"""`mlanim slides`: a scene as a deck, each step a slide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import checked_tag, scene_options
from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.stage.asked_scene import open_scene

_KINDS = (".html", ".pptx")


@click.command("slides")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option(
    "-o",
    "--output",
    metavar="FILE.html|FILE.pptx",
    help="Default: media/<scene>/<scene>-slides.html.",
)
@click.option("--lang", metavar="TAG", help="Of the deck. Default: that of --language, else en.")
@click.option("--narrate", metavar="CMD", help="A text-to-speech command, as in render.")
@click.option("--speed", type=float, default=1.0, metavar="FACTOR", help="0.25 to 4, as in render.")
@click.option("-j", "--jobs", type=click.IntRange(1, 1024), metavar="N", help="Workers at once.")
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The path and the slides as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    output: str | None,
    lang: str | None,
    jobs: int | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Make a deck of SCENE: each step is a slide that plays and holds at its end.

    The .html is one file that needs no network: arrows, click or swipe go on and back, s opens the
    notes (what the steps say), o shows all slides, f fills the screen; it prints one slide a page.
    The .pptx has the films, which start by themselves, and the notes.
    """
    path = None if output is None else _checked(output)
    lang = checked_tag(lang or options["language"] or "en")
    with open_scene(scene, class_name, cache=not no_cache, **options) as opened:
        from mlanim.publish.slides import make_deck
        from mlanim.publish.slides_html import write_html
        from mlanim.publish.slides_pptx import write_pptx
        from mlanim.publish.words import title_and_lead
        from mlanim.render.asked.destination import check_destination
        from mlanim.render.stage.progress import ProgressBar
        from mlanim.words.files import read_words

        name = class_name or opened.entry.name
        path = path or Path("media", opened.entry.name, f"{name}-slides.html")
        check_destination(opened.spec.where / path, folder=False)
        title, lead = title_and_lead(opened.entry, read_words(opened.spec.words))
        with ProgressBar(opened.steps, quiet=quiet) as progress:
            deck = make_deck(
                opened.scene_class,
                opened.spec,
                title=title,
                summary=lead,
                language=lang,
                progress=progress,
                jobs=jobs,
            )
    write = write_pptx if path.suffix.lower() == ".pptx" else write_html
    write(deck, path)
    if not as_json:
        click.echo(path)
        return
    slides = [
        {"step": part.path, "seconds": round(part.end - part.start, 3), "notes": part.say}
        for part in (slide.part for slide in deck.slides)
    ]
    record = {"path": str(path), "bytes": path.stat().st_size, "slides": slides}
    click.echo(json.dumps(record, ensure_ascii=False))


def _checked(output: str) -> Path:
    """Refuse what is no deck, before any work is done."""
    path = named_path(output, "-o", f"give a file that ends in {' or '.join(_KINDS)}")
    if path.suffix.lower() not in _KINDS:
        raise UsageError(f"{output!r} names no deck", f"end it in {' or '.join(_KINDS)}")
    if path.suffix.lower() == ".pptx":
        from mlanim.publish.slides_pptx import check_pptx

        check_pptx()
    return path
