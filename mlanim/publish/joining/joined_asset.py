"""An asset of a manifest that joins others: `join = ["a.mp4", { card = "Lecture 3" }, "b.mp4"]`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.publish.joining.asked_join import JOIN, Card, Piece, ask_join
from mlanim.publish.naming import output_path
from mlanim.render.stage.asked_scene import AskedScene

__all__ = ["joined_asset"]

_KEYS = (JOIN, "output", "theme", "logo")


def joined_asset(
    item: Mapping[str, Any], defaults: Mapping[str, Any], folder: Path, made: Sequence[str]
) -> tuple[str, AskedScene]:
    """The name of a joined film, and what is asked.

    Args:
        folder: of the manifest's output.
        made: names of the assets that are made before, any of which can be joined.

    Raises:
        UsageError: a key, a film or a card that cannot be.
    """
    for key, value in item.items():
        if key not in _KEYS:
            raise UsageError(f"unknown key {key!r} beside join", did_you_mean(key, _KEYS))
        if key != JOIN and not isinstance(value, str):
            raise UsageError(f"{key} = {value!r}", "give a text")
    if "output" not in item:
        raise UsageError("output is missing", "write output = 'course.mp4'")
    listed = item[JOIN]
    if not isinstance(listed, list) or not listed:
        raise UsageError(f"join = {listed!r}", 'give a list such as ["a.mp4", { card = "Next" }]')
    pieces = [_piece(part, folder, made) for part in listed]
    name = output_path(item["output"], "join", {}, "")
    theme = item.get("theme", defaults.get("theme"))
    return name, ask_join(pieces, folder / name, theme, item.get("logo"))


def _piece(part: Any, folder: Path, made: Sequence[str]) -> Piece:
    """A card, an asset of the manifest by its name, or else a file below the manifest."""
    if isinstance(part, dict):
        if list(part) != ["card"] or not isinstance(part["card"], str):
            raise UsageError(f"join has {part!r}", 'write { card = "Lecture 3: attention" }')
        return Card(part["card"])
    if not isinstance(part, str) or not part.strip() or "\0" in part:
        raise UsageError(f"join has {part!r}", "give the names of films, and cards")
    if str(PurePosixPath(part)) in made:
        return folder / part
    if not Path(part).is_file():
        raise UsageError(f"join has {part!r}, no asset and no file", did_you_mean(part, made))
    return Path(part)
