"""Pictures of moments, taken from a film that is there already."""

from __future__ import annotations

import io
from pathlib import Path

import av

__all__ = ["picture_at"]

_QUALITY = 85
_WIDEST = 640  # pixels


def picture_at(film: Path, seconds: float) -> bytes:
    """The film's picture at a moment, small, as a JPEG; behind the end its last one."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        if stream.duration is not None:
            seconds = min(seconds, float(stream.duration * stream.time_base))
        container.seek(int(seconds / stream.time_base), stream=stream)
        found = None
        for frame in container.decode(stream):
            if found is not None and frame.time is not None and frame.time > seconds + 1e-6:
                break
            found = frame
    if found is None:  # behind the last frame there is nothing to decode
        return picture_at(film, max(0.0, seconds - 0.5)) if seconds > 0 else b""
    image = found.to_image()
    image.thumbnail((_WIDEST, _WIDEST))
    content = io.BytesIO()
    image.save(content, format="JPEG", quality=_QUALITY)
    return content.getvalue()
