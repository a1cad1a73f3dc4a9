"""`mlanim render`: a scene becomes a video, a GIF, an image or a sequence of images."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import OpenedScene, open_scene, scene_options
from mlanim.render.spec import FORMATS


@click.command("render")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("--format", metavar="|".join(FORMATS), help="Default: by -o's suffix, else mp4.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="The file, or for png-sequence the folder. Default: media/<scene>/.",
)
@click.option("-t", "--transparent", is_flag=True, help="No background: webm, mov, gif, png.")
@click.option("-s", "--still", is_flag=True, help="The last frame as png.")
@click.option("-p", "--preview", is_flag=True, help="Open what was made.")
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    preview: bool,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Make the video, GIF, image or image sequence of a scene.

    SCENE is a name from `mlanim list`, or the path of any Manim scene file; CLASS chooses among
    several scenes in it. The paths of what was made are printed, one a line.
    """
    with open_scene(scene, class_name, cache=not no_cache, **options) as opened:
        from mlanim.render.engine import render  # imports Manim
        from mlanim.render.progress import ProgressBar

        spec = opened.spec
        if spec.output is None:
            spec = replace(spec, output=_default_output(opened, class_name))
        with ProgressBar(opened.steps, quiet=quiet) as progress:
            result = render(opened.scene_class, spec, progress=progress)
    if as_json:
        click.echo(json.dumps(result.to_json(), ensure_ascii=False))
    else:
        for path in result.paths:
            click.echo(path)
    if preview:
        click.launch(str(result.paths[0]))


def _default_output(opened: OpenedScene, class_name: str | None) -> Path:
    """media/<scene>/<scene>, with the class where one was named, and the steps where chosen."""
    spec = opened.spec
    parts = [class_name or opened.entry.name]
    parts += [step.replace("/", "-").replace("#", "-").replace("*", "-all") for step in spec.steps]
    suffix = "" if spec.format == "png-sequence" else f".{spec.format}"
    return Path("media", opened.entry.name, "-".join(parts) + suffix)
