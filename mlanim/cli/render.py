"""`mlanim render`: a scene becomes a video, a GIF, an image, a figure or a sequence of images."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from mlanim.cli.options import scene_options
from mlanim.errors import MlanimError, UsageError
from mlanim.publish.folder import check_folder
from mlanim.publish.making import make
from mlanim.publish.naming import FOLDERS
from mlanim.publish.presets import PRESETS, check_limits, layered, said
from mlanim.render.asked import AskedScene, OpenedScene, ask_scene, open_asked
from mlanim.render.cluster import check_address
from mlanim.render.codec import CODECS
from mlanim.render.recall import Way, render_anew, render_or_recall
from mlanim.render.record import watch_reads
from mlanim.render.spec import FORMATS, RenderSpec
from mlanim.review.values_file import drawn_values, values_target, write_values


@click.command("render")
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option(
    "--for",
    "purpose",
    metavar="|".join(PRESETS),
    help="Where it will be seen: chooses format, size, rate, loop and limit; other options win.",
)
@click.option("--format", metavar="|".join(FORMATS), help="Default: by -o's suffix, else mp4.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="The file, or for png-sequence the folder. Default: media/<scene>/.",
)
@click.option("-t", "--transparent", is_flag=True, help="No background; not for mp4.")
@click.option("--codec", metavar="|".join(CODECS), help="Of mp4, webm or mov; mp4 is h264.")
@click.option("--loop", type=int, default=0, metavar="N", help="gif, webp: plays; 0 for ever.")
@click.option("--hold", type=float, default=0.0, metavar="SECONDS", help="gif, webp: at the end.")
@click.option(
    "--max-bytes",
    metavar="SIZE",
    help="gif, webp: the best size, rate and palette that fit, such as 500kB, 2MB, 1.5MiB.",
)
@click.option("-s", "--still", is_flag=True, help="The last frame as png.")
@click.option(
    "--at",
    type=float,
    metavar="SECONDS",
    help="The frame at this time of the output alone, as png, svg or pdf. Default: the last.",
)
@click.option(
    "--captions",
    metavar="srt|vtt|srt,vtt|none",
    help="Files beside a film with what its steps say. Default: srt.",
)
@click.option(
    "--narrate",
    metavar="CMD",
    help="A text-to-speech command that reads the steps aloud: words on stdin, a .wav to {out} "
    "or stdout. Steps last as long as their words.",
)
@click.option("-p", "--preview", is_flag=True, help="Open what was made.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Workers at once. Default: one for each core; the files are the same with any number.",
)
@click.option(
    "--cluster",
    metavar="tcp://HOST:PORT",
    help="A Dask scheduler, whose workers draw; -j is then one for each of their threads.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Write nothing: draw each frame by Manim and by mlanim, and tell the first difference.",
)
@click.option("--values", metavar="FILE.json", help="Write all data that is drawn to a file too.")
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
@click.pass_context
def command(
    context: click.Context,
    scene: str,
    class_name: str | None,
    purpose: str | None,
    preview: bool,
    jobs: int | None,
    cluster: str | None,
    verify: bool,
    values: str | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Make the video, GIF, figure or images of a scene.

    SCENE is a name from `mlanim list`, or the path of any Manim scene file; CLASS chooses among
    several scenes in it. The paths of what was made are printed, one a line.
    """
    if verify:
        _check_verify(preview, {**options, "purpose": purpose, "values": values})
    values_file = values_target(values)
    limit = None
    if purpose is not None:
        limit = _choose(context, purpose, options)
    folder = _folder(options) if purpose in FOLDERS else None
    asked = ask_scene(
        scene, class_name, cache=not no_cache, purpose=purpose or "", folder=folder, **options
    )
    if cluster is not None:
        _check_cluster(cluster, asked.spec, verify)
    if verify:
        with open_asked(asked) as opened:
            return _verify(opened, quiet, as_json)
    if purpose in FOLDERS and folder is None:
        asked = replace(asked, folder=Path("media", asked.entry.name, f"{asked.entry.name}-thread"))
    elif asked.output is None:
        asked = replace(asked, spec=replace(asked.spec, output=_default_output(asked)))
    way = Way(quiet, jobs, cluster)
    if purpose is not None:
        click.echo(said(asked.spec, purpose, limit), err=True)
    if purpose in (*FOLDERS, "hero"):
        result = make(asked, way)
    else:
        result = (
            render_anew(asked, way, watch_reads()) if no_cache else render_or_recall(asked, way)
        )
    if values_file is not None:
        write_values(values_file, drawn_values(asked, result["seed"]))
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for path in result["paths"]:
            click.echo(path)
    check_limits(purpose or "", limit, result)
    if preview:
        click.launch(result["paths"][0])
    return 0


def _choose(context: click.Context, purpose: str, options: dict[str, Any]) -> int | None:
    """Put what a preset chooses among the options, where the reader has not; give its limit."""
    given = {
        name: value
        for name, value in options.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    wanted = layered({"for": purpose, **given})
    for name in ("format", "quality", "resolution", "aspect", "fps", "loop", "hold", "max_bytes"):
        if name in wanted.options:
            options[name] = wanted.options[name]
    return wanted.limit


def _folder(options: dict[str, Any]) -> Path | None:
    """Take the output as a folder's."""
    output = options.pop("output")
    if output is None:
        return None
    if not output.strip() or "\0" in output:
        raise UsageError(f"-o {output!r}", "give the path of a folder")
    folder = Path(output).expanduser()
    check_folder(folder)
    return folder


def _check_cluster(address: str, spec: RenderSpec, verify: bool) -> None:
    """Refuse what no cluster can help with."""
    check_address(address)
    if spec.narrate is not None:
        raise UsageError("--cluster with --narrate", "render with sound on one machine")
    if verify or not (spec.is_video or spec.format == "png-sequence"):
        what = "--verify" if verify else f"{spec.format}, a single picture,"
        raise UsageError(f"--cluster with {what} has nothing to share out", "leave --cluster out")


def _check_verify(preview: bool, options: Mapping[str, Any]) -> None:
    """Refuse what asks for a file beside --verify."""
    asked = {
        "-o": options["output"],
        "--format": options["format"],
        "--at": options["at"] is not None,
        "--for": options["purpose"] is not None,
        "-s": options["still"],
        "-p": preview,
        "--values": options["values"],
    }
    if given := [name for name, value in asked.items() if value]:
        raise UsageError(
            f"--verify with {' and '.join(given)}",
            "--verify looks at every frame and writes none: give it alone",
        )


def _verify(opened: OpenedScene, quiet: bool, as_json: bool) -> int:
    """Compare both ways of drawing; exit code 1 where they differ."""
    from mlanim.render.progress import ProgressBar
    from mlanim.render.verify import verify

    with ProgressBar(opened.steps, quiet=quiet) as progress:
        verdict = verify(opened.scene_class, opened.spec, progress=progress)
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
        return 1 if verdict.difference else 0
    if verdict.difference:
        raise MlanimError(str(verdict.difference), f"the {verdict.equal} before it are equal")
    click.echo(f"{verdict.equal} frames equal")
    return 0


def _default_output(asked: AskedScene) -> Path:
    """media/<scene>/<scene>, with what was chosen: class, steps, time."""
    spec = asked.spec
    parts = [asked.class_name or asked.entry.name]
    parts += [step.replace("/", "-").replace("#", "-").replace("*", "-all") for step in spec.steps]
    if spec.at is not None:
        parts.append(f"{spec.at:g}s")
    suffix = "" if spec.format == "png-sequence" else f".{spec.format}"
    return Path("media", asked.entry.name, "-".join(parts) + suffix)
