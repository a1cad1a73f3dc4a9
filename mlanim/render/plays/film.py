"""What a film is before its first frame: how it is encoded, and how many may work on it."""

from __future__ import annotations

import os

from manim._config.video_encoder import to_av_frame_rate

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.sinks.port import Film

__all__ = ["available_cores", "film_of"]


def film_of(spec: RenderSpec, format: str) -> Film:
    """The film that a spec describes, in the format that was decided on."""
    return Film(
        spec.width,
        spec.height,
        to_av_frame_rate(spec.fps),
        format,
        spec.transparent,
        codec=spec.codec,
        plays=spec.loop,
        hold=spec.hold,
        most_bytes=spec.max_bytes,
    )


def available_cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
