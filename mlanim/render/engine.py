"""The engine: a scene class and a spec become a file.

    render(ShiftSquare, RenderSpec.from_options(quality="l", output="shift.mp4"))

It runs the scene under Manim's own manager with a renderer of ours, hands the frames to a sink
that works in the background, and renames the finished file into place.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from manim import Scene
from manim._config.video_encoder import to_av_frame_rate

from mlanim.errors import MlanimError, UsageError
from mlanim.explainer import Explainer
from mlanim.render.captions import captions
from mlanim.render.destination import check_destination, replacing
from mlanim.render.failure import scene_failure
from mlanim.render.observer import Observer, Observers
from mlanim.render.renderer import FrameRenderer
from mlanim.render.result import Picture, RenderResult
from mlanim.render.session import configured
from mlanim.render.sinks.background import Background
from mlanim.render.sinks.gif import Gif
from mlanim.render.sinks.port import Ending, Film, Sink
from mlanim.render.sinks.sequence import Sequence
from mlanim.render.sinks.still import Still
from mlanim.render.sinks.video import Video
from mlanim.render.spec import RenderSpec
from mlanim.render.timeline import Timeline

if TYPE_CHECKING:
    import numpy as np

__all__ = ["render"]

_FILMS = ("mp4", "webm", "mov")  # what can carry sound, chapters and captions
_SINKS: dict[str, Callable[[], Sink]] = {
    **dict.fromkeys(_FILMS, Video),
    "gif": Gif,
    "png": Still,
    "png-sequence": Sequence,
}


def render(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    progress: Observer | None = None,
    observer: Observer | None = None,
) -> RenderResult:
    """Render a scene, an `Explainer` or any plain Manim scene.

    Args:
        scene_class: its theme, steps and values come from the spec, so an explainer is wanted
            where the spec has any.
        progress: an observer that tells a reader how far it is.
        observer: looks at plays and frames as they come.

    Raises:
        UsageError: an output that cannot be, an unknown step, parameter or theme.
        MlanimError: the scene failed; the line names file, line and error.
    """
    spec = spec.seeded()
    _check_explainer(scene_class, spec)
    output = spec.output or _default_output(scene_class, spec)
    if spec.format != "none":
        check_destination(output, folder=spec.format == "png-sequence")
    with configured(spec):
        return _Run(scene_class, spec, output, Observers([progress, observer])).result()


class _Run:
    """One render, from the scene's first line to the renamed file."""

    def __init__(
        self, scene_class: type[Scene], spec: RenderSpec, output: Path, observer: Observer
    ) -> None:
        self._scene_class, self._spec, self._output = scene_class, spec, output
        self._format = spec.format
        self._observer = observer
        self._timeline = Timeline(spec.fps)
        self._sink: Sink | None = None
        self._files = ExitStack()  # temporary names, renamed when all went well

    def result(self) -> RenderResult:
        """Play the scene, complete the files, tell what was made."""
        with self._files:
            try:
                scene = self._play()
                files, captions_path = self._finish(scene)
            except BaseException:
                if self._sink is not None:
                    self._sink.abort()
                raise
        return self._describe(scene, files, captions_path)

    def _play(self) -> Scene:
        """Run the scene; its own errors are told with its own line."""
        still = self._format == "png"
        try:
            scene = self._scene_class(**_arguments(self._scene_class, self._spec))
            renderer = FrameRenderer(
                scene,
                self._timeline,
                self._take,
                self._observer,
                still=still,
                exact=still or isinstance(scene, Explainer),
            )
            scene.renderer = renderer
            scene.render()
        except MlanimError:
            raise
        except (Exception, SystemExit) as error:
            raise scene_failure(error, self._scene_class) from error
        if not renderer.num_plays and not still:
            self._fall_back_to_still()
        if self._format == "png":
            self._take(renderer.last_frame(scene), 1)
        elif not self._timeline.frames:
            raise UsageError(f"{scene} shows nothing: all its plays are skipped")
        return scene

    def _fall_back_to_still(self) -> None:
        """A scene without plays has no film, only a picture, and only if that was not excluded."""
        if self._format == "none":
            return
        if not self._spec.still_if_empty:
            raise UsageError(
                f"{self._scene_class.__name__} plays nothing, so there is no {self._format}",
                "use -s for its picture",
            )
        self._format, self._output = "png", self._output.with_suffix(".png")
        check_destination(self._output, folder=False)

    def _take(self, rgba: np.ndarray, repeat: int) -> None:
        """Hand a frame to the sink, which the first one opens."""
        if self._format == "none":
            return
        try:
            if self._sink is None:
                sink = Background(_SINKS[self._format]())
                sink.start(self._files.enter_context(replacing(self._output)), self._film())
                self._sink = sink
            self._sink.frame(rgba, repeat)
        except (OSError, av.FFmpegError) as error:
            raise _unwritable(self._output, error) from error

    def _finish(self, scene: Scene) -> tuple[tuple[Picture, ...], Path | None]:
        """Complete the sink's files and write the captions beside a film."""
        if self._sink is None:
            return (), None
        writer = scene.renderer.file_writer
        is_film = self._format in _FILMS
        steps = scene.steps if isinstance(scene, Explainer) else ()
        ending = Ending(
            chapters=self._timeline.steps(steps, depth=0),
            sound=writer.sound(self._timeline) if is_film else None,
        )
        text = captions(writer.subcaptions, self._timeline) if is_film else ""
        captions_path = self._output.with_suffix(".srt") if text else None
        try:
            files = self._sink.finish(ending)
            if captions_path is not None:
                temporary = self._files.enter_context(replacing(captions_path))
                temporary.write_text(text, encoding="utf-8")
        except (OSError, av.FFmpegError) as error:
            raise _unwritable(self._output, error) from error
        return files, captions_path

    def _describe(
        self, scene: Scene, files: tuple[Picture, ...], captions_path: Path | None
    ) -> RenderResult:
        spec, timeline = self._spec, self._timeline
        paths = () if self._sink is None else (self._output, captions_path)
        pictures = tuple(Picture(self._output / p.path.name, p.duration) for p in files)
        written = [p.path for p in pictures] or paths[:1]
        is_still = self._format == "png"
        return RenderResult(
            paths=tuple(path for path in paths if path is not None),
            frames=1 if is_still else timeline.frames,
            seconds=0.0 if is_still else timeline.seconds,
            bytes=sum(path.stat().st_size for path in written if path is not None),
            steps=timeline.steps(scene.steps) if isinstance(scene, Explainer) else (),
            width=spec.width,
            height=spec.height,
            fps=spec.fps,
            format=self._format,
            seed=spec.seed or 0,
            files=pictures,
        )

    def _film(self) -> Film:
        spec = self._spec
        rate = to_av_frame_rate(spec.fps)
        return Film(spec.width, spec.height, rate, self._format, spec.transparent)


def _check_explainer(scene_class: type[Scene], spec: RenderSpec) -> None:
    """A plain Manim scene knows no theme, steps or parameters: say so instead of ignoring them."""
    if issubclass(scene_class, Explainer):
        return
    options = {"--theme": spec.theme, "--steps": spec.steps, "--set": spec.values}
    if given := [name for name, value in options.items() if value]:
        raise UsageError(
            f"{scene_class.__name__} is a plain Manim scene and takes no {', no '.join(given)}",
            "leave that out, or derive the class from mlanim.Explainer",
        )


def _arguments(scene_class: type[Scene], spec: RenderSpec) -> dict[str, Any]:
    if not issubclass(scene_class, Explainer):
        return {}
    theme = {"theme": spec.theme} if spec.theme else {}
    return {**theme, "steps": spec.steps, **spec.values}


def _default_output(scene_class: type[Scene], spec: RenderSpec) -> Path:
    name = scene_class.__name__
    suffix = "" if spec.format == "png-sequence" else f".{spec.format}"
    return Path("media", name, f"{name}{suffix}")


def _unwritable(output: Path, error: Exception) -> MlanimError:
    return MlanimError(f"cannot write {output}", getattr(error, "strerror", None) or str(error))
