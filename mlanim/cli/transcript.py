"""`mlanim transcript`: a scene as an article in Markdown."""

from __future__ import annotations

import json
from typing import Any

import click

from mlanim.cli.options import scene_options
from mlanim.named_path import named_path
from mlanim.render.stage.asked_scene import open_scene


@click.command("transcript")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("-o", "--output", required=True, metavar="FOLDER", help="Where to write it.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The paths as JSON on stdout.")
def command(
    scene: str, class_name: str | None, output: str, quiet: bool, as_json: bool, **options: Any
) -> None:
    """Write an article's draft: each step's words, with a still of its end.

    FOLDER gets transcript.md and a picture for each step.
    """
    folder = named_path(output, "-o", "give the path of a folder")
    with open_scene(scene, class_name, format="png", **options) as opened:
        from mlanim.publish.folder import check_folder
        from mlanim.publish.transcript import write_transcript
        from mlanim.render.stage.progress import ProgressBar

        check_folder(folder)
        with ProgressBar(opened.steps, quiet=quiet) as progress:
            paths = write_transcript(opened, folder, progress=progress)
    if as_json:
        click.echo(json.dumps({"paths": [str(path) for path in paths]}, ensure_ascii=False))
    else:
        for path in paths:
            click.echo(path)
