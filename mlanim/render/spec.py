"""RenderSpec: everything that decides the bytes of a render, checked once, before any work."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.named_path import named_path
from mlanim.render.byte_size import parse_bytes
from mlanim.render.codec import check_codec, default_format
from mlanim.render.picture_size import (
    LARGEST,
    QUALITIES,
    SMALLEST,
    aspect_size,
    quality_letter,
    resolution_size,
)
from mlanim.render.speech import command_words

__all__ = [
    "CAPTIONS",
    "FILMS",
    "FORMATS",
    "QUALITIES",
    "STILL_FORMATS",
    "VECTOR_FORMATS",
    "VIDEO_FORMATS",
    "RenderSpec",
]

LOOPS = ("gif", "webp")  # pictures that move: they loop, have no sound, and may be held to a size
FILMS = ("mp4", "webm", "mov")  # what can carry sound, chapters and captions
VIDEO_FORMATS = (*FILMS, *LOOPS)
VECTOR_FORMATS = ("svg", "pdf")
CAPTIONS = ("srt", "vtt")  # beside films
STILL_FORMATS = ("png", *VECTOR_FORMATS)
FORMATS = (*VIDEO_FORMATS, *STILL_FORMATS, "png-sequence")
_SUFFIXES = {f".{name}": name for name in (*VIDEO_FORMATS, *STILL_FORMATS)}

_MOST_PLAYS = 65535
_LONGEST_HOLD = 600  # seconds
_LATEST = 1e6  # seconds: eleven days

_SLOWEST, _FASTEST = 0.1, 240  # frames a second; slower ones Manim rounds to nothing
_SHORT_SIDE_UNITS = 8.0


@dataclass(frozen=True, kw_only=True)
class RenderSpec:
    """What to render and how. Impossible combinations raise UsageError with one teaching line.

    Attributes:
        width, height: pixels, even, 16 to 8192.
        fps: frames a second, 0.1 to 240.
        format: "mp4", "webm", "mov", "gif", "webp"; "png", "svg", "pdf" (one frame);
            "png-sequence" (a folder); or "none" (nothing is written; observers see the frames).
        at: which frame a still shows, in seconds of the output; None is the end.
        still_if_empty: a scene that plays nothing gives a png instead of an error.
        transparent: no background; not for mp4.
        codec: "h264", "vp9" or "av1"; None is the format's own. See codec.CODECS.
        loop: how often a gif or webp plays; 0 is for ever.
        hold: seconds that the last frame of a gif or webp stays.
        max_bytes: a gif or webp gives up colours, rate and size until it fits.
        theme, steps, values: an explainer's theme, chosen steps and parameter values.
        seed: of `random` and NumPy; drawn, and told in the result, when None.
        cache: whether finished segments may be reused; today every render is a full one.
        captions: which files of captions stand beside a film with words: "srt", "vtt".
        narrate: a text-to-speech command that reads the steps' words aloud, see `Narrator`.
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
    codec: str | None = None
    loop: int = 0
    hold: float = 0.0
    max_bytes: int | None = None
    theme: str | None = None
    steps: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    cache: bool = True
    output: Path | None = None
    at: float | None = None
    captions: tuple[str, ...] = ("srt",)
    narrate: str | None = None

    def __post_init__(self) -> None:
        _check_side("width", self.width)
        _check_side("height", self.height)
        _check_fps(self.fps)
        if self.format not in (*FORMATS, "none"):
            raise UsageError(f"format {self.format!r}", did_you_mean(self.format, FORMATS))
        if self.transparent and self.format == "mp4":
            raise UsageError("mp4 cannot be transparent", "use --format webm or --format mov")
        check_codec(self.codec, self.format, self.transparent)
        _check_loop(self)
        if self.seed is not None and not 0 <= self.seed < 2**32:
            raise UsageError(f"seed {self.seed}", f"allowed: 0 to {2**32 - 1}")
        _check_suffix(self.output, self.format)
        if self.at is not None:
            _check_at(self.at, self.format)
        if self.narrate is not None:
            command_words(self.narrate)
            if self.format not in (*FILMS, "none"):
                raise UsageError(f"--narrate with {self.format}", f"only for {', '.join(FILMS)}")
        for kind in self.captions:
            if kind not in CAPTIONS:
                raise UsageError(f"captions {kind!r}", did_you_mean(kind, [*CAPTIONS, "none"]))

    @property
    def is_video(self) -> bool:
        """Whether the output moves and is one file."""
        return self.format in VIDEO_FORMATS

    @property
    def is_vector(self) -> bool:
        """Whether the output is one frame of paths."""
        return self.format in VECTOR_FORMATS

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
        max_bytes: str | int | None = None,
        at: float | None = None,
        captions: str | None = None,
        **rest: Any,
    ) -> RenderSpec:
        """Build a spec from what a command line says, in the words of `mlanim render`.

        Args:
            quality: l, m, h, p, k, or low, medium, high, 2k, 4k.
            resolution: "W,H" in pixels; instead of quality's size and aspect.
            aspect: "W:H"; the quality's short side stays.
            format: absent, the suffix of `output` decides, and without one it is mp4 (mov when
                transparent), or png for a scene that plays nothing or for `at`.
            still: the last frame as png.
            max_bytes: "500kB", "2MB", "1.5MiB" or plain bytes.
            captions: "srt", "vtt", "srt,vtt" or "none"; absent, "srt".
            rest: further fields of RenderSpec.
        """
        short_side, quality_fps = QUALITIES[quality_letter(quality)]
        if resolution is not None and aspect is not None:
            raise UsageError("-r and --aspect both given", "-r W,H alone sets the aspect")
        size = (
            resolution_size(resolution) if resolution else aspect_size(short_side, aspect or "16:9")
        )
        path = _path(output)
        chosen = _format(format, path, still)
        if chosen is None and at is not None:
            chosen = "png"
        if still and at is not None:
            raise UsageError(f"-s with --at {at:g}", "-s is the last frame: leave one of them out")
        if max_bytes is not None:
            rest["max_bytes"] = parse_bytes(max_bytes)
        if captions is not None:
            kinds = [kind.strip() for kind in captions.split(",")]
            rest["captions"] = () if kinds == ["none"] else tuple(dict.fromkeys(kinds))
        return cls(
            width=size[0],
            height=size[1],
            fps=quality_fps if fps is None else fps,
            format=chosen or default_format(rest.get("codec"), transparent),
            still_if_empty=chosen is None,
            transparent=transparent,
            output=path,
            at=at,
            **rest,
        )


def _check_side(name: str, pixels: int) -> None:
    if isinstance(pixels, bool) or not isinstance(pixels, int):
        raise UsageError(f"{name} {pixels!r}", "give a whole number of pixels")
    if pixels % 2 or not SMALLEST <= pixels <= LARGEST:
        raise UsageError(f"{name} {pixels}", f"allowed: even, {SMALLEST} to {LARGEST} pixels")


def _check_fps(fps: float) -> None:
    number = isinstance(fps, int | float) and not isinstance(fps, bool)
    if not number or not _SLOWEST <= fps <= _FASTEST:
        raise UsageError(f"fps {fps}", f"allowed: {_SLOWEST} to {_FASTEST} frames a second")


def _check_loop(spec: RenderSpec) -> None:
    """Check what only a gif or webp has."""
    given = {"--loop": spec.loop, "--hold": spec.hold, "--max-bytes": spec.max_bytes}
    if spec.format not in LOOPS and (wrong := [name for name, value in given.items() if value]):
        raise UsageError(
            f"{', '.join(wrong)} with {spec.format}", "only for --format gif and --format webp"
        )
    if isinstance(spec.loop, bool) or not 0 <= spec.loop <= _MOST_PLAYS:
        raise UsageError(f"--loop {spec.loop}", f"allowed: 0 (for ever) to {_MOST_PLAYS} times")
    if not 0 <= spec.hold <= _LONGEST_HOLD:
        raise UsageError(f"--hold {spec.hold}", f"allowed: 0 to {_LONGEST_HOLD} seconds")
    if spec.max_bytes is not None and spec.max_bytes < 1:
        raise UsageError(f"--max-bytes {spec.max_bytes}", "allowed: 1 and more")


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


def _check_at(at: float, format: str) -> None:
    if not isinstance(at, int | float) or not 0 <= at <= _LATEST:
        raise UsageError(f"--at {at}", "give seconds from the start of the output, 0 or more")
    if format not in STILL_FORMATS:
        raise UsageError(f"--at with {format}", f"one frame is a {', '.join(STILL_FORMATS)}")


def _path(output: str | Path | None) -> Path | None:
    if output is None:
        return None
    return named_path(output, "output", "give the path of a file, such as out.mp4")


def _format(format: str | None, output: Path | None, still: bool) -> str | None:
    """The format that was asked for: by name, by -s, or by the output's suffix."""
    if format is not None and format not in FORMATS:
        raise UsageError(f"format {format!r}", did_you_mean(format, FORMATS))
    if still and format not in (None, "png"):
        remedy = "leave out -s" if format in VECTOR_FORMATS else "leave out --format"
        raise UsageError(f"-s with --format {format}", f"-s writes a png: {remedy}")
    if still or format:
        return "png" if still else format
    if output is None:
        return None
    if found := _SUFFIXES.get(output.suffix.lower()):
        return found
    hint = f"end it in {', '.join(_SUFFIXES)}, or give --format png-sequence for a folder"
    raise UsageError(f"{output} does not tell a format", hint)
