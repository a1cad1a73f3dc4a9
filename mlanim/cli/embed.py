"""`mlanim embed`: a film for a web page, with all that a page should have."""

from __future__ import annotations

import json
from typing import Any

import click

from mlanim.cli.options import scene_options
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
    """
    lang = lang or options["language"] or "en"
    if not lang.replace("-", "").isalnum():
        raise UsageError(f"--lang {lang!r}", "write a language's tag, such as en, fr or pt-BR")
    folder = named_path(output, "-o", "give the path of a folder")
    asked = ask_scene(scene, class_name, purpose="embed", folder=folder, format="mp4", **options)
    from mlanim.publish.embed import embed
    from mlanim.publish.folder import check_folder

    check_folder(folder)
    result = embed(asked, Way(quiet, jobs), base=_base(url), language=lang)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for path in result["paths"]:
            click.echo(path)


def _base(url: str | None) -> str | None:
    if url is None or url == "" or url.endswith("/"):
        return url
    return f"{url}/"
