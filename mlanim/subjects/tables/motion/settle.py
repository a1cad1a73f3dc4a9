"""settle: a table takes another place, size and colours; its cells stay what they are."""

from __future__ import annotations

from manim import Add, Animation, VGroup

from mlanim.motion.appear import Appear, appear
from mlanim.motion.timeline import Timeline
from mlanim.subjects.tables.motion.journeys import Journey, Journeys
from mlanim.subjects.tables.primitives.data_table import DataTable

__all__ = ["settle"]


def settle(old: DataTable, new: DataTable, *, run_time: float = 0.8) -> Timeline:
    """`new` draws the same table as `old`, which then is gone; what `old` lacks appears."""
    journeys, coming = [], []
    for cell in new.cells:
        before = old.cell(cell.place)
        if before is None:
            coming.append(cell)
            continue
        start, end = before.plate.get_center(), cell.plate.get_center()
        journeys.append(Journey(cell, start, end, (old.cap / new.cap, 1.0)))
    coming += [part for part in (new.dtypes, new.names, new.dots, new.count) if len(part)]
    late: list[Animation] = [appear(VGroup(*coming), run_time=0.3)] if coming else []
    return Timeline(
        [
            Appear(old, leaving=True, run_time=0.02),
            Journeys(journeys, share=1.0, run_time=run_time),
            *late,
            Add(new),
        ],
        [0.0, 0.0, *([run_time - 0.3] * len(late)), run_time],
    )
