"""A digit drawn by hand goes through a small network, in float32 and in int8."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from manim import Group

from mlanim import motion as do
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.models.softmax import softmax
from mlanim.primitives import Area, HeatImage, TensorBox, Wire, format_number
from mlanim.primitives.text import Label
from mlanim.subjects.systems.models.digit_network import digits, load_digit_network, shrunk
from mlanim.subjects.systems.models.drawn_digit import STROKES, Prepared, prepare, rastered
from mlanim.subjects.systems.models.eight_bits import Quantised
from mlanim.subjects.systems.primitives.digit_lane import DigitLane
from mlanim.subjects.systems.primitives.pen_page import PenPage
from mlanim.subjects.systems.primitives.plain_table import PlainTable
from mlanim.words.table import AsIs

__all__ = ["on_device"]

_ROLES = ("encoder", "decoder")  # of float32 and of int8


def on_device(scene: Explainer) -> None:
    """The whole step, from the pen's strokes to what eight bits cost and save."""
    body = page_room(scene)
    drawn = prepare(rastered(STROKES))
    _read_page(scene, drawn, body)
    _weights(scene, load_digit_network().first, shrunk().first, body)
    _both_lanes(scene, drawn, body)
    _costs(scene, drawn, body)


def _read_page(scene: Explainer, drawn: Prepared, body: Area) -> None:
    """From the camera's picture to 64 numbers."""
    theme = scene.theme
    if body.width > 9:
        rooms = list(body.columns(1, 1, 1, gap=0.8))
    elif body.is_tall:
        rooms = list(body.rows(1, 1, 1, gap=0.6))
    else:  # around a corner
        upper, lower = body.rows(1, 1, gap=0.5)
        rooms = [*upper.columns(1, 1, gap=0.8), lower.columns(1, 1, gap=0.8)[1]]
    told = ("96 × 96 pixels", "cut out, 32 × 32 bits", "8 × 8 counts, 0 to 16")
    side = min(min(room.width, room.height - 2.4 * theme.sizes.body) - 0.1 for room in rooms)
    picture: dict[str, Any] = {"role": "context", "theme": theme}
    table: dict[str, Any] = {"cell": side / 8, "shape_label": False, **picture}
    pen = PenPage(STROKES, side=side, **picture)
    shown: dict[str, Any] = {"width": side, "height": side, "scale": "weight", "means": "pixel"}
    bitmap = HeatImage(drawn.bitmap, **shown, **picture)
    things = [pen, bitmap, TensorBox(drawn.counts, decimals=0, limit=16, **table)]
    names = []
    for thing, room, text in zip(things, rooms, told, strict=True):
        thing.move_to([room.center[0], room.center[1] + 1.2 * theme.sizes.body, 0])
        label = Label(text, theme=theme, width=room.width, align="center")
        label.center_on([room.center[0], thing.get_bottom()[1] - 1.6 * theme.sizes.body, 0])
        names.append(label)
    wires = []
    for (one, name), (other, _) in pairwise(zip(things, names, strict=True)):
        beside = other.get_left()[0] > one.get_right()[0]
        start = one if beside else Group(one, name)
        wires.append(Wire.between(start, other, through=one, theme=theme))
    scene.turn_to("A digit, drawn by hand", pen, names[0])
    scene.play(do.learn(pen, stage=1, run_time=2.2))
    scene.wait(1)
    for i, title in ((1, "Scaled as the training digits were"), (2, "Inked bits in each 4 × 4")):
        scene.play(
            scene.retitle(title),
            do.draw(wires[i - 1]),
            do.after(0.4, do.appear(things[i], names[i], start=things[i - 1], scale=0.7)),
        )
        scene.wait(2.4)
    after = Label("64 numbers, 0 to 1", theme=theme, width=rooms[2].width, align="center")
    after.center_on(names[2].get_center())
    normal = TensorBox(drawn.inputs.reshape(8, 8), decimals=1, limit=1.0, **table)
    normal.move_to(things[2])
    scene.play(
        scene.retitle("Divided by 16"),
        do.vanish(things[2], names[2]),
        do.after(0.2, do.appear(normal, after)),
    )
    scene.wait(2.2)


def _weights(scene: Explainer, weights: np.ndarray, whole: Quantised, body: Area) -> None:
    """Some weights of the first layer, from the least to the greatest, in eight bits."""
    order = np.argsort(weights.ravel())
    chosen = order[np.linspace(0, len(order) - 1, 6).astype(int)]
    given, kept = weights.ravel()[chosen], whole.whole.ravel()[chosen]
    back = whole.real.ravel()[chosen]
    rows = [
        [
            format_number(w, 4),
            format_number(w / whole.range.scale + whole.range.zero, 2),
            format_number(int(q), 0),
            format_number(r, 4),
            format_number(r - w, 4),
        ]
        for w, q, r in zip(given.tolist(), kept.tolist(), back.tolist(), strict=True)
    ]
    heads = ["weight w", "w ÷ S + Z", AsIs("int8 q"), "S × (q − Z)", "off by"]
    room, strip = body.rows(body.height - 1.1, 1.0, gap=0.1)
    table = PlainTable(
        heads, rows, roles=[_ROLES[0], None, _ROLES[1], None, "score"], **scene.on(room)
    )
    scale, zero = whole.range.scale, whole.range.zero
    told = Label(
        f"one scale and one zero point for the tensor: S = {scale:.5f}, Z = {zero}",
        theme=scene.theme,
        size=1.15 * scene.theme.sizes.body,
        width=strip.width,
        align="center",
    ).center_on(strip.center)
    scene.turn_to("A weight in eight bits", table.heads, told)
    scene.play(do.appear(*table.rows, lag=0.35))
    scene.wait(4)


def _both_lanes(scene: Explainer, drawn: Prepared, body: Area) -> None:
    """The same digit through both networks."""
    network, small = load_digit_network(), shrunk()
    whole = small.inputs.whole(drawn.inputs)
    lanes = []
    limits = float(np.abs(network.first).max()), float(np.abs(network.second).max())
    rooms = body.rows(1, 1, gap=0.35)
    middle = network.hidden(drawn.inputs), small.hidden(whole)
    for i, (inputs, first, hidden, second, logits) in enumerate(
        (
            (drawn.inputs, network.first, middle[0], network.second, network.logits(drawn.inputs)),
            (
                small.inputs.real(whole),
                small.first.real,
                small.middle.real(middle[1]),
                small.second.real,
                small.logits(drawn.inputs),
            ),
        )
    ):
        chances = softmax(np.asarray(logits, float))
        best = int(np.argmax(chances))
        kind = ("float32", "int8")[i]
        sizes = ("64 inputs", f"64 × 32 weights, {kind}") if body.width > 9 else ("64", "64 × 32")
        told = (*sizes, "32", "32 × 10", f"{best}: {100 * chances[best]:.1f} %")
        lanes.append(
            DigitLane(
                inputs.reshape(8, 8),
                first,
                hidden,
                second,
                chances,
                name=("float32: 4 bytes a weight", "int8: 1 byte a weight, whole numbers alone")[i],
                told=told,
                role=_ROLES[i],
                limits=limits,
                **scene.on(rooms[i]),
            )
        )
    scene.turn_to("The same digit through both", *(lane.title for lane in lanes))
    for k in range(5):
        arriving = []
        for lane in lanes:
            if k:
                arriving += [do.draw(lane.wires[k - 1])]
            arriving += [do.after(0.3 if k else 0.0, do.appear(lane.parts[k], lane.notes[k]))]
        scene.play(*arriving)
        scene.wait(0.7)
    scene.wait(2.5)


def _costs(scene: Explainer, drawn: Prepared, body: Area) -> None:
    """Bytes, multiplications, accuracy and differences, all counted."""
    network, small = load_digit_network(), shrunk()
    held, labels = digits()["held_out_inputs"], digits()["held_out_labels"]
    logits = network.logits(held), small.logits(held)
    answers = [array.argmax(axis=1) for array in logits]
    right = [int((found == labels).sum()) for found in answers]
    count = len(labels)
    ours = network.logits(drawn.inputs), small.logits(drawn.inputs)
    best = int(ours[0].argmax())
    rows = [
        ["bytes", f"{network.cost.bytes:,}", f"{small.cost.bytes:,}"],
        ["multiplications by a weight", *(f"{n.cost.products:,}" for n in (network, small))],
        ["and to change scales", *(f"{n.cost.rescalings:,}" for n in (network, small))],
        ["bits of a weight", *(str(8 * n.itemsize) for n in (network.first, small.first.whole))],
        ["held-out digits right", *(f"{100 * n / count:.1f} %" for n in right)],
        [f"the drawn digit's logit of {best}", *(format_number(x[best], 2) for x in ours)],
    ]
    below = 0.8 if body.width > 9 else 1.3
    room, strip = body.rows(body.height - below - 0.3, below, gap=0.3)
    table = PlainTable(
        ["", AsIs("float32"), AsIs("int8")], rows, roles=[None, *_ROLES], **scene.on(room)
    )
    same = int((answers[0] == answers[1]).sum())
    furthest = float(np.abs(logits[0] - logits[1]).max())
    told = Label(
        f"the same answer for {same} of {count} held-out digits; "
        f"no logit is off by more than {furthest:.2f}",
        theme=scene.theme,
        size=1.15 * scene.theme.sizes.body,
        width=strip.width,
        align="center",
    ).center_on(strip.center)
    scene.turn_to("What eight bits save, and what they cost", table.heads)
    scene.play(do.appear(*table.rows, lag=0.4))
    scene.wait(2)
    scene.play(do.appear(told))
    scene.wait(5.2)
