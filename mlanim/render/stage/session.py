"""The one place that touches Manim's configuration, and only for the length of a render."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path

from manim import config, tempconfig
from manim._config.utils import ManimConfig
from manim.constants import RendererType

from mlanim.left_behind import scratch
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.memory.formulas import keeping_formulas
from mlanim.render.twins.patching import patched

__all__ = ["configured", "no_renderer", "own_folders", "quiet", "renderer_kept"]


@contextmanager
def configured(spec: RenderSpec) -> Iterator[None]:
    """Set Manim's configuration to a spec's; everything that Manim writes goes elsewhere.

    Load a scene's module inside of this or of `own_settings`: many files read the frame's size.
    Wherever a scene goes in the file system, afterwards the working folder is the one that it was.
    """
    with ExitStack() as stack:
        folders = stack.enter_context(own_folders())
        stack.enter_context(quiet())
        stack.enter_context(renderer_kept())
        stack.enter_context(tempconfig(_size_and_output(spec) | folders))
        yield


@contextmanager
def own_folders() -> Iterator[dict[str, object]]:
    """Settings that send all that Manim writes to a folder which goes at the end."""
    with scratch() as place, chdir(Path.cwd()), keeping_formulas():
        yield _folders(place)


@contextmanager
def renderer_kept() -> Iterator[None]:
    """Setting the renderer that is set already does nothing, which is many classes' work."""
    with patched(ManimConfig, "renderer", _renderer()):
        yield


@contextmanager
def no_renderer() -> Iterator[None]:
    """Configurations that are read, and not in force, give no classes other bases."""

    def note(config: ManimConfig, value: str | RendererType) -> None:
        name = value.value if isinstance(value, RendererType) else str(value).lower()
        config._d["renderer"] = RendererType(name)

    with patched(ManimConfig, "renderer", property(lambda config: config._d["renderer"], note)):
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
    first, last = spec.plays or (0, None)
    background = {"background_color": spec.background} if spec.background else {}
    return background | {
        "pixel_width": spec.width,
        "pixel_height": spec.height,
        "frame_width": frame_width,
        "frame_height": frame_height,
        "frame_rate": spec.scene_rate,
        "seed": spec.seed,
        "background_opacity": spec.opacity if spec.transparent else 1.0,
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
        "from_animation_number": first,
        "upto_animation_number": -1 if last is None else last,
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
