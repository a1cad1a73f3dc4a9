"""Classifiers and data that are asked for, refused where there are none such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mlanim.errors import UsageError
from mlanim.models.boundary_data import DATA
from mlanim.models.soon_read import soon_read
from mlanim.subjects.boundary.models.classifiers import MODELS, unknown_model
from mlanim.subjects.boundary.models.task import task_of

__all__ = ["check_several", "judge_task"]


def check_several(names: Sequence[str]) -> None:
    """Refuse what are not two to nine different classifiers.

    Raises:
        UsageError: these are not.
    """
    if not 2 <= len(names) <= 9 or len(set(names)) < len(names):
        raise UsageError(f"models={','.join(names)}", "give two to nine different ones")
    for name in names:
        if ":" not in name and name not in MODELS:
            raise unknown_model(name)


def judge_task(given: Mapping[str, Any]) -> None:
    """Refuse unknown classifiers, and tables without what is asked of them.

    An estimator of the reader's own is not imported for that.

    Raises:
        UsageError: as the scenes do.
    """
    if "models" in given:
        check_several(given["models"])
    data, columns, label = given.get("data"), given.get("columns"), given.get("label")
    if data in (None, "auto"):  # whose data a scene has without, is its own affair
        return
    if data in DATA or soon_read(Path(data)):
        task_of(data, 4, columns=columns, label=label)
