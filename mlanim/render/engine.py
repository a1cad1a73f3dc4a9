"""The engine: a scene class and a spec become a file.

    render(ShiftSquare, RenderSpec.from_options(quality="l", output="shift.mp4"))

It runs the scene under Manim's own manager with a renderer of ours. All but a single picture comes
in segments, which workers draw and encode. The finished file is renamed into place.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import av
from manim import Scene
from PIL import Image

from mlanim.errors import MlanimError, UsageError
from mlanim.explainer import Explainer
from mlanim.render.cache import Cache
from mlanim.render.captions import captions
from mlanim.render.destination import check_destination, default_output, replacing, unwritable
from mlanim.render.drawing import Drawing, engines_drawing
from mlanim.render.failure import scene_failure
from mlanim.render.film import available_cores, film_of
from mlanim.render.film_renderer import FilmRenderer
from mlanim.render.forked import Forked
from mlanim.render.observer import Observer, Observers
from mlanim.render.renderer import FrameRenderer
from mlanim.render.result import Chosen, Picture, RenderResult
from mlanim.render.scene_building import build_scene, check_scene
from mlanim.render.segments import Inline, Segments
from mlanim.render.session import configured
from mlanim.render.sinks.formats import SEGMENTED, finish
from mlanim.render.sinks.port import Ending, Film
from mlanim.render.spec import RenderSpec
from mlanim.render.stills import render_still
from mlanim.render.timeline import Timeline

if TYPE_CHECKING:
    import numpy as np

__all__ = ["render"]

_FILMS = ("mp4", "webm", "mov")  # what can carry sound, chapters and captions
_ATTEMPTS = 3  # runs of a scene whose workers die


def render(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    progress: Observer | None = None,
    observer: Observer | None = None,
    jobs: int | None = None,
    rendered_before: bool = False,
    drawing: Drawing = engines_drawing,
) -> RenderResult:
    """Render a scene, an `Explainer` or any plain Manim scene.

    Args:
        scene_class: its theme, steps and values come from the spec, so an explainer is wanted
            where the spec has any.
        progress: an observer that tells a reader how far it is.
        observer: looks at plays and frames as they come, which keeps them in this process.
        jobs: workers at once; None is one for each core. The files are the same with any number.
        rendered_before: the cache is likely to have segments, so look there before drawing.
        drawing: the way of drawing; all give the same pixels.

    Raises:
        UsageError: an output that cannot be, an unknown step, parameter or theme.
        MlanimError: the scene failed; the line names file, line and error.
    """
    if spec.at is not None or spec.is_vector:
        with drawing():
            return render_still(scene_class, spec, Observers([progress, observer]))
    spec = spec.seeded()
    check_scene(scene_class, spec)
    output = spec.output or default_output(scene_class.__name__, spec.format)
    if spec.format != "none":
        check_destination(output, folder=spec.format == "png-sequence")
    jobs = available_cores() if jobs is None else jobs
    with configured(spec), drawing():
        observers = Observers([progress, observer])
        return _Run(scene_class, spec, output, observers, jobs, rendered_before).result()


class _Run:
    """One render, from the scene's first line to the renamed file."""

    def __init__(
        self,
        scene_class: type[Scene],
        spec: RenderSpec,
        output: Path,
        observer: Observer,
        jobs: int,
        expects: bool,
    ) -> None:
        self._scene_class, self._spec, self._output = scene_class, spec, output
        self._format = spec.format
        self._observer, self._jobs, self._expects = observer, jobs, expects
        self._timeline = Timeline(spec.fps)
        self._segments: Segments | None = None
        self._picture: np.ndarray | None = None  # where it is all that is wanted
        self._chosen: Chosen | None = None
        self._files = ExitStack()  # temporary names, renamed when all went well

    def result(self) -> RenderResult:
        """Play the scene, complete the files, tell what was made."""
        with self._files:
            scene = self._play()
            files, captions_path = self._finish(scene)
        return self._describe(scene, files, captions_path)

    def _play(self) -> Scene:
        """Run the scene, in segments unless a single picture is wanted or nothing at all."""
        still = self._format == "png"
        if self._format not in SEGMENTED:
            scene = self._run_scene(still)
        elif not self._forks():
            scene = self._play_inline()
        else:
            scene = self._play_forked()
        renderer = scene.renderer
        if not renderer.num_plays and not still:
            self._fall_back_to_still()
        if self._format == "png":
            self._picture = renderer.last_frame(scene)
        elif not self._timeline.frames:
            raise UsageError(f"{scene} shows nothing: all its plays are skipped")
        return scene

    def _forks(self) -> bool:
        """Whether children may draw; a single one is worth it only for what the cache may have."""
        alone = self._jobs == 1 and not self._spec.cache
        return hasattr(os, "fork") and not alone and not self._observer.sees_frames

    def _play_inline(self) -> Scene:
        """Draw and encode all segments here."""
        self._segments = Inline(self._segment_folder(), self._film(), self._output)
        with self._segments.running():
            return self._run_scene()

    def _play_forked(self) -> Scene:
        """Let children draw and encode; what a dead one left undone is done by a second run."""
        self._segments = forked = Forked(
            self._segment_folder(),
            self._film(),
            self._output,
            jobs=self._jobs,
            told=self._observer.frames_made,
            explain=lambda error: scene_failure(error, self._scene_class),
            cache=Cache() if self._spec.cache else None,
            expects=self._expects,
        )
        for _ in range(_ATTEMPTS):
            with forked.running():
                scene = self._run_scene()
            if forked.differ:
                self._start_again()
                return self._play_inline()
            if not forked.missing:
                return scene
            self._start_again()
        raise MlanimError("workers die again and again", "is memory short? try -j 1")

    def _start_again(self) -> None:
        self._timeline, self._observer = Timeline(self._spec.fps), Observer()

    def _run_scene(self, still: bool = False) -> Scene:
        """Run the scene once; its own errors are told with its own line."""
        try:
            scene = build_scene(self._scene_class, self._spec)
            scene.renderer = self._renderer(scene, still)
            scene.render()
        except MlanimError:
            raise
        except (Exception, SystemExit) as error:
            raise scene_failure(error, self._scene_class) from error
        return scene

    def _renderer(self, scene: Scene, still: bool) -> FrameRenderer:
        timeline, observer = self._timeline, self._observer
        exact = still or isinstance(scene, Explainer)
        if self._segments is not None:
            return FilmRenderer(scene, timeline, self._segments, observer, exact=exact)
        return FrameRenderer(
            scene, timeline, lambda rgba, repeat: None, observer, still=still, exact=exact
        )

    def _segment_folder(self) -> Path:
        return Path(self._files.enter_context(TemporaryDirectory(prefix="mlanim-segments-")))

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

    def _finish(self, scene: Scene) -> tuple[tuple[Picture, ...], Path | None]:
        """Write the output, and the captions beside a film."""
        if self._format == "none":
            return (), None
        writer = scene.renderer.file_writer
        is_film = self._format in _FILMS
        steps = scene.steps if isinstance(scene, Explainer) else ()
        ending = Ending(
            chapters=self._timeline.steps(steps, depth=0),
            sound=writer.sound(self._timeline) if is_film else None,
            on_progress=self._observer.writing,
            on_choice=self._choose,
        )
        text = captions(writer.subcaptions, self._timeline) if is_film else ""
        captions_path = self._output.with_suffix(".srt") if text else None
        try:
            files = self._complete(ending)
            if captions_path is not None:
                temporary = self._files.enter_context(replacing(captions_path))
                temporary.write_text(text, encoding="utf-8")
        except (OSError, av.FFmpegError) as error:
            raise unwritable(self._output, error) from error
        return files, captions_path

    def _complete(self, ending: Ending) -> tuple[Picture, ...]:
        target = self._files.enter_context(replacing(self._output))
        if self._picture is not None:
            Image.fromarray(self._picture).save(target, format="png")
            return ()
        assert self._segments is not None
        return finish(self._segments.files(), target, self._film(), ending)

    def _describe(
        self, scene: Scene, files: tuple[Picture, ...], captions_path: Path | None
    ) -> RenderResult:
        spec, timeline = self._spec, self._timeline
        paths = () if self._format == "none" else (self._output, captions_path)
        pictures = tuple(Picture(self._output / p.path.name, p.duration) for p in files)
        written = [p.path for p in pictures] or paths[:1]
        is_still = self._format == "png"
        seconds = timeline.seconds + spec.hold
        fps = self._chosen.fps if self._chosen else spec.fps
        return RenderResult(
            paths=tuple(path for path in paths if path is not None),
            frames=1 if is_still else round(seconds * fps),
            seconds=0.0 if is_still else seconds,
            bytes=sum(path.stat().st_size for path in written if path is not None),
            steps=timeline.steps(scene.steps) if isinstance(scene, Explainer) else (),
            width=self._chosen.width if self._chosen else spec.width,
            height=self._chosen.height if self._chosen else spec.height,
            fps=fps,
            format=self._format,
            seed=spec.seed or 0,
            files=pictures,
            chosen=self._chosen,
        )

    def _film(self) -> Film:
        return film_of(self._spec, self._format)

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
