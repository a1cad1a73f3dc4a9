"""RenderResult: what a render made, in the shape that `--json` prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["Picture", "RenderResult", "StepTime"]


@dataclass(frozen=True)
class StepTime:
    """A step of the output: where it starts and ends, in seconds."""

    name: str
    path: str
    start: float
    end: float
    say: str


@dataclass(frozen=True)
class Picture:
    """One file of a png sequence and the seconds for which it stands."""

    path: Path
    duration: float


@dataclass(frozen=True)
class RenderResult:
    """What was made. `frames` counts what a player shows, at `fps`, so seconds = frames / fps."""

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

    def to_json(self) -> dict[str, Any]:
        """Plain lists, numbers and strings; `files` only for a png sequence."""
        record = asdict(self)
        record["paths"] = [str(path) for path in self.paths]
        record["steps"] = list(record["steps"])
        record["files"] = [{"path": str(p.path), "duration": p.duration} for p in self.files]
        if self.format != "png-sequence":
            del record["files"]
        return record
