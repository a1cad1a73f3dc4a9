"""The file of --values: all that is drawn of data, for whoever wants the numbers too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.asked.destination import check_destination
from mlanim.render.stage.asked_scene import AskedScene, open_asked
from mlanim.replacing import replacing

__all__ = ["drawn_values", "values_target", "write_values"]


def values_target(values: str | None) -> Path | None:
    """The file for the values, refused before any work is done."""
    if values is None:
        return None
    path = named_path(values, "--values", "name a file that ends in .json")
    if path.suffix.lower() != ".json":
        raise UsageError(f"--values {values!r}", "name a file that ends in .json")
    check_destination(path, folder=False)
    return path


def drawn_values(asked: AskedScene, seed: int) -> list[dict[str, Any]]:
    """What a render that was asked for draws of data: the scene is played once more, unseen.

    Args:
        seed: of the render, so that what is random is the same.
    """
    with open_asked(replace(asked, spec=replace(asked.spec, seed=seed))) as opened:
        from mlanim.review.check import look
        from mlanim.review.drawn_values import ValueObserver

        spec = opened.spec
        picture = spec.format in ("png", "svg", "pdf")
        observer = ValueObserver(picture=picture, at=spec.at)
        look(opened.scene_class, spec, observer)
    return [{"scene": opened.entry.name, **record} for record in observer.drawn.records]


def write_values(path: Path, records: Sequence[dict[str, Any]]) -> None:
    """Write the records as JSON, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
