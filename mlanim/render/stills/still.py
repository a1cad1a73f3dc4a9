"""A still: one frame of a scene, as vectors or as pixels, at any time or at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from manim import Scene

from mlanim.errors import MlanimError
from mlanim.left_behind import sweep
from mlanim.render.asked.destination import check_destination, default_output
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.plays.film import film_of
from mlanim.render.sinks.picture import write_picture
from mlanim.render.sinks.result import RenderResult
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.session import configured
from mlanim.render.stills.colour_bars import with_colour_bars
from mlanim.render.stills.cropping import Crop, crop_of
from mlanim.render.stills.random_access import look_at, look_at_end
from mlanim.render.stills.seeking import Glimpse
from mlanim.render.stills.vector_file import caption_of, pdf, svg
from mlanim.replacing import replacing

__all__ = ["render_still"]


def render_still(
    scene_class: type[Scene],
    spec: RenderSpec,
    observer: Observer,
    finished: Callable[[Sequence[Path]], Any],
) -> RenderResult:
    """Write the frame at `spec.at` seconds of the output, None for the end, as png, svg or pdf.

    `finished` is given the file before it takes its place; what it gives is the result's `kept`.

    Raises:
        UsageError: an output that cannot be, a time beyond the end, an unknown step.
        MlanimError: the scene failed; the line names file, line and error.
    """
    spec = spec.seeded()
    output = spec.output or default_output(scene_class.__name__, spec.format)
    check_destination(spec.where / output, folder=False)
    sweep()
    size, kept = 0, None
    width, height = spec.width, spec.height

    def write(glimpse: Glimpse) -> None:
        nonlocal size, kept, width, height
        glimpse = with_colour_bars(glimpse) if spec.colour_bar else glimpse
        crop = crop_of(glimpse, whole=not spec.crop)
        width, height = crop.width, crop.height
        with replacing(spec.where / output) as temporary:
            try:
                _write(temporary, glimpse, spec, crop)
                size = temporary.stat().st_size
            except OSError as error:
                raise MlanimError(f"cannot write {output}", error.strerror or "") from error
            kept = finished([temporary])

    with configured(spec):
        if spec.at is None:
            look_at_end(scene_class, spec, write, observer=observer)
        else:
            look_at(scene_class, spec, [spec.at], write, observer=observer)
    return RenderResult(
        paths=(output,),
        frames=1,
        seconds=0.0,
        bytes=size,
        steps=(),
        width=width,
        height=height,
        fps=spec.fps,
        format=spec.format,
        seed=spec.seed or 0,
        kept=kept,
    )


def _write(path: Path, glimpse: Glimpse, spec: RenderSpec, crop: Crop) -> None:
    if spec.format == "png":
        film, background = film_of(spec, "png"), glimpse.scene.camera.background
        write_picture(path, crop.cut(glimpse.pixels), crop.cut(background), film)
    else:
        draw = svg if spec.format == "svg" else pdf
        path.write_bytes(draw(glimpse, caption_of(glimpse, spec.at), crop))
