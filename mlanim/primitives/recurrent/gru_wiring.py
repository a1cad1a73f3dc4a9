"""How the gates of a GRU are wired: r, z, n and h′ = (1 − z) · n + z · h, as in PyTorch."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from mlanim.primitives.recurrent.circuit import NODE_RADIUS, Card, spread
from mlanim.primitives.recurrent.gate_plan import MARGIN, GatePlan

__all__ = ["CARDS", "wire_gru"]

# name: title, formula. Each gate has its own W and U.
CARDS = {
    "previous": ("state h", ""),
    "update": ("update z", "σ(W x + U h)"),
    "reset": ("reset r", "σ(W x + U h)"),
    "candidate": ("candidate n", "tanh(W x + r · U h)"),
    "state": ("new state h′", "(1 − z) · n + z · h"),
}


def wire_gru(plan: GatePlan, length: float) -> tuple[Card, Card, list[Any]]:
    """Place the cards and wire them; the first card, the last, and the parts as they are told."""
    sizes = [
        plan.first_column("previous"),
        0.0,
        *(plan.size(name) for name in ("update", "reset")),
        2 * NODE_RADIUS,
        *(plan.size(name) for name in ("candidate", "state")),
    ]
    gaps = [0.2 + MARGIN, 0.2, 0.2, 0.2, 0.2, 0.1 + 2 * MARGIN]
    (u_h, u_drop, u_z, u_r, u_rh, u_n, u_new), _ = spread(sizes, gaps, length)
    h, new = plan.put("previous", u_h, 0), plan.put("state", u_new, 0)
    z, r, n = (
        plan.put(name, u, plan.row)
        for name, u in (("update", u_z), ("reset", u_r), ("candidate", u_n))
    )
    keep, add = plan.node("×", u_z, 0), plan.node("+", u_n, 0)
    rest, take = plan.node("1 −", u_r, plan.v_node), plan.node("×", u_n, plan.v_node)
    reset = plan.node("×", u_rh, plan.row)

    rail = [
        plan.wire("hidden", plan.edge(h, 1, 0), plan.edge(keep, -1, 0)),
        plan.wire("hidden", plan.edge(keep, 1, 0), plan.edge(add, -1, 0)),
        plan.wire("hidden", plan.edge(add, 1, 0), plan.edge(new, -1, 0)),
    ]
    bus_h = [
        plan.wire(
            "hidden",
            (u_drop, 0),
            (u_drop, plan.bus_h),
            (u_rh, plan.bus_h),
            plan.edge(reset, 0, 1),
        ),
        plan.dot("hidden", u_drop, 0),
        plan.tap_gate("hidden", z, plan.bus_h),
        plan.tap_gate("hidden", r, plan.bus_h),
    ]
    bus_x = [
        *plan.input_bus(h, n),
        *(plan.tap_gate(plan.role, g, plan.bus_x) for g in (z, r)),
    ]
    from_r = [
        plan.wire("score", plan.edge(r, 1, 0), plan.edge(reset, -1, 0)),
        plan.wire("hidden", plan.edge(reset, 1, 0), plan.edge(n, -1, 0)),
    ]
    from_z = [
        plan.wire("score", plan.edge(z, 0, -1), plan.edge(keep, 0, 1)),
        plan.tap("score", (u_z, plan.v_node), plan.edge(rest, -1, 0)),
        plan.wire("score", plan.edge(rest, 1, 0), plan.edge(take, -1, 0)),
    ]
    from_n = [
        plan.wire("hidden", plan.edge(n, 0, -1), plan.edge(take, 0, 1)),
        plan.wire("hidden", plan.edge(take, 0, -1), plan.edge(add, 0, 1)),
    ]
    story = [
        VGroup(h, plan.word),
        VGroup(*bus_h, *bus_x),
        VGroup(r, z),
        VGroup(reset, *from_r),
        n,
        VGroup(keep, rail[0], rest, *from_z),
        VGroup(take, add, *from_n, rail[1]),
        VGroup(rail[2], new),
    ]
    return h, new, story
