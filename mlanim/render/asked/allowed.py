"""What the fields of a RenderSpec allow, each with the line that a reader sees."""

from __future__ import annotations

from pathlib import Path

from mlanim.errors import UsageError
from mlanim.render.asked.picture_size import LARGEST, SMALLEST

__all__ = [
    "FILMS",
    "FORMATS",
    "LOOPS",
    "STILL_FORMATS",
    "SUFFIXES",
    "VECTOR_FORMATS",
    "VIDEO_FORMATS",
    "check_at",
    "check_fps",
    "check_loop",
    "check_side",
    "check_speed",
    "check_still",
    "check_suffix",
]

LOOPS = ("gif", "webp")  # pictures that move: they loop, have no sound, and may be held to a size
FILMS = ("mp4", "webm", "mov")  # what can carry sound, chapters and captions
VIDEO_FORMATS = (*FILMS, *LOOPS)
VECTOR_FORMATS = ("svg", "pdf")
STILL_FORMATS = ("png", *VECTOR_FORMATS)
FORMATS = (*VIDEO_FORMATS, *STILL_FORMATS, "png-sequence")
SUFFIXES = {f".{name}": name for name in (*VIDEO_FORMATS, *STILL_FORMATS)}

_MOST_PLAYS = 65535
_LONGEST_HOLD = 600  # seconds
_LATEST = 1e6  # seconds: eleven days

_SLOWEST, _FASTEST = 0.1, 240  # frames a second; slower ones Manim rounds to nothing
_LEAST_SPEED, _MOST_SPEED = 0.25, 4  # beyond, nobody follows


def check_side(name: str, pixels: int) -> None:
    """Refuse a length in pixels that no film can have."""
    if isinstance(pixels, bool) or not isinstance(pixels, int):
        raise UsageError(f"{name} {pixels!r}", "give a whole number of pixels")
    if pixels % 2 or not SMALLEST <= pixels <= LARGEST:
        raise UsageError(f"{name} {pixels}", f"allowed: even, {SMALLEST} to {LARGEST} pixels")


def check_fps(fps: float) -> None:
    """Refuse a rate that no film can have."""
    number = isinstance(fps, int | float) and not isinstance(fps, bool)
    if not number or not _SLOWEST <= fps <= _FASTEST:
        raise UsageError(f"fps {fps}", f"allowed: {_SLOWEST} to {_FASTEST} frames a second")


def check_speed(speed: float) -> None:
    """Refuse a speed at which nobody follows."""
    number = isinstance(speed, int | float) and not isinstance(speed, bool)
    if not number or not _LEAST_SPEED <= speed <= _MOST_SPEED:
        raise UsageError(f"--speed {speed}", f"allowed: {_LEAST_SPEED} to {_MOST_SPEED}")


def check_loop(format: str, loop: int, hold: float, max_bytes: int | None) -> None:
    """Check what only a gif or webp has."""
    given = {"--loop": loop, "--hold": hold, "--max-bytes": max_bytes}
    if format not in LOOPS and (wrong := [name for name, value in given.items() if value]):
        raise UsageError(
            f"{', '.join(wrong)} with {format}", "only for --format gif and --format webp"
        )
    if isinstance(loop, bool) or not 0 <= loop <= _MOST_PLAYS:
        raise UsageError(f"--loop {loop}", f"allowed: 0 (for ever) to {_MOST_PLAYS} times")
    if not 0 <= hold <= _LONGEST_HOLD:
        raise UsageError(f"--hold {hold}", f"allowed: 0 to {_LONGEST_HOLD} seconds")
    if max_bytes is not None and max_bytes < 1:
        raise UsageError(f"--max-bytes {max_bytes}", "allowed: 1 and more")


def check_suffix(output: Path | None, format: str) -> None:
    """Refuse an output that names another format than its own."""
    if output is None:
        return
    said = SUFFIXES.get(output.suffix.lower())
    if format == "png-sequence":
        if said:
            raise UsageError(
                f"{output} names a {said} file",
                "png-sequence makes a folder: leave the suffix out",
            )
    elif said != format:
        given = f"{output} ends in {output.suffix}" if output.suffix else f"{output} has no suffix"
        raise UsageError(f"{given} but the format is {format}", f"name it {output.stem}.{format}")


def check_at(at: float, format: str) -> None:
    """Refuse a moment that no picture can have."""
    if not isinstance(at, int | float) or not 0 <= at <= _LATEST:
        raise UsageError(f"--at {at}", "give seconds from the start of the output, 0 or more")
    check_still("--at", format)


def check_still(option: str, format: str) -> None:
    """Refuse for a film what only a single frame has."""
    if format not in STILL_FORMATS:
        raise UsageError(f"{option} with {format}", f"one frame is a {', '.join(STILL_FORMATS)}")
