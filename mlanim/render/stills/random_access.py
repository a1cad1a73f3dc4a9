"""Random access: look at chosen moments of a scene's output without drawing the rest.

look_at(ShiftSquare, spec, [0.5, 2.0], lambda glimpse: save(glimpse.pixels, glimpse.time))
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from manim import Scene, config

from mlanim.branding import brand_told
from mlanim.cache_place import cache_place
from mlanim.errors import MlanimError, UsageError
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.known.pixels import pixels_watched
from mlanim.render.plays.timeline import Timeline
from mlanim.render.stage.failure import scene_failure
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.scene_building import build_scene, check_scene
from mlanim.render.stills.seeking import EnoughSeen, Glimpse, PixelsRead, SeekingRenderer
from mlanim.render.watched.shared_run import Interruption
from mlanim.render.watched.state import state_of_modules
from mlanim.render.watched.world import on_effect

__all__ = ["Look", "frames_every", "look_at", "look_at_end", "look_at_frames"]

Look = Callable[[Glimpse], None]

_ROUNDING = 1e-6  # of a frame: 0.7 s at 10 frames a second is frame 7, though 0.7 * 10 < 7


def look_at(
    scene_class: type[Scene],
    spec: RenderSpec,
    times: Iterable[float],
    look: Look,
    *,
    observer: Observer | None = None,
) -> None:
    """Look at the frames that are on screen at some times (s) of the output, in their order.

    At the very end that is the last frame. Call it inside of `configured(spec)`. The scene is
    played once, no further than to the last of the times.

    Raises:
        UsageError: a time beyond the end.
        MlanimError: the scene failed; the line names file, line and error.
    """
    wanted = {math.floor(time * spec.fps + _ROUNDING): time for time in sorted(times)}
    found: set[int] = set()

    def keep(glimpse: Glimpse) -> None:
        found.add(glimpse.frame)
        look(glimpse)

    frames = look_at_frames(scene_class, spec, sorted(wanted), keep, observer=observer)
    missing = [frame for frame in wanted if frame not in found]
    if not missing:
        return
    if max(missing) > frames:
        length = f"it is {frames / spec.fps:g} s long"
        raise UsageError(
            f"{wanted[max(missing)]:g} s is past the end of {scene_class.__name__}", length
        )
    if frames - 1 not in found:  # the very end is asked for, and only now it is known where that is
        look_at_frames(scene_class, spec, [frames - 1], look, observer=observer)


def look_at_frames(
    scene_class: type[Scene],
    spec: RenderSpec,
    frames: Iterable[int],
    look: Look,
    *,
    observer: Observer | None = None,
) -> int:
    """Look at frames of the output by their numbers, ascending, perhaps without an end.

    Returns:
        How many frames the output has, as far as it was played. A scene that plays nothing has a
        single picture, frame 0.
    """
    renderer, ended = _play(scene_class, spec, iter(frames), look, observer)
    if ended and not renderer.num_plays:
        renderer.look_at_whole()
    return renderer.timeline.frames


def look_at_end(
    scene_class: type[Scene],
    spec: RenderSpec,
    look: Look,
    *,
    observer: Observer | None = None,
) -> None:
    """Look at the scene as it stands at its end, or at the end of the last step that is wanted."""
    renderer, _ = _play(scene_class, spec, iter(()), look, observer, still=True)
    renderer.look_at_whole()


def frames_every(seconds: float, fps: float) -> Iterator[int]:
    """The first frames at or after each multiple of some seconds, from the first one on.

    >>> from itertools import islice
    >>> list(islice(frames_every(0.25, fps=10), 4))
    [3, 5, 8, 10]
    """
    apart, frame = seconds * fps, 0
    while True:
        turn = math.floor(frame / apart + _ROUNDING) + 1
        frame = max(frame + 1, math.ceil(turn * apart - _ROUNDING))
        yield frame


def _play(
    scene_class: type[Scene],
    spec: RenderSpec,
    frames: Iterator[int],
    look: Look,
    observer: Observer | None,
    *,
    still: bool = False,
) -> tuple[SeekingRenderer, bool]:
    """Play the scene as far as it is wanted; tell whether that was to its end."""
    check_scene(scene_class, spec)
    renderer: SeekingRenderer | None = None

    def seeking(scene: Scene) -> SeekingRenderer:
        timeline, looks_on = Timeline(spec.fps, spec.speed), observer or Observer()
        return SeekingRenderer(
            scene, timeline, frames, look, looks_on, still=still, before=renderer
        )

    try:
        with _played_once(scene_class):
            scene = build_scene(scene_class, spec)
            scene.renderer = renderer = seeking(scene)
            with pixels_watched(renderer.pixels_read), brand_told(scene):
                scene.render()
            return renderer, True
        scene = build_scene(scene_class, spec)  # it reads pixels: so each frame is drawn
        scene.renderer = renderer = seeking(scene)
        with brand_told(scene):
            scene.render()
    except EnoughSeen:
        assert renderer is not None
        return renderer, False
    except (Interruption, MlanimError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise scene_failure(error, scene_class) from error
    return renderer, True


@contextmanager
def _played_once(scene_class: type[Scene]) -> Iterator[None]:
    """Let a scene that reads pixels go, to be played again, if it has changed nothing meanwhile.

    Raises:
        MlanimError: it has.
    """
    acts: list[str] = []
    stands = state_of_modules(scene_class)
    stop = on_effect((Path(config.media_dir), cache_place()), acts.append)
    try:
        yield
    except PixelsRead:
        if state_of_modules(scene_class) != stands:
            acts.append("changes what its modules hold")
        if acts:
            raise MlanimError(
                f"{scene_class.__name__} {acts[0]}, and reads the camera's pixels",
                "only its film shows it as it is: render that, and take the picture from there",
            ) from None
    finally:
        stop()
