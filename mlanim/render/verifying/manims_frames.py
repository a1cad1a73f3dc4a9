"""A scene's frames as `manim render` draws them: Manim's command line, renderer and file writer.

Nothing of the engine has a part in it, and none of Manim's functions is replaced but those that
would encode. Use it in an interpreter of its own, whose Manim has been imported plainly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import reduce
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mlanim.errors import MlanimError
from mlanim.render.stage.failure import scene_failure
from mlanim.render.stage.scene_source import SceneSource
from mlanim.render.twins.patching import patched
from mlanim.scene_module import problem_of

if TYPE_CHECKING:
    import numpy as np
    from manim import Scene

    from mlanim.render.asked.spec import RenderSpec

__all__ = ["draw_as_manim"]

OnFrame = Callable[["np.ndarray", int], None]


def draw_as_manim(source: SceneSource, spec: RenderSpec, media: Path, on_frame: OnFrame) -> None:
    """Run a scene under Manim alone.

    Args:
        source: where its class is found.
        media: Manim's media folder for this.
        on_frame: receives every frame of the film, RGBA before any encoder, and how often it is
            shown; of a scene that plays nothing its picture.

    Raises:
        MlanimError: the scene failed; the line names file, line and error.
    """
    _ask_manim(source, spec, media)
    try:
        scene_class = _load(source)
    except (Exception, SystemExit) as error:
        raise MlanimError(problem_of(source.path, error)) from error
    try:
        with _tapped(on_frame, whole=_is_explainer(scene_class)):
            scene = _build(scene_class, spec)
            scene.render()
    except (MlanimError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise scene_failure(error, scene_class) from error


def _ask_manim(source: SceneSource, spec: RenderSpec, media: Path) -> None:
    """Set Manim's configuration by the words that a reader would give to `manim render`."""
    from manim import config
    from manim.cli.render.commands import ClickArgs, render

    words = [str(source.path), source.name, "-r", f"{spec.width},{spec.height}"]
    words += ["--fps", str(spec.scene_rate), "--seed", str(spec.seed), "--media_dir", str(media)]
    words += ["--disable_caching", "--progress_bar", "none", "-v", "ERROR"]
    words += ["-t"] if spec.transparent else []
    config.digest_args(ClickArgs(render.make_context("render", words).params))
    # A file of the reader's settings may ask for a picture; all frames are wanted.
    config.format, config.save_sections = None, False
    if (config.frame_width, config.frame_height) != spec.frame_size:  # mlanim's own --aspect
        config.frame_width, config.frame_height = spec.frame_size


def _load(source: SceneSource) -> type[Scene]:
    """Import the class as Manim does: a file under its own name, its folder first of all."""
    from manim.utils.module_ops import get_module

    sys.path += [entry for entry in source.search if entry not in sys.path]
    here = os.path.relpath(source.path)
    found = source.imported() or get_module(source.path if here.startswith("..") else Path(here))
    scene_class: type[Scene] = reduce(getattr, source.name.split("."), found)
    return scene_class


def _is_explainer(scene_class: type[Scene]) -> bool:
    explainer = sys.modules.get("mlanim.explainer")
    return explainer is not None and issubclass(scene_class, explainer.Explainer)


def _build(scene_class: type[Scene], spec: RenderSpec) -> Scene:
    """Make the scene; only an explainer has a theme, steps and values."""
    if not _is_explainer(scene_class):
        return scene_class()
    theme = {"theme": spec.theme} if spec.theme else {}
    from mlanim.words.files import read_words

    words = {"language": read_words(spec.words)} if spec.words else {}
    explainer: Any = scene_class(**theme, **words, steps=spec.steps, **spec.values)
    explainer.burns_captions, explainer.shows_heading = spec.burns_captions, spec.heading
    if spec.narrate is not None:
        from manim import config

        from mlanim.render.stage.speech import Narrator

        explainer.narrator = Narrator(
            spec.narrate, Path(config.media_dir, "speech"), None, spec.speed
        )
    return explainer


@contextmanager
def _tapped(on_frame: OnFrame, *, whole: bool) -> Iterator[None]:
    """Have Manim's file writer hand over what it would encode.

    The frames of an explainer's steps are those of the whole explainer: with `whole`, what is
    skipped is drawn as well, and left out afterwards.
    """
    from manim import CairoRenderer
    from manim.scene import scene_file_writer
    from manim.scene.scene_file_writer import SceneFileWriter

    class Job(_Job):
        def put(self, repeat: int, frame: np.ndarray) -> None:
            if not (whole and self.encoder.writer.sections[-1].skip_animations):
                on_frame(frame, repeat)

    def encoder(writer: Any, target: Path) -> Any:
        return SimpleNamespace(target=target, writer=writer)

    def finish(writer: Any) -> None:
        writer.join_all_encode_jobs()

    def save_image(writer: Any, pixels: np.ndarray) -> None:
        on_frame(pixels, 1)

    def skip_nothing(renderer: Any) -> None:
        pass

    with ExitStack() as stack:
        stack.enter_context(patched(scene_file_writer, "_PartialMovieEncodeJob", Job))
        stack.enter_context(patched(SceneFileWriter, "_create_segment_encoder", encoder))
        stack.enter_context(patched(SceneFileWriter, "finish", finish))
        stack.enter_context(patched(SceneFileWriter, "save_image", save_image))
        if whole:
            stack.enter_context(patched(CairoRenderer, "update_skipping_status", skip_nothing))
        yield


class _Job:
    """Stands where Manim hands a play's frames to a thread that encodes them."""

    failed, _exception = False, None

    def __init__(self, *, animation_index: int, encoder: Any, frame_queue_size: int) -> None:
        self.path, self.encoder, self.animation_index = encoder.target, encoder, animation_index
        self.thread = self  # what is waited for when the scene fails

    def seal(self) -> None:
        """The play is over."""

    def abort(self) -> None:
        """The scene failed."""

    def join(self) -> None:
        """Nothing to wait for."""
