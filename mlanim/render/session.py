"""The one place that touches Manim's configuration, and only for the length of a render."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from manim import config, tempconfig
from manim._config.utils import ManimConfig
from manim.constants import RendererType

from mlanim.left_behind import scratch
from mlanim.render.formulas import keeping_formulas
from mlanim.render.patching import patched
from mlanim.render.spec import RenderSpec

__all__ = ["configured", "quiet"]


@contextmanager
def configured(spec: RenderSpec) -> Iterator[None]:
    """Set Manim's configuration to a spec's; everything that Manim writes goes elsewhere.

    Load a scene's module inside as well: many files read `config.frame_width` on import. Wherever
    a scene goes in the file system, afterwards the working folder is the one that it was.
    """
    with scratch() as place, chdir(Path.cwd()), keeping_formulas():
        settings = _size_and_output(spec) | _folders(place)
        with quiet(), patched(ManimConfig, "renderer", _renderer()), tempconfig(settings):
            yield


def _renderer() -> property:
    """`ManimConfig.renderer`, which gives all classes their bases anew only if they change."""
    manims = ManimConfig.renderer
    bases = config.renderer  # are for this one

    def choose(config: ManimConfig, value: str | RendererType) -> None:
        nonlocal bases
        name = value.value if isinstance(value, RendererType) else str(value).lower()
        if name != bases.value or config.renderer != bases:
            manims.fset(config, value)
            bases = config.renderer

    return property(manims.fget, choose, doc=manims.__doc__)


@contextmanager
def quiet() -> Iterator[None]:
    """Silence Manim's logger, up to its errors."""
    logger = logging.getLogger("manim")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _size_and_output(spec: RenderSpec) -> dict[str, object]:
    frame_width, frame_height = spec.frame_size
    return {
        "pixel_width": spec.width,
        "pixel_height": spec.height,
        "frame_width": frame_width,
        "frame_height": frame_height,
        "frame_rate": spec.fps,
        "seed": spec.seed,
        "background_opacity": 0.0 if spec.transparent else 1.0,
        "renderer": "cairo",
        # For films Manim is left to choose, so that it never refuses a scene without plays: we do.
        "format": spec.format if spec.format.startswith("png") else None,
        "dry_run": spec.format == "none",
        "disable_caching": True,
        "save_sections": False,
        "preview": False,
        "enable_gui": False,
        "log_to_file": False,
        "progress_bar": "none",
        "from_animation_number": 0,
        "upto_animation_number": -1,
    }


def _folders(scratch: Path) -> dict[str, object]:
    """All that Manim writes lives as long as the render: nobody else may damage it."""
    return {
        "media_dir": str(scratch),
        "video_dir": "{media_dir}/videos",
        "images_dir": "{media_dir}/images",
        "sections_dir": "{media_dir}/sections",
        "partial_movie_dir": "{media_dir}/partial",
        "log_dir": "{media_dir}/log",
        "text_dir": "{media_dir}/texts",
        "tex_dir": "{media_dir}/tex",
        "output_file": "",
        "input_file": "",
    }
