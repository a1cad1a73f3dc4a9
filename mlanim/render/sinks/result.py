"""RenderResult: what a render made, in the shape that `--json` prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

__all__ = ["Chosen", "Picture", "RenderResult", "StepTime"]


@dataclass(frozen=True)
class StepTime:
    """A step of the output: where it starts and ends, in seconds; `title` in a film's language."""

    name: str
    path: str
    start: float
    end: float
    say: str
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """One file of a png sequence and the seconds for which it stands."""

    path: Path
    duration: float


@dataclass(frozen=True)
class Chosen:
    """What a file gave up to keep to a limit of bytes; `colours` is 0 where nobody counts."""

    width: int
    height: int
    fps: float
    colours: int
    bytes: int
    max_bytes: int

    def __str__(self) -> str:
        colours = f", {self.colours} colours" if self.colours else ""
        return (
            f"{self.width}x{self.height} at {self.fps:g} frames a second{colours}: "
            f"{self.bytes} of {self.max_bytes} bytes"
        )


@dataclass(frozen=True)
class RenderResult:
    """What was made. `frames` counts what a player shows, at `fps`, so seconds = frames / fps.

    Attributes:
        given_up: why its processes could not share the scene; "" if they did, or were not to.
        kept: what whoever asked for the render made of the finished files, before others saw them.
    """

    paths: tuple[Path, ...]
    frames: int
    seconds: float
    bytes: int
    steps: tuple[StepTime, ...]
    width: int
    height: int
    fps: float
    format: str
    seed: int
    files: tuple[Picture, ...] = ()
    chosen: Chosen | None = None
    given_up: str = ""
    kept: Any = None

    def to_json(self) -> dict[str, Any]:
        """Plain values; only what there is of `files`, `chosen` and `given_up`."""
        record = asdict(replace(self, kept=None))
        del record["kept"]
        record["paths"] = [str(path) for path in self.paths]
        record["steps"] = list(record["steps"])
        record["files"] = [{"path": str(p.path), "duration": p.duration} for p in self.files]
        if self.format != "png-sequence":
            del record["files"]
        if self.chosen is None:
            del record["chosen"]
        if not self.given_up:
            del record["given_up"]
        return record
