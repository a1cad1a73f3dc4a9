"""How the gates of an LSTM are wired: C′ = f · C + i · g and h′ = o · tanh(C′)."""

from __future__ import annotations

from typing import Any

from manim import VGroup

from mlanim.primitives.recurrent.circuit import Card, spread
from mlanim.primitives.recurrent.gate_plan import ASIDE, MARGIN, GatePlan

__all__ = ["CARDS", "wire_lstm"]

# name: title, formula. Each gate has its own W and U.
CARDS = {
    "previous_cell": ("cell state C", ""),
    "previous": ("state h", ""),
    "forget": ("forget f", "σ(W x + U h)"),
    "input": ("input i", "σ(W x + U h)"),
    "candidate": ("candidate g", "tanh(W x + U h)"),
    "output": ("output o", "σ(W x + U h)"),
    "cell": ("new C′", "f · C + i · g"),
    "state": ("new h′", "o · tanh(C′)"),
}


def wire_lstm(plan: GatePlan, length: float) -> tuple[Card, Card, list[Any]]:
    """Place the cards and wire them; the first card, the last, and the parts as they are told."""
    gates = ("forget", "input", "candidate", "output")
    sizes = [
        plan.first_column("previous", "previous_cell"),
        *(plan.size(name) for name in gates),
        0.0,
        plan.size("cell", "state"),
    ]
    gaps = [0.12 + MARGIN, 0.17, 0.17, 0.17, 0.15, 0.15 + MARGIN]
    (u_old, u_f, u_i, u_g, u_o, u_turn, u_new), _ = spread(sizes, gaps, length)
    old, new = plan.put("previous_cell", u_old, 0), plan.put("cell", u_new, 0)
    h, out = plan.put("previous", u_old, plan.row), plan.put("state", u_new, plan.row)
    f, i, g, o = (
        plan.put(name, u, plan.row) for name, u in zip(gates, (u_f, u_i, u_g, u_o), strict=True)
    )
    keep, add = plan.node("×", u_f, 0), plan.node("+", u_g, 0)
    take, show = plan.node("×", u_g, plan.v_show), plan.node("×", u_o, plan.v_show)
    squash = plan.node("tanh", u_o, plan.v_tanh)

    rail = [
        plan.wire("hidden", plan.edge(old, 1, 0), plan.edge(keep, -1, 0)),
        plan.wire("hidden", plan.edge(keep, 1, 0), plan.edge(add, -1, 0)),
        plan.wire("hidden", plan.edge(add, 1, 0), plan.edge(new, -1, 0)),
    ]
    end = plan.edge(o, 0, 1, -ASIDE)
    bus_h = [
        plan.wire("hidden", plan.edge(h, 0, 1), (u_old, plan.bus_h), (end[0], plan.bus_h), end),
        *(plan.tap_gate("hidden", gate, plan.bus_h) for gate in (f, i, g)),
    ]
    bus_x = [
        *plan.input_bus(h, o),
        *(plan.tap_gate(plan.role, gate, plan.bus_x) for gate in (f, i, g)),
    ]
    writes = [
        plan.wire("score", plan.edge(i, 0, -1), (u_i, plan.v_show), plan.edge(take, -1, 0)),
        plan.wire("hidden", plan.edge(g, 0, -1), plan.edge(take, 0, 1)),
        plan.wire("hidden", plan.edge(take, 0, -1), plan.edge(add, 0, 1)),
    ]
    forgets = plan.wire("score", plan.edge(f, 0, -1), plan.edge(keep, 0, 1))
    shows = [
        plan.tap("hidden", (u_o, 0), plan.edge(squash, 0, -1)),
        plan.wire("hidden", plan.edge(squash, 0, 1), plan.edge(show, 0, -1)),
        plan.wire("score", plan.edge(o, 0, -1), plan.edge(show, 0, 1)),
        plan.wire(
            "hidden",
            plan.edge(show, 1, 0),
            (u_turn, plan.v_show),
            (u_turn, plan.row),
            plan.edge(out, -1, 0),
        ),
    ]
    story = [
        VGroup(old, h, plan.word),
        VGroup(*bus_h, *bus_x),
        VGroup(f, i, g, o),
        VGroup(keep, forgets, rail[0]),
        VGroup(take, add, *writes, rail[1]),
        VGroup(rail[2], new),
        VGroup(squash, show, *shows),
        out,
    ]
    return old, new, story
