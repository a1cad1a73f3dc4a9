"""Tokens are routed to a few experts each; then the load of all, with and without its loss."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.modern_attention import CompareBars, ExpertPage
from mlanim.subjects.modern_attention.models.experts import Routed

__all__ = ["load", "routing"]


def routing(scene: Explainer, words: Sequence[str], made: Routed, top_k: int) -> None:
    """The router's shares, the best k of them, and each token on its way to these."""
    count = made.gates.shape[1]
    page = ExpertPage(words, made.shares, made.gates, **scene.on(page_room(scene)))
    scene.turn_to("A router weighs the experts", page.shares)
    scene.wait(1.6)
    best = "best one stays" if top_k == 1 else f"best {top_k} of {count} stay"
    scene.play(scene.retitle(f"The {best}, weighed anew"))
    scene.play(page.shares.animate(run_time=1.4).set_values(made.gates))
    scene.wait(1)
    scene.play(
        scene.retitle("Each word goes to its experts"), do.appear(page.boxes), do.appear(page.names)
    )
    for t in range(len(words)):
        arrivals = [page.arrival(t, e) for of, e in page.sent if of == t]
        start = page.shares.row_labels[t]
        scene.play(
            *(do.flow(start, label, bend=0.1, run_time=0.6) for label in arrivals),
            do.after(0.5, do.appear(*arrivals, run_time=0.3)),
        )
    scene.wait(2.4)


def load(scene: Explainer, balanced: Routed, unbalanced: Routed) -> None:
    """Which share of a text's places each expert has, in both trainings."""
    room = page_room(scene)
    body, low = room.rows(6, 0.6, gap=0.2)
    names = [f"expert {i + 1}" for i in range(balanced.gates.shape[1])]
    columns = {"without its loss": unbalanced.load, "with its loss": balanced.load}
    bars = CompareBars(names, columns, decimals=3, **scene.on(body))
    told = show.Label(
        f"share of {len(balanced.gates):,} unseen words' places",
        theme=scene.theme,
        role="muted",
        width=low.width,
    )
    low.place(told, DOWN)
    scene.turn_to("The load of each expert", bars.names, told, bars.heads[0], bars.columns[0])
    scene.wait(1.4)
    scene.play(
        scene.retitle("A loss of its own evens the load"),
        do.appear(bars.heads[1], bars.columns[1]),
    )
    stand_whole(scene, bars)
    scene.wait(2.4)
