"""A render as it is asked for: recalled if nothing that it read has changed, else made anew."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.left_behind import sweep
from mlanim.render.asked.destination import check_destination
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, watch_reads
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.render.stage.observer import Observer
from mlanim.render.watched.reads import Reads
from mlanim.render.watched.surroundings import settings_of_manim
from mlanim.render.workers.cluster import connected
from mlanim.sealed import remove_partial

if TYPE_CHECKING:
    from mlanim.render.sinks.result import RenderResult

__all__ = ["Way", "render_anew", "render_or_recall"]


@dataclass(frozen=True)
class Way:
    """What decides nothing of the output: who is told, and who draws.

    Attributes:
        quiet: show no progress.
        jobs: workers at once; None is one for each core.
        cluster: a scheduler's address.
        observer: is told in place of the reader.
    """

    quiet: bool = False
    jobs: int | None = None
    cluster: str | None = None
    observer: Observer | None = None


def render_or_recall(asked: AskedScene, way: Way) -> dict[str, Any]:
    """What the last render made, if nothing that it read has changed; else a new one."""
    spec = asked.spec
    if spec.format == "png-sequence":
        return render_anew(asked, way)
    if spec.output is not None:
        check_destination(spec.output, folder=False)
    sweep()
    cache = Cache()
    remove_partial(cache.folder)
    record = Record(cache, asked.question)
    output = spec.output or record.output
    if output is not None and (known := record.deliver(output)):
        return known
    with watch_reads() as reads:
        made = _rendered(
            asked, way, reads, rendered_before=record.rendered_before, finished=record.take
        )
        result = made.to_json()
        if made.kept and not made.given_up and Path(result["paths"][0]).is_file():
            record.keep(result, reads, made.kept)
    cache.prune()
    return result


def render_anew(
    asked: AskedScene, way: Way, reads: Reads | None = None, **how: Any
) -> dict[str, Any]:
    """Open the scene and render it; `reads` is what collects the files, where somebody does.

    Returns:
        The result, as `--json` prints it.
    """
    return _rendered(asked, way, reads, **how).to_json()


def _rendered(asked: AskedScene, way: Way, reads: Reads | None, **how: Any) -> RenderResult:
    with ExitStack() as stack:
        if reads is None:
            reads = stack.enter_context(watch_reads())
        for path in asked.reads:
            reads.file(str(path.absolute()))
        for path in settings_of_manim(asked.entry.path):
            reads.file(str(path))
        jobs, executor = way.jobs, None
        if way.cluster is not None:
            executor, room = stack.enter_context(connected(way.cluster))
            jobs = jobs or room
        opened = stack.enter_context(open_asked(asked))
        from mlanim.render.engine import render  # imports Manim
        from mlanim.render.stage.progress import ProgressBar
        from mlanim.render.workers.playing import Elsewhere

        bar = ProgressBar(opened.steps, quiet=way.quiet or way.observer is not None)
        progress = way.observer or stack.enter_context(bar)
        elsewhere = Elsewhere(executor, reads) if executor is not None else None
        spec = opened.spec
        if spec.output is None and spec.format != "none":
            spec = replace(spec, output=opened.default_output)
        result = render(
            opened.scene_class,
            spec,
            progress=progress,
            jobs=jobs,
            elsewhere=elsewhere,
            **how,
        )
    if result.chosen is not None and way.observer is None:
        print(f"chosen: {result.chosen}", file=sys.stderr)
    return result
