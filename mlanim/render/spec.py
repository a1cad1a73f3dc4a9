"""RenderSpec: everything that decides the bytes of a render, checked once, before any work."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mlanim.errors import UsageError, did_you_mean

__all__ = ["FORMATS", "QUALITIES", "VIDEO_FORMATS", "RenderSpec"]

# letter: (short side in pixels, frames a second), as `manim render -q` has them at 16:9
QUALITIES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"l": (480, 15), "m": (720, 30), "h": (1080, 60), "p": (1440, 60), "k": (2160, 60)}
)
_QUALITY_WORDS = {"low": "l", "medium": "m", "high": "h", "2k": "p", "4k": "k"}

VIDEO_FORMATS = ("mp4", "webm", "mov", "gif")
FORMATS = (*VIDEO_FORMATS, "png", "png-sequence")
_SUFFIXES = {".mp4": "mp4", ".webm": "webm", ".mov": "mov", ".gif": "gif", ".png": "png"}

_SMALLEST, _LARGEST = 16, 8192  # pixels
_SLOWEST, _FASTEST = 0.1, 240  # frames a second; slower ones Manim rounds to nothing
_SHORT_SIDE_UNITS = 8.0


@dataclass(frozen=True, kw_only=True)
class RenderSpec:
    """What to render and how. Impossible combinations raise UsageError with one teaching line.

    Attributes:
        width, height: pixels, even, 16 to 8192.
        fps: frames a second, 0.1 to 240.
        format: "mp4", "webm", "mov", "gif", "png" (the last frame), "png-sequence" (a folder), or
            "none" (nothing is written; observers see the frames).
        still_if_empty: a scene that plays nothing gives a png instead of an error.
        transparent: no background; not for mp4.
        theme, steps, values: an explainer's theme, chosen steps and parameter values.
        seed: of `random` and NumPy; drawn, and told in the result, when None.
        cache: whether finished segments may be reused; today every render is a full one.
        output: the file, or for png-sequence the folder; None is media/<scene>/<scene>.<format>.

    >>> RenderSpec.from_options(quality="m", aspect="9:16").height
    1280
    """

    width: int = 1280
    height: int = 720
    fps: float = 30
    format: str = "mp4"
    still_if_empty: bool = False
    transparent: bool = False
    theme: str | None = None
    steps: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    cache: bool = True
    output: Path | None = None

    def __post_init__(self) -> None:
        _check_side("width", self.width)
        _check_side("height", self.height)
        _check_fps(self.fps)
        if self.format not in (*FORMATS, "none"):
            raise UsageError(f"format {self.format!r}", did_you_mean(self.format, FORMATS))
        if self.transparent and self.format == "mp4":
            raise UsageError("mp4 cannot be transparent", "use --format webm or --format mov")
        if self.seed is not None and not 0 <= self.seed < 2**32:
            raise UsageError(f"seed {self.seed}", f"allowed: 0 to {2**32 - 1}")
        _check_suffix(self.output, self.format)

    @property
    def is_video(self) -> bool:
        """Whether the output moves and is one file."""
        return self.format in VIDEO_FORMATS

    @property
    def frame_size(self) -> tuple[float, float]:
        """Width and height in Manim units; the shorter side is 8.

        854x480 is 16:9 made even: there the frame is that of 16:9, exactly as Manim has it.
        """
        ratio = self.width / self.height
        for exact in (16 / 9, 9 / 16):
            if abs(self.width - self.height * exact) < 1:
                ratio = exact
        if ratio >= 1:
            return _SHORT_SIDE_UNITS * ratio, _SHORT_SIDE_UNITS
        return _SHORT_SIDE_UNITS, _SHORT_SIDE_UNITS / ratio

    def seeded(self) -> RenderSpec:
        """The same spec with a seed: its own, or one drawn now."""
        return self if self.seed is not None else replace(self, seed=secrets.randbelow(2**32))

    @classmethod
    def from_options(
        cls,
        *,
        quality: str = "m",
        resolution: str | None = None,
        aspect: str | None = None,
        fps: float | None = None,
        format: str | None = None,
        output: str | Path | None = None,
        still: bool = False,
        transparent: bool = False,
        **rest: Any,
    ) -> RenderSpec:
        """Build a spec from what a command line says, in the words of `mlanim render`.

        Args:
            quality: l, m, h, p, k, or low, medium, high, 2k, 4k.
            resolution: "W,H" in pixels; instead of quality's size and aspect.
            aspect: "W:H"; the quality's short side stays.
            format: absent, the suffix of `output` decides, and without one it is mp4 (mov when
                transparent), or png for a scene that plays nothing.
            still: the last frame as png.
            rest: further fields of RenderSpec.
        """
        short_side, quality_fps = QUALITIES[_quality(quality)]
        if resolution is not None and aspect is not None:
            raise UsageError("-r and --aspect both given", "-r W,H alone sets the aspect")
        size = _resolution(resolution) if resolution else _size(short_side, aspect or "16:9")
        path = _path(output)
        chosen = _format(format, path, still, transparent)
        return cls(
            width=size[0],
            height=size[1],
            fps=quality_fps if fps is None else fps,
            format=chosen or ("mov" if transparent else "mp4"),
            still_if_empty=chosen is None,
            transparent=transparent,
            output=path,
            **rest,
        )


def _check_side(name: str, pixels: int) -> None:
    if isinstance(pixels, bool) or not isinstance(pixels, int):
        raise UsageError(f"{name} {pixels!r}", "give a whole number of pixels")
    if pixels % 2 or not _SMALLEST <= pixels <= _LARGEST:
        raise UsageError(f"{name} {pixels}", f"allowed: even, {_SMALLEST} to {_LARGEST} pixels")


def _check_fps(fps: float) -> None:
    number = isinstance(fps, int | float) and not isinstance(fps, bool)
    if not number or not math.isfinite(fps) or not _SLOWEST <= fps <= _FASTEST:
        raise UsageError(f"fps {fps}", f"allowed: {_SLOWEST} to {_FASTEST} frames a second")


def _check_suffix(output: Path | None, format: str) -> None:
    if output is None or format == "none":
        return
    said = _SUFFIXES.get(output.suffix.lower())
    if format == "png-sequence":
        if said:
            raise UsageError(
                f"{output} names a {said} file",
                "png-sequence makes a folder: leave the suffix out",
            )
    elif said != format:
        given = f"{output} ends in {output.suffix}" if output.suffix else f"{output} has no suffix"
        raise UsageError(f"{given} but the format is {format}", f"name it {output.stem}.{format}")


def _quality(word: str) -> str:
    letter = _QUALITY_WORDS.get(word.casefold(), word.casefold())
    if letter not in QUALITIES:
        hint = did_you_mean(word, [*QUALITIES, *_QUALITY_WORDS])
        raise UsageError(f"quality {word!r}", hint)
    return letter


def _resolution(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,6})\s*[,x]\s*(\d{1,6})\s*", text)
    if not match:
        raise UsageError(f"resolution {text!r}", "write W,H in pixels, such as 1280,720")
    return int(match[1]), int(match[2])


def _size(short_side: int, aspect: str) -> tuple[int, int]:
    """Pixels of an aspect whose short side is given; the long one is made even."""
    match = re.fullmatch(r"\s*(\d{1,5}(?:\.\d{1,5})?)\s*:\s*(\d{1,5}(?:\.\d{1,5})?)\s*", aspect)
    if not match or not Fraction(match[1]) or not Fraction(match[2]):
        raise UsageError(f"aspect {aspect!r}", "write W:H, such as 16:9, 1:1 or 9:16")
    ratio = Fraction(match[1]) / Fraction(match[2])
    long_side = 2 * round(short_side * max(ratio, 1 / ratio) / 2)
    if long_side > _LARGEST:
        raise UsageError(f"aspect {aspect} makes {long_side} pixels", f"allowed: up to {_LARGEST}")
    return (long_side, short_side) if ratio >= 1 else (short_side, long_side)


def _path(output: str | Path | None) -> Path | None:
    if output is None:
        return None
    if not str(output).strip() or "\0" in str(output):
        raise UsageError(f"output {str(output)!r}", "give the path of a file, such as out.mp4")
    return Path(output).expanduser()


def _format(format: str | None, output: Path | None, still: bool, transparent: bool) -> str | None:
    """The format that was asked for: by name, by -s, or by the output's suffix."""
    if format is not None and format not in FORMATS:
        raise UsageError(f"format {format!r}", did_you_mean(format, FORMATS))
    if still and format not in (None, "png"):
        raise UsageError(f"-s with --format {format}", "-s writes a png: leave out --format")
    if still or format:
        return "png" if still else format
    if output is None:
        return None
    if found := _SUFFIXES.get(output.suffix.lower()):
        return found
    hint = f"end it in {', '.join(_SUFFIXES)}, or give --format png-sequence for a folder"
    raise UsageError(f"{output} does not tell a format", hint)
