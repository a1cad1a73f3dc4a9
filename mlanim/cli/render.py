"""`mlanim render`: a scene becomes a video, a GIF, an image or a sequence of images."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import AskedScene, ask_scene, open_asked, scene_options
from mlanim.render.cache import Cache
from mlanim.render.destination import check_destination
from mlanim.render.record import Record, watch_reads
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
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Workers at once. Default: one for each core; the files are the same with any number.",
)
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    preview: bool,
    jobs: int | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Make the video, GIF, image or image sequence of a scene.

    SCENE is a name from `mlanim list`, or the path of any Manim scene file; CLASS chooses among
    several scenes in it. The paths of what was made are printed, one a line.
    """
    asked = ask_scene(scene, class_name, cache=not no_cache, **options)
    if asked.spec.output is None:
        asked = replace(asked, spec=replace(asked.spec, output=_default_output(asked)))
    result = _render(asked, quiet, jobs) if no_cache else _render_or_recall(asked, quiet, jobs)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for path in result["paths"]:
            click.echo(path)
    if preview:
        click.launch(result["paths"][0])


def _render_or_recall(asked: AskedScene, quiet: bool, jobs: int | None) -> dict[str, Any]:
    """What the last render made, if nothing that it read has changed; else a new one."""
    spec = asked.spec
    assert spec.output is not None
    if spec.format == "png-sequence":
        return _render(asked, quiet, jobs)
    check_destination(spec.output, folder=False)
    cache = Cache()
    record = Record(cache, asked.question)
    if known := record.deliver(spec.output):
        return known
    if spec.seed is None:
        asked = replace(asked, spec=replace(spec, seed=record.seed))
    reads = watch_reads()
    result = _render(asked, quiet, jobs, rendered_before=record.rendered_before)
    if result["format"] == spec.format:
        record.keep(result, reads)
    cache.prune()
    return result


def _render(asked: AskedScene, quiet: bool, jobs: int | None, **how: Any) -> dict[str, Any]:
    with open_asked(asked) as opened:
        from mlanim.render.engine import render  # imports Manim
        from mlanim.render.progress import ProgressBar

        with ProgressBar(opened.steps, quiet=quiet) as progress:
            result = render(opened.scene_class, opened.spec, progress=progress, jobs=jobs, **how)
    return result.to_json()


def _default_output(asked: AskedScene) -> Path:
    """media/<scene>/<scene>, with the class where one was named, and the steps where chosen."""
    spec = asked.spec
    parts = [asked.class_name or asked.entry.name]
    parts += [step.replace("/", "-").replace("#", "-").replace("*", "-all") for step in spec.steps]
    suffix = "" if spec.format == "png-sequence" else f".{spec.format}"
    return Path("media", asked.entry.name, "-".join(parts) + suffix)
