"""Progress: which step, how far, how long still; on stderr, for a reader who is there to see it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from mlanim.render.stage.observer import Observer

__all__ = ["ProgressBar"]


class ProgressBar(Observer):
    """Follows a render; use it as a context.

    How many plays are still to come nobody knows, but the steps are known: the bar counts those,
    and the time left is reckoned from them. Without steps it tells frames and time so far.

    Args:
        steps: paths of the steps that will be shown, in order, or none; the innermost count.
        quiet: draw nothing, as when stderr is no terminal. What a render has to say is said.
    """

    sees_frames = False

    def __init__(
        self, steps: Sequence[str] = (), *, quiet: bool = False, console: Console | None = None
    ) -> None:
        outer = {path.rpartition("/")[0] for path in steps}
        self._steps = [path for path in dict.fromkeys(steps) if path not in outer]
        self._seen: list[str] = []
        self._frames, self._seconds = 0, 0.0
        console = console or Console(file=sys.stderr)
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[made]}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._bar.add_task("starting", total=len(self._steps) or None, made="")

    def __enter__(self) -> ProgressBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def play_started(self, scene: Any) -> None:
        """Name the step that is being drawn, or the play where there are no steps."""
        self._tell(scene, "play")

    def play_skipped(self, scene: Any) -> None:
        """Tell that it is not stuck."""
        self._tell(scene, "fast-forward")

    def frame(self, pixels: Any, time: float, repeat: int) -> None:
        """Tell frames and time of the output so far."""
        self._frames += repeat
        self._bar.update(self._task, made=f"{self._frames} frames, {time:.1f} s")

    def writing(self, share: float) -> None:
        """Begin the bar anew for the file that is written after the last frame."""
        self._bar.update(self._task, description="writing", total=1.0, completed=share)

    def frames_made(self, frames: int, seconds: float) -> None:
        """Count what workers have made."""
        self._frames, self._seconds = self._frames + frames, self._seconds + seconds
        self._bar.update(self._task, made=f"{self._frames} frames, {self._seconds:.1f} s")

    def working(self, what: str, share: float) -> None:
        """Show how far a scene's own computation is; then the bar counts steps again."""
        done = share >= 1
        total = (len(self._steps) or None) if done else 1.0
        self._bar.update(self._task, description=what, total=total, completed=0 if done else share)

    def noted(self, line: str) -> None:
        """Write the line above the bar."""
        console = self._bar.console
        console.print(f"mlanim: {line}", markup=False, highlight=False, soft_wrap=True)

    def _tell(self, scene: Any, doing: str) -> None:
        from mlanim.render.plays.sections import steps_of  # Manim is there by now

        steps = steps_of(scene)
        if not steps:
            self._bar.update(self._task, description=f"{doing} {scene.renderer.num_plays + 1}")
            return
        step = steps[-1]
        if step.path in self._steps and step.shown and step.path not in self._seen:
            self._seen.append(step.path)
        begun = len(self._seen)
        words = f"{step.path} ({begun} of {len(self._steps)})" if begun else step.path
        words = words if step.shown else f"{doing} {step.path}"
        self._bar.update(self._task, description=words, completed=max(0, begun - 1))
