"""Codecs by name, each only in the formats in which players open it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mlanim.errors import UsageError, did_you_mean

__all__ = ["CODECS", "check_codec", "default_format"]

# codec: the formats that players open it in, the usual one first
CODECS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"h264": ("mp4", "mov"), "vp9": ("webm", "mp4"), "av1": ("mp4", "webm")}
)


def check_codec(codec: str | None, format: str, transparent: bool) -> None:
    """Refuse what no player opens."""
    if codec is None:
        return
    if codec not in CODECS:
        raise UsageError(f"codec {codec!r}", did_you_mean(codec, CODECS))
    if format not in CODECS[codec]:
        raise UsageError(
            f"--codec {codec} with {format}", f"{codec} goes into {' or '.join(CODECS[codec])}"
        )
    if transparent and (codec, format) != ("vp9", "webm"):
        raise UsageError(
            f"--codec {codec} in {format} cannot be transparent",
            "use --format webm, or --format mov without --codec",
        )


def default_format(codec: str | None, transparent: bool) -> str:
    """The format when nobody named one: mp4, or what the codec or alpha wants."""
    if transparent:
        return "mov" if codec is None else "webm"
    return CODECS.get(codec or "h264", ("mp4",))[0]
