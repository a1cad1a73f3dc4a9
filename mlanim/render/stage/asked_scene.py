"""What is asked of a scene in the words of the command line: checked early, loaded late.

Nothing here imports Manim before a scene is opened.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.catalogue import SceneEntry, class_names, find, load
from mlanim.errors import UsageError
from mlanim.render.asked.output_name import default_path
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.as_asked import before_it_changed
from mlanim.render.stage.asked_look import files_of_words, looked_up
from mlanim.render.stage.asked_parameters import asked_values, judge_early, values_of
from mlanim.steps import LEFT_OUT, Selection

if TYPE_CHECKING:
    from manim import Scene

__all__ = [
    "AskedScene",
    "OpenedScene",
    "ask_scene",
    "open_asked",
    "open_scene",
    "scene_names",
    "step_names",
]


@dataclass(frozen=True)
class AskedScene:
    """What was asked, checked as far as that goes without Manim.

    Attributes:
        given, texts: parameters, as values and as they are written.
        purpose: where it will be seen, "" for a film or picture as it is.
        folder: where several files go, when that is the purpose.
        reads: files that were read for it, or will be.
        media: the folder of what nobody has named; None is media/, or what Manim is set to.
        source: what the scene's file held, if that is to be drawn whenever it is opened.
        wish: what a page should be, where one was asked for.
    """

    entry: SceneEntry
    class_name: str | None
    spec: RenderSpec
    given: Mapping[str, Any]
    texts: Mapping[str, str]
    purpose: str = ""
    folder: Path | None = None
    reads: tuple[Path, ...] = ()
    media: Path | None = None
    source: bytes | None = field(default=None, repr=False)
    wish: Any = None

    @property
    def output(self) -> Path | None:
        """Where it goes: a file, or a folder."""
        return self.folder or self.spec.output

    @property
    def question(self) -> tuple[Any, ...]:
        """All of it but where the output goes, as it was asked."""
        values = sorted(map(repr, (*self.given.items(), *self.texts.items())))
        spec = replace(self.spec, output=None, cache=True)
        scene = str(self.entry.path), self.entry.class_name, self.class_name
        return *scene, self.purpose, repr(spec), self._place, values, repr(self.wish)

    @property
    def _place(self) -> str:
        """Where it goes as far as nobody has named it."""
        return "" if self.spec.output else f"in {self.media or 'media'}"


@dataclass(frozen=True)
class OpenedScene:
    """A scene class with all that was asked of it.

    Attributes:
        steps: the paths that will be shown.
        default_output: where it goes if nobody has said where.
    """

    entry: SceneEntry
    scene_class: type[Scene]
    spec: RenderSpec
    steps: tuple[str, ...]
    default_output: Path


def ask_scene(
    scene: str | SceneEntry,
    class_name: str | None,
    *,
    steps: Sequence[str] = (),
    skip_steps: Sequence[str] = (),
    set_values: Sequence[str] = (),
    params_file: str | None = None,
    trace: str | None = None,
    language: str | None = None,
    words: str | None = None,
    given: Mapping[str, Any] | None = None,
    purpose: str = "",
    folder: Path | None = None,
    media: Path | None = None,
    **options: Any,
) -> AskedScene:
    """Check what was asked.

    Args:
        scene: a name or a path, or what was found by it.
        given: parameters as values, before those of a file.
        purpose, folder, media: of an `AskedScene`.
        options: the rest of the common options and what `RenderSpec.from_options` takes besides.

    Raises:
        UsageError: anything that cannot be; nothing has been written by then.
    """
    entry = find(scene) if isinstance(scene, str) else scene
    files = files_of_words(entry.name, language, words)
    options, looks = looked_up(options)
    chosen = step_names(steps, skip_steps)
    spec = RenderSpec.from_options(steps=chosen, words=files, **options)
    in_file, texts = asked_values(set_values, params_file, trace)
    reads = tuple(Path(file) for file in (entry.path, params_file, trace, *files, *looks) if file)
    known = {**in_file, **(given or {})}
    return AskedScene(entry, class_name, spec, known, texts, purpose, folder, reads, media)


@contextmanager
def open_scene(scene: str, class_name: str | None, **options: Any) -> Iterator[OpenedScene]:
    """Check what was asked, as `ask_scene` does, then load the scene."""
    with open_asked(ask_scene(scene, class_name, **options)) as opened:
        yield opened


@contextmanager
def open_asked(asked: AskedScene) -> Iterator[OpenedScene]:
    """Load the scene while Manim is configured for it.

    Raises:
        UsageError: a value that cannot be, before Manim is there where the source tells it.
    """
    judge_early(asked.entry, asked.class_name, asked.given, asked.texts)
    from mlanim.render.twins.lean_start import import_manim

    import_manim()  # before anything else does, without what scenes rarely use
    from mlanim.render.stage.own_settings import own_settings

    named = asked.class_name or asked.entry.class_name
    with own_settings(asked.spec, explains=asked.entry.of_class(named).explains) as own:
        source = None if asked.entry.module else before_it_changed(asked.entry.path, asked.source)
        scene_class = load(asked.entry, asked.class_name, source)
        entry = asked.entry.of_class(scene_class.__name__)
        spec = own.settled(scene_class)
        for note in own.notes:
            print(f"{entry.name}: {note}", file=sys.stderr)
        shown = _shown_steps(entry, spec.steps)
        values = values_of(scene_class, asked.given, asked.texts)
        name, folder = own.name or asked.class_name or "", asked.media or own.folder
        output = default_path(entry.name, spec, name=name, folder=folder)
        yield OpenedScene(entry, scene_class, replace(spec, values=values), shown, output)


def scene_names(entry: SceneEntry) -> list[str]:
    """The scene classes of a file, in its order."""
    from mlanim.render.twins.lean_start import import_manim

    import_manim()
    from mlanim.render.stage.own_settings import own_settings

    with own_settings(RenderSpec(), explains=entry.explains):
        return class_names(entry)


def step_names(steps: Sequence[str], skipped: Sequence[str] = ()) -> tuple[str, ...]:
    """Names as --steps and --skip-steps give them: several times, and with commas.

    Raises:
        UsageError: a name that cannot be read.
    """
    names: tuple[str, ...] = ()
    for option, texts, sign in (("--steps", steps, ""), ("--skip-steps", skipped, LEFT_OUT)):
        given = [name.strip() for text in texts for name in text.split(",")]
        if not all(given):
            raise UsageError(f"an empty step name in {option}", f"write {option} score,softmax")
        names += tuple(sign + name for name in given)
    Selection(names)  # refuses what it cannot read
    return names


def _shown_steps(entry: SceneEntry, names: Sequence[str]) -> tuple[str, ...]:
    """The steps that a selection shows, as the source names them; unknown names are refused."""
    if not names or not entry.steps:
        return entry.steps
    paths = [name.partition("#")[0].rstrip("*") for name in names]
    selection = Selection(paths)
    for step in entry.steps:
        selection.begins(step)
        selection.leaves_out(step)
    selection.check(entry.steps)
    chosen = [path for path in paths if not path.startswith(LEFT_OUT)]
    whole = [name.removeprefix(LEFT_OUT) for name in names if name.startswith(LEFT_OUT)]
    whole = [name.rstrip("*") for name in whole if "#" not in name]
    shown = tuple(
        step
        for step in entry.steps
        if (not chosen or any(f"/{path}/" in f"/{step}/" for path in chosen))
        and not any(f"/{path}/" in f"/{step}/" for path in whole)
    )
    if not shown:
        raise UsageError("--skip-steps leaves no step to show", "leave a name out of it")
    return shown
