"""Making one asset: the film, picture or folder that its purpose asks for, if anything changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mlanim.publish.folder import LIST
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record, digest_of_made, watch_reads
from mlanim.render.recall import Way, render_anew, render_or_recall
from mlanim.render.stage.asked_scene import AskedScene
from mlanim.render.watched.reads import Reads

__all__ = ["make", "recall", "record_of"]


def record_of(asked: AskedScene) -> Record:
    """What is known of one way to make one asset."""
    return Record(Cache(), asked.question)


def recall(asked: AskedScene) -> dict[str, Any] | None:
    """The result, if nothing changed and the file or folder still stands."""
    assert asked.output is not None
    return record_of(asked).unchanged(asked.output)


def make(asked: AskedScene, way: Way) -> dict[str, Any]:
    """Make it, or take it from the cache.

    Returns:
        The result, as `mlanim render --json` prints it.
    """
    if known := recall(asked):
        return known
    files = asked.purpose in ("hero", "join", "moving") or asked.spec.format == "png-sequence"
    if asked.folder is None and not files:
        return render_or_recall(asked, way)
    assert asked.output is not None
    record = record_of(asked)
    with watch_reads() as reads:
        result = _made(asked, way, reads)
        reads.makes(str(asked.output.absolute() / LIST))
        reads.owns(str(asked.output.absolute()))
        beside = [Path(path) for path in result["paths"][1:]] if asked.purpose == "join" else []
        captions = {path.suffix: path.read_text(encoding="utf-8") for path in beside}
        for path in beside:
            reads.owns(str(path.absolute()))
        record.remember(result, reads, digest=digest_of_made(asked.output), captions=captions)
    return result


def _made(asked: AskedScene, way: Way, reads: Reads) -> dict[str, Any]:
    if asked.purpose == "thread":
        from mlanim.render.twins.lean_start import import_manim

        import_manim()
        from mlanim.publish.thread import make_thread

        return make_thread(asked, way)
    if asked.purpose == "page":
        from mlanim.publish.page.making import fill_folder

        return fill_folder(asked, way)
    if asked.purpose == "moving":
        from mlanim.publish.page.making import fill_picture

        return fill_picture(asked, way)
    if asked.purpose == "hero":
        from mlanim.render.twins.lean_start import import_manim

        import_manim()
        from mlanim.publish.hero import make_hero

        return make_hero(asked, way)
    if asked.purpose == "join":
        from mlanim.publish.joining.join import make_join

        for path in asked.reads:  # not by Python, so that nobody hears it
            reads.file(str(path.absolute()))
        return make_join(asked, way)
    return render_anew(asked, way, reads)
