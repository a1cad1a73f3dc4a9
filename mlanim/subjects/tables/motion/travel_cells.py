"""travel_cells: the cells of a result come from those they were made of, wherever these were."""

from __future__ import annotations

from collections.abc import Sequence

from manim import Add, Animation, VGroup

from mlanim.motion.appear import Appear, appear
from mlanim.motion.timeline import Timeline
from mlanim.subjects.tables.models.numbered import Place
from mlanim.subjects.tables.models.trace import Moment
from mlanim.subjects.tables.motion.journeys import Journey, Journeys
from mlanim.subjects.tables.primitives.data_table import DataTable
from mlanim.subjects.tables.primitives.table_cell import TableCell

__all__ = ["origins", "travel_cells"]

_MOST = 260  # copies on their way at once: more are a blur, and slow
_FADE = 0.5


def origins(moment: Moment, place: Place, drawn: Sequence[DataTable]) -> list[TableCell]:
    """The cells on screen that a cell of the result came from; those left out are not among them.

    drawn: the table before, and the other one of a join.
    """
    found = []
    for number in moment.sources.of(place):
        for cells, table in zip(moment.numbered, drawn, strict=False):
            at = cells.place(number)
            if at is not None and (cell := table.cell(at)) is not None:
                found.append(cell)
    return found


def travel_cells(
    moment: Moment,
    drawn: Sequence[DataTable],
    new: DataTable,
    *,
    stays: bool,
    run_time: float = 2.0,
) -> Timeline:
    """Copies travel from the cells of `drawn` to those of `new`, row after row.

    A cell that was moved travels as it is; of several that become one, each travels there, and the
    result appears as they arrive. What comes from rows that are left out comes out of the "…".
    stays: whether the tables before stay on the screen, as they are where the new one has a place
    of its own; else they are gone, and what is not needed any more fades first.
    """
    journeys, used, waiting = _journeys(moment, drawn, new)
    fade: list[Animation] = []
    starts: list[float] = []
    begin = 0.0
    if not stays:
        left = [cell for table in drawn for cell in table.cells if id(cell) not in used]
        rest = [part for t in drawn for part in (t.dtypes, t.names, t.dots, t.count) if len(part)]
        # As one group: a scene is looked through for each thing that leaves it.
        fade = [Appear(VGroup(*left, *rest), leaving=True, run_time=_FADE)]
        starts = [0.0]
        begin = _FADE if left else 0.25
        fade += [Appear(table, leaving=True, run_time=0.02) for table in drawn]
        starts += [begin] * len(drawn)
    going: list[Animation] = [Journeys(journeys, run_time=run_time)] if journeys else []
    end = begin + (run_time if journeys else 0.0)
    plain = [part for part in (new.dtypes, new.names, new.dots, new.count) if len(part)]
    late = [appear(VGroup(*waiting, *plain), run_time=0.4)] if waiting or plain else []
    return Timeline(
        [*fade, *going, *late, Add(new)],
        [*starts, *([begin] * len(going)), *([max(0.0, end - 0.4)] * len(late)), end],
    )


def _journeys(
    moment: Moment, drawn: Sequence[DataTable], new: DataTable
) -> tuple[list[Journey], set[int], list[TableCell]]:
    """All ways; the cells that set out; and the new cells that wait until theirs have arrived."""
    journeys: list[Journey] = []
    used: set[int] = set()
    waiting: list[TableCell] = []
    rows = {row: i for i, row in enumerate(new.view.rows) if row is not None}
    last = max(1, len(new.view.rows) - 1)
    for cell in new.cells:
        part, i, _ = cell.place
        delay = 0.0 if part == "header" else rows[i] / last
        came = origins(moment, cell.place, drawn)
        sources = moment.sources.of(cell.place)
        used.update(map(id, came))
        if len(sources) == 1 and came and came[0].text == cell.text:
            scale = drawn[0].cap / new.cap
            start = came[0].plate.get_center()
            journeys.append(Journey(cell, start, cell.plate.get_center(), (scale, 1.0), delay))
            continue
        if not came and sources and len(drawn[0].dots):
            start = min(drawn[0].dots, key=lambda dot: abs(dot.get_x() - cell.get_x())).get_center()
            end = cell.plate.get_center()
            journeys.append(Journey(cell, start, end, (0.4, 1.0), delay))
            continue
        waiting.append(cell)
        for one in came if len(journeys) < _MOST else []:
            end = cell.plate.get_center()
            scale = new.cap / drawn[0].cap
            start = one.plate.get_center()
            journeys.append(Journey(one, start, end, (1.0, scale), delay))
    return journeys, used, waiting
