"""Presets: what the place where a film will be seen asks of it, `--for readme` and the like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from mlanim.errors import MlanimError, UsageError, did_you_mean
from mlanim.render.asked.spec import FILMS, FORMATS, LOOPS, RenderSpec

__all__ = ["PRESETS", "Preset", "Wanted", "check_limits", "layered", "preset_named", "said"]

_MB = 10**6


@dataclass(frozen=True)
class Preset:
    """A place where a film is seen.

    Attributes:
        options: in the words of `mlanim render`.
        limit: bytes of a file that the place takes, or that its readers should have to load.
        seconds: the longest film that it takes.
        why: where the limits come from.
    """

    options: Mapping[str, Any]
    why: str
    limit: int | None = None
    seconds: float | None = None


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "readme": Preset(
            {"format": "gif", "quality": "l", "fps": 20, "loop": 0, "hold": 2, "max_bytes": "5MB"},
            "GIF plays in any README; image proxies refuse more than 5 MB",
            5 * _MB,
        ),
        "article": Preset(
            {"format": "mp4", "quality": "m", "fps": 30},
            "a reader on a phone waits for it",
            8 * _MB,
        ),
        "slides": Preset(
            {"format": "mp4", "quality": "h", "fps": 30},
            "slides are mailed around",
            25 * _MB,
        ),
        "youtube": Preset(
            {"format": "mp4", "quality": "p", "fps": 60, "captions": "srt"},
            "at 1440 lines it is given the better codec",
            256_000 * _MB,
            12 * 3600,
        ),
        "social": Preset(
            {"format": "mp4", "quality": "h", "aspect": "1:1", "fps": 30},
            "what the strictest of the large networks takes",
            40 * _MB,
            140,
        ),
        "thread": Preset(
            {"format": "png", "quality": "h", "aspect": "1:1", "fps": 20},
            "pictures of at most 1 MB each",
            _MB,
        ),
        "page": Preset(
            {"format": "png", "quality": "m", "fps": 12},
            "a reader on a phone opens it, and asks its numbers",
            5 * _MB,
        ),
        "hero": Preset(
            {"format": "png", "resolution": "2400,1260"},
            "the shape in which links are previewed",
            5 * _MB,
        ),
    }
)


def preset_named(name: str) -> Preset:
    """The preset of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in PRESETS:
        raise UsageError(f"for {name!r}", did_you_mean(name, PRESETS))
    return PRESETS[name]


@dataclass(frozen=True)
class Wanted:
    """Options with a preset's among them, what they are for, and how many bytes that takes."""

    options: Mapping[str, Any]
    purpose: str = ""
    limit: int | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)  # what the preset alone decided


def layered(*levels: Mapping[str, Any]) -> Wanted:
    """Options of several levels, of which a later one wins; a preset is weaker than its level.

    What a later level says goes before what it contradicts in an earlier one: a suffix before a
    format, an aspect before pixels; and what only loops have is left out for others.

    >>> layered({"theme": "dark", "hold": 1}, {"for": "social", "aspect": "4:5"}).options["aspect"]
    '4:5'
    """
    options: dict[str, Any] = {}
    purpose, chosen = "", {}
    for level in levels:
        if "for" in level:
            purpose = level["for"]
            chosen = dict(preset_named(purpose).options)
            _put(options, chosen)
        _put(options, {key: value for key, value in level.items() if key != "for"})
    last = levels[-1]
    if _format_of(options) not in LOOPS:
        for key in ("loop", "hold", "max_bytes"):
            if key not in last:
                options.pop(key, None)
    if "narrate" not in last and _format_of(options) not in ("", *FILMS):
        options.pop("narrate", None)
    limit = preset_named(purpose).limit if purpose else None
    if "max_bytes" in last:
        limit = None  # the reader's own
    chosen = {key: value for key, value in chosen.items() if options.get(key) == value}
    return Wanted(options, purpose, limit, chosen)


def _put(options: dict[str, Any], level: Mapping[str, Any]) -> None:
    """Put a level over those before it."""
    if "resolution" in level:
        options.pop("aspect", None)
    if {"aspect", "quality"} & level.keys():
        options.pop("resolution", None)
    named = PurePath(str(level.get("output", ""))).suffix[1:].lower() in FORMATS
    if (named or {"at", "still"} & level.keys()) and "format" not in level:
        options.pop("format", None)
    merged = {**options.get("set", {}), **level.get("set", {})}
    options.update(level)
    if merged:
        options["set"] = merged


def _format_of(options: Mapping[str, Any]) -> str:
    suffix = PurePath(str(options.get("output", ""))).suffix[1:].lower()
    return str(options.get("format") or suffix)


def said(spec: RenderSpec, purpose: str, limit: int | None) -> str:
    """What was chosen, in a line.

    >>> said(RenderSpec(fps=30), "article", 8_000_000).partition(": ")[2]
    'mp4, 1280x720 at 30 frames a second, at most 8 MB: a reader on a phone waits for it'
    """
    if purpose == "page":
        told = f"index.html, {spec.fps:g} states a second"
        told += f", at most {limit / _MB:g} MB" if limit else ""
        return f"chosen for page: {told}: {preset_named(purpose).why}"
    parts = [f"{spec.format}, {spec.width}x{spec.height}"]
    if spec.is_video:
        parts[0] += f" at {spec.fps:g} frames a second"
    if spec.format in LOOPS:
        parts.append(f"plays {f'{spec.loop} times' if spec.loop else 'for ever'}")
        parts += [f"holds {spec.hold:g} s"] if spec.hold else []
    most = spec.max_bytes or limit
    parts += [f"at most {most / _MB:g} MB"] if most else []
    preset = preset_named(purpose)
    parts += [f"at most {preset.seconds:g} s"] if preset.seconds else []
    return f"chosen for {purpose}: {', '.join(parts)}: {preset.why}"


def check_limits(purpose: str, limit: int | None, result: Mapping[str, Any]) -> None:
    """Tell when what was made is more than its place takes.

    Raises:
        MlanimError: with what is allowed.
    """
    if purpose not in PRESETS or not result["paths"]:  # a film as it is, or joined, or dry
        return
    preset = preset_named(purpose)
    path, made = result["paths"][0], result["bytes"]
    if limit is not None and made > limit and purpose != "thread":
        raise MlanimError(
            f"{path} has {made / _MB:.1f} MB, {purpose} takes {limit / _MB:g} MB: {preset.why}",
            "render less of it with --steps, or smaller with -q",
        )
    if preset.seconds is not None and result["seconds"] > preset.seconds:
        raise MlanimError(
            f"{path} lasts {result['seconds']:.0f} s, {purpose} takes {preset.seconds:g} s",
            "render less of it with --steps",
        )
