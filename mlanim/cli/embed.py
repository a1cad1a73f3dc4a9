"""`mlanim embed`: a film, or a page that plays, for a web page, with all that it should have."""

from __future__ import annotations

import json
from typing import Any

import click

from mlanim.cli.options import checked_tag, scene_options
from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.recall import Way
from mlanim.render.stage.asked_scene import ask_scene


@click.command("embed")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Where to write it.")
@click.option(
    "--for", "purpose", metavar="page", help="A page that plays in a frame, in place of a film."
)
@click.option(
    "--choose",
    multiple=True,
    metavar="NAME=VALUE,VALUE[,...]",
    help="With --for page: a parameter that the reader turns.",
)
@click.option(
    "--max-bytes", metavar="SIZE", help="With --for page: what is refused above it. Default: 5MB."
)
@click.option(
    "--url",
    metavar="PREFIX",
    help="Where the folder will be, as the article sees it. Default: beside it.",
)
@click.option("--lang", metavar="TAG", help="Of the page. Default: that of --language, else en.")
@click.option("--narrate", metavar="CMD", help="A text-to-speech command, as in render.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 1024), metavar="N", help="Workers at once, as in render."
)
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The files with their sizes on stdout.")
def command(
    scene: str,
    class_name: str | None,
    output: str,
    purpose: str | None,
    choose: tuple[str, ...],
    max_bytes: str | None,
    url: str | None,
    lang: str | None,
    jobs: int | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Write a film's media, a page that shows it, and snippets for HTML, Markdown, Quarto and MDX.

    FOLDER gets webm and mp4, light and dark unless --theme chooses, posters, captions and
    index.html. The film plays only in view, and not for readers who want less motion.
    --for page puts there the page that `mlanim page` makes, and snippets that frame it.
    """
    lang = checked_tag(lang or options["language"] or "en")
    _check_purpose(purpose, {"--choose": choose, "--max-bytes": max_bytes}, options["narrate"])
    folder = named_path(output, "-o", "give the path of a folder")
    from mlanim.publish.embed import embed
    from mlanim.publish.folder import check_folder
    from mlanim.publish.framed import embed_page
    from mlanim.publish.page.making import RATE
    from mlanim.publish.page.wishes import asked_wish

    if purpose:
        wish = asked_wish(choose, options["set_values"], max_bytes, lang)
        options["fps"] = RATE if options["fps"] is None else options["fps"]
    options["format"] = "png" if purpose else "mp4"
    asked = ask_scene(scene, class_name, purpose=purpose or "embed", folder=folder, **options)
    check_folder(folder)
    if purpose:
        result = embed_page(asked, wish, Way(quiet), base=_base(url))
    else:
        result = embed(asked, Way(quiet, jobs), base=_base(url), language=lang)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for path in result["paths"]:
            click.echo(path)


def _check_purpose(purpose: str | None, pages: dict[str, Any], narrate: str | None) -> None:
    """Refuse what is of a page and asked of a film, and the other way round."""
    if purpose not in (None, "page"):
        raise UsageError(f"--for {purpose!r:.40}", "leave it out for a film, or write --for page")
    if not purpose and (wrong := [name for name, value in pages.items() if value]):
        raise UsageError(f"{', '.join(wrong)} for a film", "add --for page")
    if purpose and narrate:
        raise UsageError("--narrate for a page, which has no sound", "leave one of them out")


def _base(url: str | None) -> str | None:
    if url is None or url == "" or url.endswith("/"):
        return url
    return f"{url}/"
