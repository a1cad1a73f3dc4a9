"""A page in a frame, as a notebook shows it at the end of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from mlanim.replacing import replacing

__all__ = ["PageFrame"]


@dataclass(frozen=True)
class PageFrame:
    """An article at the end of a cell; `html` is the whole of it."""

    html: str
    height: int
    title: str = ""

    def save(self, path: str | Path) -> Path:
        """Write it as a file, which needs no network."""
        with replacing(Path(path)) as temporary:
            temporary.write_text(self.html, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        """A frame that holds it, and lets it reach nothing outside."""
        return (
            f'<iframe sandbox="allow-scripts" allow="fullscreen" title="{escape(self.title)}" '
            f'style="width: 100%; height: {self.height}px; border: 0" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )
