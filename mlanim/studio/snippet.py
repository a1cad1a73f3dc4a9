"""The snippet behind "copy the embed code"."""

from __future__ import annotations

import shlex
from html import escape
from pathlib import Path
from typing import Any

from mlanim.studio.asked import Asked

__all__ = ["snippet"]


def snippet(asked: Asked, state: dict[str, Any]) -> str:
    """A video element of the film's size, below the command that makes its files."""
    scene = state["scene"] or {"name": Path(asked.scene).stem, "summary": ""}
    name, film = scene["name"], state["asked"]
    return (
        f"<!-- {escape(_command(asked))} -->\n"
        f'<video controls muted loop playsinline preload="metadata" poster="{name}.png"\n'
        f'  width="{film["width"]}" height="{film["height"]}"'
        f' style="max-width:100%;height:auto" aria-label="{escape(scene["summary"])}">\n'
        f'  <source src="{name}.webm" type="video/webm">\n'
        f'  <source src="{name}.mp4" type="video/mp4">\n'
        f"</video>\n"
    )


def _command(asked: Asked) -> str:
    """The command line that asks for the same."""
    words = ["mlanim", "embed", asked.scene, *([asked.class_name] if asked.class_name else [])]
    words += ["-q", asked.quality, "--aspect", asked.aspect]
    words += ["--theme", asked.theme] if asked.theme else []
    words += [f"--set={name}={text}" for name, text in asked.texts.items()]
    return shlex.join(words)
