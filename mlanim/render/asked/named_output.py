"""An output as somebody names it: its path, and the format that its name and options tell."""

from __future__ import annotations

from pathlib import Path

from mlanim.errors import UsageError, did_you_mean
from mlanim.named_path import named_path
from mlanim.render.asked.allowed import FORMATS, SUFFIXES, VECTOR_FORMATS

__all__ = ["asked_format", "is_bare", "output_path"]


def output_path(output: str | Path | None) -> Path | None:
    """The path that was named, if any."""
    if output is None:
        return None
    return named_path(output, "output", "give the path of a file, such as out.mp4")


def is_bare(output: Path) -> bool:
    """Whether a name ends in no suffix: `talk`, and `talk-1.2` just as well."""
    return bool(output.name) and not output.is_dir() and not output.suffix[1:2].isalpha()


def asked_format(format: str | None, output: Path | None, still: bool) -> str | None:
    """The format that was asked for: by name, by -s, or by the output's suffix."""
    if format is not None and format not in FORMATS:
        raise UsageError(f"format {format!r}", did_you_mean(format, FORMATS))
    if still and format not in (None, "png"):
        remedy = "leave out -s" if format in VECTOR_FORMATS else "leave out --format"
        raise UsageError(f"-s with --format {format}", f"-s writes a png: {remedy}")
    if still or format:
        return "png" if still else format
    if output is None or is_bare(output):
        return None
    if found := SUFFIXES.get(output.suffix.lower()):
        return found
    hint = f"end it in {', '.join(SUFFIXES)}, or give --format png-sequence for a folder"
    raise UsageError(f"{output} does not tell a format", hint)
