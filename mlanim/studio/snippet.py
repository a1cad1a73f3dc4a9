"""The snippet behind "copy the embed code": what `mlanim embed` writes, and the command for it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from mlanim.catalogue import SceneEntry
from mlanim.publish.escaping import file_word, in_comment, path_url
from mlanim.publish.snippet import Film, Variant, html
from mlanim.publish.words import title_and_lead
from mlanim.render.sinks.result import StepTime
from mlanim.studio.asked import Asked

__all__ = ["snippet"]

_BOTH = ("light", "dark")  # what `mlanim embed` makes where no theme is chosen


def snippet(asked: Asked, state: dict[str, Any]) -> str:
    """A figure of the film that is shown, below the command that makes its files."""
    scene = state["scene"] or {"name": Path(asked.scene).stem, "summary": "", "explains": False}
    film = state["film"] or {"seconds": 0.0, "steps": []}
    name, size = file_word(scene["name"]), state["asked"]
    themes = (asked.theme,) if asked.theme or not scene["explains"] else _BOTH
    stems = {theme: f"{name}-{theme}" if len(themes) > 1 else name for theme in themes}
    steps = [StepTime(**step) for step in film["steps"]]
    told = Film(
        name,
        *title_and_lead(SceneEntry(scene["name"], "", scene["summary"], (), None, "here")),
        size["width"],
        size["height"],
        film["seconds"] or 0.0,
        [Variant(t or "", [f"{s}.webm", f"{s}.mp4"], f"{s}.png") for t, s in stems.items()],
        f"{name}.vtt" if any(step.say for step in steps) else "",
        steps,
    )
    return f"<!-- {in_comment(_command(asked, name))} -->\n{html(told, path_url(f'{name}/'))}"


def _command(asked: Asked, name: str) -> str:
    """The command line that asks for the same."""
    words = ["mlanim", "embed", asked.scene, *([asked.class_name] if asked.class_name else [])]
    words += ["-o", name, "-q", asked.quality]
    words += ["-r", asked.resolution] if asked.resolution else []
    words += ["--aspect", asked.aspect] if asked.aspect != "16:9" else []
    words += ["--theme", asked.theme] if asked.theme else []
    words += ["--words", asked.words[0]] if asked.words else []
    words += [f"--steps={','.join(asked.steps)}"] if asked.steps else []
    words += [f"--set={name}={text}" for name, text in asked.texts.items()]
    return shlex.join(words)
