"""A run of a scene that several processes share, as long as nobody could tell.

Each of them runs parts of the scene's code. What that does to the world, or what it reads of
pictures that this process did not draw, only one process can do: then the shared run is given up,
before it happened, and the scene is run once more by one process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from mlanim.render.known.pixels import pixels_watched
from mlanim.render.watched.world import in_readers_code, on_effect

__all__ = ["GivenUp", "Interruption", "shared"]


class Interruption(BaseException):
    """Ends a scene from outside: no error of its own, and no scene is to catch it."""


class GivenUp(Interruption):
    """What the scene does can only be had in one process; the reason, in a few words."""


@contextmanager
def shared(
    ours: Iterable[Path], give_up: Callable[[str], None], drawn_elsewhere: Callable[[], bool]
) -> Iterator[None]:
    """Around a scene: call `give_up` before it changes the world or reads what is not there.

    What it prints is told when the run is over, since a run that is given up never was.

    Args:
        ours: folders in which mlanim and Manim write for themselves.
        drawn_elsewhere: whether the camera's pixels are not the film's just now.
    """

    def pixels_read() -> None:
        if drawn_elsewhere():
            give_up(f"the scene reads the camera's pixels{in_readers_code()}")

    with ExitStack() as stack:
        held = stack.enter_context(_output_held())
        stack.callback(on_effect(ours, lambda words: give_up(f"the scene {words}")))
        stack.enter_context(pixels_watched(pixels_read))
        try:
            yield
        except GivenUp:
            held.clear()
            raise


@contextmanager
def _output_held() -> Iterator[list[tuple[Any, str]]]:
    """Keep what is written to stdout and stderr until the block ends; what is cleared never was."""
    held: list[tuple[Any, str]] = []
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Held(stream, held) if stream else stream for stream in streams)
    ours = sys.stdout, sys.stderr
    try:
        yield held
    finally:
        if sys.stdout is ours[0]:
            sys.stdout = streams[0]
        if sys.stderr is ours[1]:
            sys.stderr = streams[1]
        for stream, text in held:
            stream.write(text)


class _Held:
    """A stream whose texts wait; all else is the stream's own."""

    def __init__(self, stream: Any, held: list[tuple[Any, str]]) -> None:
        self._stream, self._held = stream, held

    def write(self, text: str) -> int:
        self._held.append((self._stream, text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing: it waits."""

    def close(self) -> None:
        """Nothing: the stream is needed when the scene is over."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
