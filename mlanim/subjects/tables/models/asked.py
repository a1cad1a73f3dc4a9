"""What a reader asks of tables, refused where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mlanim.models.soon_read import soon_read
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.table_file import read_frame
from mlanim.subjects.tables.models.trace import follow

__all__ = ["judge_chain"]


def judge_chain(given: Mapping[str, Any]) -> None:
    """Refuse a chain that cannot be read or followed, and tables that are none.

    Raises:
        UsageError: as the scene does when it plays the chain.
    """
    chain, table, other = given.get("chain", ""), given.get("table"), given.get("other")
    links = read_chain(chain) if chain else ()  # pandas is not needed for that
    if not (links or table) or not soon_read(table, other):
        return
    frame = read_frame(table)[0] if table else music.artists()
    follow(frame, links, read_frame(other)[0] if other else music.homes())
