"""The engine: a scene class and a spec become a file.

    render(ShiftSquare, RenderSpec.from_options(quality="l", output="shift.mp4"))

It runs the scene under Manim's own manager with a renderer of ours. All but a single picture comes
in segments, which workers draw and encode. The finished file is renamed into place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import av
from manim import Scene

from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.left_behind import scratch, sweep
from mlanim.render.asked.destination import check_destination, default_output, unwritable
from mlanim.render.asked.spec import FILMS, RenderSpec
from mlanim.render.memory.cache import Cache
from mlanim.render.plays.captions import captions, cues_of
from mlanim.render.plays.film import available_cores, film_of
from mlanim.render.plays.sections import steps_of
from mlanim.render.plays.timeline import Timeline
from mlanim.render.sinks.formats import SEGMENTED, finish
from mlanim.render.sinks.picture import write_picture
from mlanim.render.sinks.port import AS_DRAWN, Ending, Film
from mlanim.render.sinks.result import Chosen, Picture, RenderResult
from mlanim.render.stage.observer import Observer, Observers
from mlanim.render.stage.renderer import FrameRenderer
from mlanim.render.stage.scene_building import check_scene, run_scene
from mlanim.render.stage.session import configured
from mlanim.render.stills.still import render_still
from mlanim.render.twins.drawing import engines_drawing
from mlanim.render.watched.shared_run import GivenUp
from mlanim.render.watched.world import held_open
from mlanim.render.workers.company import in_company
from mlanim.render.workers.playing import Elsewhere, Player, caches, forks_well
from mlanim.render.workers.stand_in import stand_in
from mlanim.replacing import replacing

if TYPE_CHECKING:
    import numpy as np

__all__ = ["render"]

Finished = Callable[[Sequence[Path]], Any]


class _Rendering(Protocol):
    def __call__(self, observer: Observer, *, alone: bool) -> RenderResult: ...


def render(
    scene_class: type[Scene],
    spec: RenderSpec,
    *,
    progress: Observer | None = None,
    observer: Observer | None = None,
    jobs: int | None = None,
    rendered_before: bool = False,
    elsewhere: Elsewhere | None = None,
    cache: Cache | None = None,
    finished: Finished = lambda files: None,
) -> RenderResult:
    """Render a scene, an `Explainer` or any plain Manim scene.

    Args:
        scene_class: its theme, steps and values come from the spec, so an explainer is wanted
            where the spec has any.
        progress: an observer that tells a reader how far it is.
        observer: looks at plays and frames as they come, which keeps them in this process.
        jobs: workers at once; None is one for each core. The files are the same with any number.
        rendered_before: the cache is likely to have segments, so look there before drawing.
        elsewhere: who replays the scene and draws it; None draws on this machine.
        cache: where segments are kept if the spec lets them be; None is the reader's own.
        finished: is given the files that were made, captions last, before they take their places:
            nobody else can have written to them. What it gives is the result's `kept`.

    Raises:
        UsageError: an output that cannot be, an unknown step, parameter or theme.
        MlanimError: the scene failed; the line names file, line and error.
    """
    if spec.at is not None or spec.is_vector or spec.crop or spec.colour_bar:
        with engines_drawing(straight=True):
            return render_still(scene_class, spec, Observers([progress, observer]), finished)
    spec = spec.seeded()
    check_scene(scene_class, spec)
    output = spec.output or default_output(scene_class.__name__, spec.format)
    if spec.format != "none":
        check_destination(spec.where / output, folder=spec.format == "png-sequence")
    jobs = available_cores() if jobs is None else jobs
    observers = Observers([progress, observer])

    def run(observer: Observer, *, alone: bool) -> RenderResult:
        return _Run(
            scene_class, spec, output, observer, jobs, rendered_before, elsewhere, cache, alone
        ).result(finished)

    several = elsewhere is not None or jobs > 1 or caches(spec)
    straight = film_of(spec, spec.format).straight
    with configured(spec), engines_drawing(straight=straight) as ways:
        if observers.sees_frames or not several or spec.format not in SEGMENTED:
            result = run(observers, alone=True)
        else:
            result = _rendered(run, observers, spec.fps)
        if ways.left:
            observers.noted("drawn by Manim's own functions, slower: the scene replaces some")
        return result


def _rendered(run: _Rendering, observer: Observer, fps: float) -> RenderResult:
    """Share a render among processes if that can be, else leave it to one."""
    if reason := in_company() or held_open():
        observer.noted(f"drawn in one process: {reason}")
        return run(observer, alone=True)
    with ExitStack() as stack:
        copy = None
        if forks_well():
            copy = stack.enter_context(stand_in(partial(run, alone=True), fps))
        try:
            return run(observer, alone=False)
        except GivenUp as given_up:
            observer.noted(f"drawn in one process: {given_up}")
            made = copy.render(observer) if copy else run(observer, alone=True)
            return replace(made, given_up=str(given_up))


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
        elsewhere: Elsewhere | None,
        cache: Cache | None,
        alone: bool,
    ) -> None:
        self._alone = alone
        self._scene_class, self._spec, self._output = scene_class, spec, output
        self._format = spec.format
        self._observer, self._jobs, self._expects = observer, jobs, expects
        self._timeline = Timeline(spec.fps, spec.speed)
        self._elsewhere, self._cache = elsewhere, cache
        self._picture: np.ndarray | None = None  # where it is all that is wanted
        self._background: np.ndarray  # of that
        self._chosen: Chosen | None = None
        self._files = ExitStack()  # temporary names, renamed when all went well
        self._made: list[Path] = []  # those names

    def result(self, finished: Finished) -> RenderResult:
        """Play the scene, complete the files, tell what was made."""
        with self._files:
            scene = self._play()
            files, beside = self._finish(scene)
            kept = finished(self._made)
            return replace(self._describe(scene, files, beside), kept=kept)

    def _play(self) -> Scene:
        """Run the scene, in segments unless a single picture is wanted or nothing at all."""
        still = self._format == "png"
        if self._format in SEGMENTED:
            self._player = self._new_player()
            scene = self._player.play(alone=self._alone)
            self._timeline = self._player.timeline
        else:
            scene = run_scene(
                self._scene_class, self._spec, lambda scene: self._renderer(scene, still)
            )
        renderer = scene.renderer
        if not renderer.num_plays and not still:
            still = self._fall_back_to_still()
        if still:
            self._picture = renderer.last_frame(scene)
            self._background = renderer.camera.background
        elif not self._timeline.frames:
            raise UsageError(f"{scene} shows nothing: all its plays are skipped")
        return scene

    def _new_player(self) -> Player:
        sweep()
        return Player(
            self._scene_class,
            self._spec,
            self._output,
            self._files.enter_context(scratch()),
            self._observer,
            jobs=self._jobs,
            expects=self._expects,
            elsewhere=self._elsewhere,
            cache=self._cache,
        )

    def _renderer(self, scene: Scene, still: bool) -> FrameRenderer:
        """For no file but a picture; observers may want the frames."""
        return FrameRenderer(
            scene,
            self._timeline,
            lambda rgba, repeat: None,
            self._observer,
            still=still,
            exact=still or isinstance(scene, Explainer),
        )

    def _fall_back_to_still(self) -> bool:
        """A scene without plays has no film, only a picture, and only if that was not excluded.

        Whether that is to be drawn.
        """
        if self._format == "none":
            return False
        if not self._spec.still_if_empty:
            raise UsageError(
                f"{self._scene_class.__name__} plays nothing, so there is no {self._format}",
                "use -s for its picture",
            )
        if self._format not in AS_DRAWN:
            self._format, self._output = "png", self._output.with_suffix(".png")
            check_destination(self._spec.where / self._output, folder=False)
        return True

    def _finish(self, scene: Scene) -> tuple[tuple[Picture, ...], list[Path]]:
        """Write the output, and the captions beside a film."""
        if self._format == "none":
            return (), []
        writer = scene.renderer.file_writer
        is_film = self._format in FILMS
        ending = Ending(
            chapters=self._timeline.steps(steps_of(scene), depth=0),
            sound=writer.sound(self._timeline) if is_film else None,
            on_progress=self._observer.writing,
            on_choice=self._choose,
        )
        cues = cues_of(writer.subcaptions, self._timeline) if is_film else []
        beside = [self._output.with_suffix(f".{kind}") for kind in self._spec.caption_files if cues]
        try:
            files = self._complete(ending)
            for path in beside:
                text = captions(cues, path.suffix[1:])
                self._new_file(path).write_text(text, encoding="utf-8")
        except (OSError, av.FFmpegError) as error:
            raise unwritable(self._output, error) from error
        return files, beside

    def _complete(self, ending: Ending) -> tuple[Picture, ...]:
        target = self._new_file(self._output)
        if self._picture is not None:
            write_picture(target, self._picture, self._background, self._film())
            return ()
        return finish(self._player.segments.files(), target, self._film(), ending)

    def _new_file(self, path: Path) -> Path:
        """A temporary name for a file, which goes where it was meant, wherever the scene went."""
        temporary = self._files.enter_context(replacing(self._spec.where / path))
        self._made.append(temporary)
        return temporary

    def _describe(
        self, scene: Scene, files: tuple[Picture, ...], beside: list[Path]
    ) -> RenderResult:
        spec, timeline = self._spec, self._timeline
        paths = () if self._format == "none" else (self._output, *beside)
        pictures = tuple(Picture(self._output / p.path.name, p.duration) for p in files)
        written = [p.path for p in files] or self._made[:1]
        is_still = self._format == "png"
        seconds = timeline.seconds + spec.hold
        fps = self._chosen.fps if self._chosen else spec.fps
        return RenderResult(
            paths=paths,
            frames=1 if is_still else round(seconds * fps),
            seconds=0.0 if is_still else seconds,
            bytes=sum(path.stat().st_size for path in written),
            steps=timeline.steps(steps_of(scene)),
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
