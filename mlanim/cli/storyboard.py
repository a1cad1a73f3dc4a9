"""`mlanim storyboard`: the steps of a scene as one picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import scene_options
from mlanim.render.stage.asked_scene import OpenedScene, open_scene
from mlanim.words.files import read_words


@click.command("storyboard", context_settings={"default_map": {"quality": "l"}})
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("--every", type=float, metavar="SECONDS", help="More pictures: one each SECONDS too.")
@click.option(
    "-o",
    "--output",
    metavar="FILE.png",
    help="Where to write it. Default: media/<scene>/<scene>-storyboard.png.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The path and the panels as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    every: float | None,
    output: str | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Draw one PNG with a labelled picture for each step: its end, before it clears up.

    Steps are fast-forwarded and only their ends are drawn; a plain Manim scene gives the end of
    each section or play. The quality is that of each picture.
    """
    with open_scene(scene, class_name, output=output, format="png", **options) as opened:
        from mlanim.render.asked.destination import check_destination
        from mlanim.render.stage.progress import ProgressBar
        from mlanim.replacing import replacing
        from mlanim.review.sheet import draw_sheet
        from mlanim.review.storyboard import panels_of
        from mlanim.theme import get_theme

        path = opened.spec.output or _default_output(opened, class_name)
        check_destination(opened.spec.where / path, folder=False)
        with ProgressBar(opened.steps, quiet=quiet) as progress:
            panels = panels_of(opened.scene_class, opened.spec, every=every, progress=progress)
        sheet = draw_sheet(
            panels,
            title=class_name or opened.entry.name,
            subtitle=_subtitle(opened, panels[-1].end),
            theme=get_theme(opened.spec.theme or "light"),
        )
        with replacing(opened.spec.where / path) as temporary:
            sheet.save(temporary, format="PNG")
    if as_json:
        pictures = [
            {"step": p.step, "start": round(p.start, 3), "end": round(p.end, 3), "say": p.say}
            for p in panels
        ]
        record = {"path": str(path), "width": sheet.width, "height": sheet.height}
        click.echo(json.dumps(record | {"panels": pictures}, ensure_ascii=False))
    else:
        click.echo(path)


def _subtitle(opened: OpenedScene, seconds: float) -> str:
    spec = opened.spec
    summary = read_words(spec.words).said(opened.entry.summary, "title")
    said = [summary.rstrip(".。"), f"{seconds:.0f} s", f"{spec.width}×{spec.height}"]
    values = [f"{name}={value}" for name, value in spec.values.items()]
    return " · ".join(part for part in [*said, Path(spec.theme or "").stem, *values] if part)


def _default_output(opened: OpenedScene, class_name: str | None) -> Path:
    return Path("media", opened.entry.name, f"{class_name or opened.entry.name}-storyboard.png")
