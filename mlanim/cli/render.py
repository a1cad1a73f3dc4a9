"""`mlanim render`: a scene becomes a video, a GIF, an image, a figure or a sequence of images."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from mlanim.catalogue import find
from mlanim.cli.manims_options import manims_options, take_manims
from mlanim.cli.options import scene_options
from mlanim.errors import MlanimError, UsageError
from mlanim.named_path import named_path
from mlanim.publish.folder import check_folder
from mlanim.publish.making import make
from mlanim.publish.naming import FOLDERS
from mlanim.publish.page.wishes import taken_wish
from mlanim.publish.presets import PRESETS, check_limits, layered, said
from mlanim.render.asked.codec import CODECS
from mlanim.render.asked.output_name import default_path
from mlanim.render.asked.spec import FORMATS, RenderSpec
from mlanim.render.recall import Way, render_anew, render_or_recall
from mlanim.render.stage.asked_scene import (
    AskedScene,
    OpenedScene,
    ask_scene,
    open_asked,
    scene_names,
)
from mlanim.render.workers.cluster import check_address
from mlanim.review.values_file import drawn_values, values_target, write_values


@click.command("render")
@click.argument("scene")
@click.argument("class_names", metavar="[CLASS]...", nargs=-1)
@scene_options
@click.option(
    "--for",
    "purpose",
    metavar="|".join(PRESETS),
    help="Where it will be seen: chooses format, size, rate, loop and limit; other options win.",
)
@click.option("-a", "--write_all", is_flag=True, help="All scenes of the file.")
@click.option(
    "-n",
    "--from_animation_number",
    "plays",
    metavar="N[,M]",
    help="From play N to play M, or to the end; the first is 0.",
)
@click.option("--format", metavar="|".join(FORMATS), help="Default: by -o's suffix, else mp4.")
@click.option(
    "-o",
    "--output",
    "--output_file",
    metavar="PATH",
    help="The file, or for png-sequence the folder. Default: media/<scene>/.",
)
@click.option("--media_dir", metavar="DIR", help="In place of media/.")
@click.option("-t", "--transparent", is_flag=True, help="No background; not for mp4.")
@click.option("--codec", metavar="|".join(CODECS), help="Of mp4, webm or mov; mp4 is h264.")
@click.option("--loop", type=int, default=0, metavar="N", help="gif, webp: plays; 0 for ever.")
@click.option("--hold", type=float, default=0.0, metavar="SECONDS", help="gif, webp: at the end.")
@click.option(
    "--max-bytes",
    metavar="SIZE",
    help="gif, webp: the best size, rate and palette that fit, such as 500kB, 2MB, 1.5MiB; "
    "with --for page, what is refused above it.",
)
@click.option("-s", "--still", "--save_last_frame", is_flag=True, help="The last frame as png.")
@click.option(
    "--at",
    type=float,
    metavar="SECONDS",
    help="The frame at this time of the output alone, as png, svg or pdf. Default: the last.",
)
@click.option("--crop", is_flag=True, help="png, svg, pdf: cut to what is drawn, for a paper.")
@click.option(
    "--colour-bar", "--color-bar", is_flag=True, help="png, svg, pdf: what its colours stand for."
)
@click.option("--no-heading", is_flag=True, help="Without the headings of an explainer.")
@click.option(
    "--captions",
    metavar="srt|vtt|burn|none[,...]",
    help="What the steps say, as files beside a film, or burnt into the picture. Default: srt.",
)
@click.option(
    "--narrate",
    metavar="CMD",
    help="A text-to-speech command that reads the steps aloud: words on stdin, a .wav to {out} "
    "or stdout. Steps last as long as their words.",
)
@click.option(
    "--speed",
    type=float,
    default=1.0,
    metavar="FACTOR",
    help="0.25 to 4: of all that moves and waits, with its captions and chapters; 0.8 is slower.",
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
    help="Write nothing: render as plain Manim does and as mlanim would deliver it, with workers "
    "and from the cache, and tell the first frame that differs.",
)
@click.option("--values", metavar="FILE.json", help="Write all data that is drawn to a file too.")
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress; what was given up is said.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
@manims_options
@click.pass_context
def command(
    context: click.Context,
    scene: str,
    class_names: tuple[str, ...],
    purpose: str | None,
    write_all: bool,
    media_dir: str | None,
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
    manims = take_manims(options)
    quiet, no_cache = quiet or manims["quiet"], no_cache or manims["no_cache"]
    dry = manims["dry_run"]
    if verify:
        _check_verify(preview, {**options, "purpose": purpose, "values": values})
    values_file = values_target(values)
    limit = None if purpose is None else _choose(context, purpose, options)
    folder = _folder(options) if purpose in FOLDERS else None
    wish = taken_wish(options, purpose)[1] if purpose == "page" else None
    entry = find(scene)
    source = entry.path.read_bytes() if entry.path else None
    names: Sequence[str | None] = scene_names(entry) if write_all else class_names or (None,)
    if len(names) > 1 and options.get("output") is not None:
        raise UsageError(f"-o for {len(names)} scenes", "choose one scene, or give --media_dir DIR")
    if len(names) > 1 and values is not None:
        raise UsageError(f"--values for {len(names)} scenes", "choose one scene")
    code = 0
    for name in names:
        asked = ask_scene(
            entry,
            name,
            cache=not no_cache,
            purpose=purpose or "",
            folder=folder,
            media=None if media_dir is None else _media(media_dir),
            **options,
        )
        spec = asked.spec.dry() if dry else asked.spec
        asked = replace(asked, source=source, spec=spec, wish=wish)
        if cluster is not None:
            _check_cluster(cluster, asked.spec, verify)
        if verify:
            with open_asked(asked) as opened:
                code = max(code, _verify(opened, jobs, quiet, as_json))
            continue
        result = _made(asked, Way(quiet, jobs, cluster), limit)
        if values_file is not None:
            write_values(values_file, drawn_values(asked, result["seed"]))
        if as_json:
            click.echo(json.dumps(result, ensure_ascii=False))
        else:
            for path in result["paths"]:
                click.echo(path)
        check_limits(purpose or "", limit, result)
        if preview and result["paths"]:
            _open(result["paths"][0])
    return code


def _made(asked: AskedScene, way: Way, limit: int | None) -> dict[str, Any]:
    """Make what was asked for, or recall it."""
    purpose, name = asked.purpose, asked.entry.name
    media = asked.media or Path("media")
    if purpose in FOLDERS and asked.folder is None:
        asked = replace(asked, folder=media / name / f"{name}-{purpose}")
    elif asked.output is None and purpose == "hero":
        path = default_path(name, asked.spec, name=asked.class_name or "", folder=media)
        asked = replace(asked, spec=replace(asked.spec, output=path))
    if purpose:
        click.echo(said(asked.spec, purpose, limit), err=True)
    if purpose in (*FOLDERS, "hero"):
        return make(asked, way)
    if asked.spec.cache and asked.spec.format != "none":
        return render_or_recall(asked, way)
    return render_anew(asked, way)


def _media(folder: str) -> Path:
    return named_path(folder, "--media_dir", "give the path of a folder")


def _open(path: str) -> None:
    """Open what was made; the film is there all the same where nothing can be opened."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    dark = sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens)
    if dark or click.launch(path):
        why = "there is no display" if dark else "no viewer was found"
        click.echo(f"mlanim: cannot open {path} here: {why}", err=True)


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
    folder = named_path(output, "-o", "give the path of a folder")
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


def _verify(opened: OpenedScene, jobs: int | None, quiet: bool, as_json: bool) -> int:
    """Compare what would be delivered with Manim's frames; exit code 1 where they differ."""
    from mlanim.render.stage.progress import ProgressBar
    from mlanim.render.verify import verify

    with ProgressBar(opened.steps, quiet=quiet) as progress:
        verdict = verify(opened.scene_class, opened.spec, jobs=jobs, progress=progress)
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
        return 1 if verdict.difference else 0
    if verdict.difference:
        raise MlanimError(str(verdict.difference), f"the {verdict.equal} before it are equal")
    click.echo(f"{verdict.equal} frames equal")
    return 0
