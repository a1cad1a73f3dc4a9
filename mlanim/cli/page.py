"""`mlanim page`: a scene as an article that a reader plays with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import checked_tag, scene_options
from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.stage.asked_scene import ask_scene


@click.command("page")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option(
    "-o", "--output", metavar="FILE.html", help="Default: media/<scene>/<scene>-page.html."
)
@click.option(
    "--format",
    "kind",
    metavar="html|svg",
    default="html",
    show_default=True,
    help="svg, with --animated, is the picture alone, which plays by itself in a README.",
)
@click.option(
    "--animated", is_flag=True, help="An SVG that moves without scripts, round and round."
)
@click.option(
    "--choose",
    multiple=True,
    metavar="NAME=VALUE,VALUE[,...]",
    help="A parameter that the reader turns; each combination is played beforehand.",
)
@click.option(
    "--max-bytes",
    metavar="SIZE",
    default="5MB",
    show_default=True,
    help="A page that would be larger is refused.",
)
@click.option("--lang", metavar="TAG", help="Of the page. Default: that of --language, else en.")
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The path and its sizes as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    output: str | None,
    kind: str,
    animated: bool,
    choose: tuple[str, ...],
    max_bytes: str,
    lang: str | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Make SCENE an article that plays beside its words, and whose every number can be asked.

    One file of HTML that needs no network: vectors, not film, sharp at any size, in the reader's
    light or dark scheme unless --theme chooses. Pointing at a cell, bar or arrow reads its exact
    value; all arrays are there as tables, to copy. Without scripts, and on paper, each step is a
    still with its words. --fps are states a second, between which the page interpolates: 12 unless
    you say else.
    """
    _check_kind(kind, animated, choose)
    from mlanim.publish.page.making import RATE, check_output, make_page
    from mlanim.publish.page.wishes import asked_wish

    lang = lang or options["language"] or ""
    if lang:
        checked_tag(lang)
    wish = asked_wish(choose, options["set_values"], max_bytes, lang, moving=animated)
    path = None if output is None else named_path(output, "-o", "give the path of a file")
    if path is not None:
        check_output(path, moving=animated)
    if options["fps"] is None:
        options["fps"] = RATE
    asked = ask_scene(scene, class_name, purpose="page", cache=not no_cache, **options)
    name = class_name or asked.entry.name
    path = path or Path("media", asked.entry.name, f"{name}-page.{kind}")
    result = make_page(asked, path, wish, quiet=quiet)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(path)
    made, packed = result["bytes"] / 1e6, result["gzipped"] / 1e6
    click.echo(f"{made:.2f} MB, {packed:.2f} MB gzipped", err=True)
    for choice, size in result["choices"].items():
        click.echo(f"{choice}: {size / 1e6:.2f} MB", err=True)


def _check_kind(kind: str, animated: bool, choose: tuple[str, ...]) -> None:
    """Refuse what is neither a page nor a picture that plays by itself."""
    if kind not in ("html", "svg"):
        raise UsageError(f"--format {kind!r:.40}", "a page is html, or svg with --animated")
    if kind == "svg" and not animated:
        raise UsageError(
            "--format svg is a picture that plays by itself",
            "add --animated; `mlanim render SCENE -s --format svg` draws one that stands still",
        )
    if animated and kind != "svg":
        raise UsageError("--animated is for an SVG", "add --format svg; an html plays anyway")
    if animated and choose:
        raise UsageError(
            "--choose is for a reader, whom an SVG cannot ask",
            "give each value an SVG of its own with --set",
        )
