"""send, change, refuse, count: what happens to a packet in a pipeline."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlanim.errors import UsageError
from mlanim.motion.after import after
from mlanim.motion.appear import appear, vanish
from mlanim.motion.carry import carry
from mlanim.motion.flow import Flow
from mlanim.motion.pulse import pulse
from mlanim.motion.timeline import Timeline, together
from mlanim.primitives.pipeline.packet import Packet
from mlanim.primitives.pipeline.pipeline import Pipeline
from mlanim.primitives.pipeline.pipeline_box import PipelineBox

__all__ = ["change", "count", "refuse", "send"]

_NEAR = 1.2  # units of wire that are gone in the shortest time
_SPEED = 4.0  # units a second


def change(
    pipeline: Pipeline, box: str, value: Any, *, role: str = "hidden", folded: bool = False
) -> Timeline:
    """What a box holds becomes `value`: it makes, or turns one thing into another.

    value, folded: as for `Packet`. The new packet is `pipeline.box(box).held` from now on.

    >>> from mlanim.primitives.area import Area
    >>> page = Pipeline(["a", "b"], [("a", "b")], area=Area(0, 0, 12, 4))
    >>> change(page, "a", "word").run_time, page.box("a").held.value
    (0.75, 'word')
    """
    at = pipeline.box(box)
    made = at.packet(value, role, folded=folded)
    return together(pulse(at.shape, scale=1.05), _replaced(at, made, 0.3))


def send(
    pipeline: Pipeline,
    start: str,
    end: str,
    *,
    count_as: str | None = None,
    stays: bool = True,
    folded: bool = False,
) -> Timeline:
    """What a box holds goes along the wire to another box and is held there.

    count_as: which of the start's counts grows by one as it leaves: a gate's "passed" or "refused".
    stays: whether the start keeps showing it. folded: whether a text arrives as a sheet, where it
    will be something else before it can be read.

    Raises UsageError where there is no such wire, and where the start holds nothing.
    """
    wire, at, to = pipeline.wire(start, end), pipeline.box(start), pipeline.box(end)
    if at.held is None:
        raise UsageError(f"{start} holds no packet to send", "change(...) puts one in")
    sent = at.held
    arrived = to.packet(sent.value, sent.role, folded=folded)
    seconds = float(np.clip(wire.line.get_arc_length() / _SPEED, _NEAR / _SPEED, 2.2)) + 0.5
    moves: list[Any] = [Flow(sent.on_its_way, wire.line, run_time=seconds)]
    if count_as is not None:
        moves.append(count(pipeline, start, count_as))
    if not stays:
        moves.append(vanish(sent, run_time=0.3))
        at.held = None
    moves.append(after(seconds - 0.25, _replaced(to, arrived, 0.0)))
    if "count" in to.counts:
        moves.append(after(seconds - 0.2, count(pipeline, end, "count")))
    return together(*moves)


def refuse(pipeline: Pipeline, gate: str) -> Timeline:
    """A gate refuses what it holds: it is counted, and gone.

    Raises UsageError where it holds nothing or is no gate.
    """
    at = pipeline.box(gate)
    if at.held is None or "refused" not in at.counts:
        what = f"{gate} holds nothing to refuse" if at.held is None else f"{gate} is no gate"
        raise UsageError(what, "a gate refuses what was sent to it")
    held, at.held = at.held, None
    gone = carry(held.card, at.counts["refused"], upright=True, run_time=0.7)
    return together(gone, vanish(held, run_time=0.35), after(0.5, count(pipeline, gate, "refused")))


def count(pipeline: Pipeline, box: str, name: str = "count", by: int = 1) -> Any:
    """A count of a box grows.

    Raises UsageError where the box has no count of that name.
    """
    at = pipeline.box(box)
    if name not in at.counts:
        known = ", ".join(at.counts) or "it counts nothing"
        raise UsageError(f"{box} has no count {name!r}", known)
    number = at.counts[name]
    told = getattr(number, "counted", 0) + by
    number.counted = told
    return number.animate(run_time=0.4).set_value(told)


def _replaced(at: PipelineBox, made: Packet, delay: float) -> Timeline:
    """A new packet in the tray, in place of the old one."""
    old, at.held = at.held, made
    if "count" in at.counts:  # it shows how many there were; none of them is drawn
        return together()
    leaving = [vanish(old, run_time=0.25)] if old is not None else []
    return together(*leaving, after(delay, appear(made, scale=0.7, run_time=0.45)))
