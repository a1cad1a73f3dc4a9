"""A reader's system, refused where its file tells of none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.subjects.systems.models.system_file import read_system

__all__ = ["judge_system"]


def judge_system(given: Mapping[str, Any]) -> None:
    """Refuse a file that cannot be read.

    Raises:
        UsageError: as the scene does.
    """
    if given.get("file") is not None:
        read_system(given["file"])
