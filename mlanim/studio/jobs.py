"""What a worker's child does for the page: a film, the lint's findings, or a file to keep.

A job tells what it has through `say`, piece by piece, so that the page need not wait for the end.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import Any

from manim import Scene

from mlanim.catalogue import SceneEntry, find, load
from mlanim.errors import MlanimError
from mlanim.explainer import Explainer
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.memory.record import readers_own, watch_reads
from mlanim.render.plays.film import film_of
from mlanim.render.plays.sections import steps_of
from mlanim.render.sinks.formats import finish
from mlanim.render.sinks.port import Ending
from mlanim.render.stage.failure import FULLER
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.own_settings import own_settings
from mlanim.render.workers.aside import DrawnAside
from mlanim.studio.asked import Asked
from mlanim.words.files import read_words

__all__ = ["JOBS", "do"]

Say = Callable[[str, Any], None]

_BREATH = 0.1  # seconds between two reports of progress
_PART = 1.0  # seconds between two films of what is done so far


def do(job: str, request: Mapping[str, Any], say: Say) -> None:
    """Do a job; its errors are said, and so are the files that it read, in any case."""
    asked = Asked.of_json(request["asked"])
    with watch_reads() as reads:
        try:
            JOBS[job](asked, request, say)
        except MlanimError as error:
            line = str(error).removesuffix(f": {FULLER}")  # the page has the whole of it
            say("error", {"line": line, "traceback": _whole(error, asked.scene)})
        except Exception as error:
            say("error", {"line": f"{type(error).__name__}: {error}", "traceback": _written(error)})
        say("files", sorted(readers_own(reads)))


def film(asked: Asked, request: Mapping[str, Any], say: Say) -> None:
    """Render the film, and on the way films of what is done of it."""
    folder = Path(request["folder"])
    spec = asked.spec("mp4", folder / "film.mp4")
    began = monotonic()
    with _opened(asked, spec, say) as (entry, scene_class, spec):
        say("scene", _described(entry, scene_class, asked))
        teller = _Teller(spec, folder, say)
        result = render(scene_class, spec, observer=teller, rendered_before=request["again"])
        teller.show_picture(wait=True)
    made = {"path": str(result.paths[0]), "seconds": result.seconds, "took": monotonic() - began}
    say("film", made | {"steps": [asdict(step) for step in result.steps]})


def findings(asked: Asked, request: Mapping[str, Any], say: Say) -> None:
    """Run the lint."""
    from mlanim.review.check import check  # a worker imports it while it has nothing to do

    with _opened(asked, asked.spec("mp4"), say) as (_, scene_class, spec):
        report = check(scene_class, spec)
    say("findings", [found.as_json() | {"who": found.who} for found in report.findings])


def keep(asked: Asked, request: Mapping[str, Any], say: Say) -> None:
    """Render a file for the reader to keep."""
    spec = asked.spec(request["format"], Path(request["output"]), request["at"])
    with _opened(asked, spec, say) as (_, scene_class, spec):
        result = render(scene_class, spec, rendered_before=True)
    say("kept", {"path": str(result.paths[0]), "bytes": result.bytes})


JOBS: Mapping[str, Callable[[Asked, Mapping[str, Any], Say], None]] = {
    "film": film,
    "findings": findings,
    "keep": keep,
}


@contextmanager
def _opened(
    asked: Asked, spec: RenderSpec, say: Say
) -> Iterator[tuple[SceneEntry, type[Scene], RenderSpec]]:
    """Load the scene while Manim is configured for it; what a plain scene cannot take is left."""
    entry = find(asked.scene)
    named = asked.class_name or entry.class_name
    with own_settings(spec, explains=entry.of_class(named).explains) as own:
        scene_class = load(entry, asked.class_name)
        spec = own.settled(scene_class)
        if issubclass(scene_class, Explainer):
            values = asked.values(scene_class.parameters())
            spec = replace(spec, values=values)
        else:
            spec = replace(spec, theme=None, words=(), steps=())
        yield entry.of_class(scene_class.__name__), scene_class, spec


def _described(entry: SceneEntry, scene_class: type[Scene], asked: Asked) -> dict[str, Any]:
    """The scene as the page introduces it, with the form for its parameters."""
    explains = issubclass(scene_class, Explainer)
    parameters = scene_class.parameters() if explains else {}
    values = asked.values(parameters)
    return {
        "name": entry.name,
        "class": scene_class.__name__,
        "summary": read_words(map(Path, asked.words)).said(entry.summary, "title"),
        "explains": explains,
        "outline": entry.steps,
        "parameters": [
            parameter.to_json()
            | {"text": parameter.write(values.get(name, parameter.default))}
            | {"text_of_default": parameter.write(parameter.default)}
            for name, parameter in parameters.items()
        ],
    }


class _Teller(Observer):
    """Tells how far a film is, and joins the segments that are finished from its beginning on.

    Before all of these it has a picture: the scene behind its first play that shows something.
    """

    sees_frames = False

    def __init__(self, spec: RenderSpec, folder: Path, say: Say) -> None:
        self._film, self._folder, self._say = film_of(spec, "mp4"), folder, say
        self._spec = spec
        self._aside: DrawnAside | None = None
        self._fps = spec.fps
        self._segments: set[Path] = set()
        self._shown = self._parts = 0
        self._drawn = 0.0
        self._said = 0.0
        self._joined = monotonic()

    def play_started(self, scene: Any) -> None:
        """Tell where the scene's steps lie, as far as it has been planned."""
        self._plan(scene)
        self.show_picture()

    def play_finished(self, scene: Any, time: float) -> None:
        """Tell it again, with the play's length."""
        if self._aside is None and scene.mobjects:
            self._aside = DrawnAside(scene, self._spec, self._folder / "picture.png")
        self._plan(scene)
        self.show_picture()

    def frames_made(self, frames: int, seconds: float) -> None:
        """Count what is drawn."""
        self._drawn += seconds
        self.show_picture()
        if monotonic() - self._said >= _BREATH:
            self._said = monotonic()
            self._say("drawn", self._drawn)

    def working(self, what: str, share: float) -> None:
        """Tell what the scene computes before it plays."""
        if monotonic() - self._said >= _BREATH:
            self._said = monotonic()
            self._say("working", f"{what} {share:.0%}")

    def noted(self, line: str) -> None:
        """Tell what the scene or the engine has to say: that speed was given up, and why."""
        self._say("noted", line)

    def segment_made(self, file: Path) -> None:
        """Show what is done, if enough has come and it was not shown a moment ago."""
        self._segments.add(file)
        ready = sorted(self._segments)
        ready = [path for index, path in enumerate(ready) if int(path.stem) == index]
        if len(ready) > self._shown and monotonic() - self._joined >= _PART:
            self.show_picture(wait=True)
            self._parts += 1
            part = self._folder / f"part-{self._parts}.mp4"
            finish(ready, part, self._film, Ending())
            self._shown, self._joined = len(ready), monotonic()
            self._say("part", {"path": str(part)})

    def show_picture(self, *, wait: bool = False) -> None:
        """Show the picture, once, if it is there; with `wait`, when it is."""
        if self._aside is not None and (path := self._aside.picture(wait=wait)):
            self._say("picture", {"path": str(path)})

    def _plan(self, scene: Any) -> None:
        timeline = scene.renderer.timeline
        steps = timeline.steps(steps_of(scene))
        self._say("plan", {"steps": [asdict(s) for s in steps], "seconds": timeline.seconds})


def _whole(error: MlanimError, scene: str) -> str:
    """The traceback of what the reader's code raised; of a file that cannot be read, its place."""
    if error.__cause__ is not None:
        return _written(error.__cause__)
    path = Path(scene)
    if path.suffix == ".py" and path.is_file():
        try:
            compile(path.read_bytes(), path, "exec")
        except (SyntaxError, ValueError) as broken:
            return "".join(traceback.format_exception_only(broken))
        except OSError:
            pass
    return ""


def _written(error: BaseException) -> str:
    """The traceback from the reader's file on: how mlanim came there is of no interest."""
    own = readers_own([])
    frames = traceback.extract_tb(error.__traceback__)
    package = str(Path(__file__).parents[1])
    first = next(
        (
            i
            for i, frame in enumerate(frames)
            if frame.filename in own and not frame.filename.startswith(package)
        ),
        0,
    )
    told = traceback.TracebackException.from_exception(error)
    told.stack = traceback.StackSummary.from_list(frames[first:])
    return "".join(told.format())
