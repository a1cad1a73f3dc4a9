"""`mlanim render`: a scene becomes a video, a GIF, an image, a figure or a sequence of images."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from mlanim.cli.options import AskedScene, OpenedScene, ask_scene, open_asked, scene_options
from mlanim.errors import MlanimError, UsageError
from mlanim.render.cache import Cache
from mlanim.render.cluster import check_address, connected
from mlanim.render.codec import CODECS
from mlanim.render.destination import check_destination
from mlanim.render.record import Record, watch_reads
from mlanim.render.spec import FORMATS, RenderSpec


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
@click.option("--no-cache", is_flag=True, help="Render everything anew.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    preview: bool,
    jobs: int | None,
    cluster: str | None,
    verify: bool,
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
        _check_verify(preview, options)
    asked = ask_scene(scene, class_name, cache=not no_cache, **options)
    if cluster is not None:
        _check_cluster(cluster, asked.spec, verify)
    if verify:
        with open_asked(asked) as opened:
            return _verify(opened, quiet, as_json)
    if asked.spec.output is None:
        asked = replace(asked, spec=replace(asked.spec, output=_default_output(asked)))
    way = _Way(quiet, jobs, cluster)
    result = _render(asked, way, watch_reads()) if no_cache else _render_or_recall(asked, way)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        for path in result["paths"]:
            click.echo(path)
    if preview:
        click.launch(result["paths"][0])
    return 0


@dataclass(frozen=True)
class _Way:
    """What decides nothing of the output: who is told, and who draws."""

    quiet: bool
    jobs: int | None
    cluster: str | None


def _render_or_recall(asked: AskedScene, way: _Way) -> dict[str, Any]:
    """What the last render made, if nothing that it read has changed; else a new one."""
    spec = asked.spec
    assert spec.output is not None
    if spec.format == "png-sequence":
        return _render(asked, way, watch_reads())
    check_destination(spec.output, folder=False)
    cache = Cache()
    record = Record(cache, asked.question)
    if known := record.deliver(spec.output):
        return known
    if spec.seed is None:
        asked = replace(asked, spec=replace(spec, seed=record.seed))
    reads = watch_reads()
    result = _render(asked, way, reads, rendered_before=record.rendered_before)
    if result["format"] == spec.format:
        record.keep(result, reads)
    cache.prune()
    return result


def _render(asked: AskedScene, way: _Way, reads: set[str], **how: Any) -> dict[str, Any]:
    with ExitStack() as stack:
        jobs, executor = way.jobs, None
        if way.cluster is not None:
            executor, room = stack.enter_context(connected(way.cluster))
            jobs = jobs or room
        opened = stack.enter_context(open_asked(asked))
        from mlanim.render.engine import render  # imports Manim
        from mlanim.render.playing import Elsewhere
        from mlanim.render.progress import ProgressBar

        progress = stack.enter_context(ProgressBar(opened.steps, quiet=way.quiet))
        elsewhere = Elsewhere(executor, reads) if executor is not None else None
        result = render(
            opened.scene_class,
            opened.spec,
            progress=progress,
            jobs=jobs,
            elsewhere=elsewhere,
            **how,
        )
    if result.chosen is not None:
        click.echo(f"chosen: {result.chosen}", err=True)
    return result.to_json()


def _check_cluster(address: str, spec: RenderSpec, verify: bool) -> None:
    """Refuse what no cluster can help with."""
    check_address(address)
    if verify or not (spec.is_video or spec.format == "png-sequence"):
        what = "--verify" if verify else f"{spec.format}, a single picture,"
        raise UsageError(f"--cluster with {what} has nothing to share out", "leave --cluster out")


def _check_verify(preview: bool, options: Mapping[str, Any]) -> None:
    """Refuse what asks for a file beside --verify."""
    asked = {
        "-o": options["output"],
        "--format": options["format"],
        "--at": options["at"] is not None,
        "-s": options["still"],
        "-p": preview,
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
