"""How each format is written: its segments, and what is made of them at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from mlanim.render.sinks.assemble import assemble
from mlanim.render.sinks.digests import DigestWriter, join_digests
from mlanim.render.sinks.gif import write_gif
from mlanim.render.sinks.loop import assemble_loop
from mlanim.render.sinks.port import AS_DRAWN, Ending, Film, Writer
from mlanim.render.sinks.result import Picture
from mlanim.render.sinks.segment import SegmentWriter
from mlanim.render.sinks.sequence import PngWriter, assemble_sequence
from mlanim.render.sinks.spool import SpoolWriter
from mlanim.render.sinks.webp import write_webp

__all__ = ["SEGMENTED", "finish", "open_segment"]

_Assemble = Callable[[Sequence[Path], Path, Film, Ending], tuple[Picture, ...] | None]

_WAYS: dict[str, tuple[Callable[[Path, Film], Writer], _Assemble]] = {
    **dict.fromkeys(("mp4", "webm", "mov"), (SegmentWriter, assemble)),
    "gif": (SpoolWriter, partial(assemble_loop, write_gif)),
    "webp": (SpoolWriter, partial(assemble_loop, write_webp)),
    "png-sequence": (PngWriter, assemble_sequence),
    **dict.fromkeys(AS_DRAWN, (DigestWriter, join_digests)),
}
SEGMENTED = frozenset(_WAYS)  # formats of more than one picture


def open_segment(path: Path, film: Film) -> Writer:
    """Open a segment of a film for writing."""
    return _WAYS[film.format][0](path, film)


def finish(
    segments: Sequence[Path], target: Path, film: Film, ending: Ending
) -> tuple[Picture, ...]:
    """Make the file, or for a sequence the folder, whose pictures are told."""
    return _WAYS[film.format][1](segments, target, film, ending) or ()
