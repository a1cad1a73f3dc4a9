"""How far a word has to go in a recurrent network, and what the gradient has left on arrival."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Add

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.attention_family import CurveChart, PathPage
from mlanim.subjects.attention_family.models.learned import (
    READ_LENGTHS,
    held_out_names,
    load_learned,
)
from mlanim.subjects.attention_family.models.memory_cells import run_cell
from mlanim.subjects.attention_family.models.recall_networks import HIDDEN, READERS
from mlanim.subjects.attention_family.models.recall_task import written

__all__ = ["NAMES", "accuracies", "gates", "gradient_curves", "path", "surviving", "told_sequence"]

#: What readers know the networks by.
NAMES = {"rnn": "plain RNN", "lstm": "LSTM", "gru": "GRU", "attention": "attention"}
_ROLES = {"rnn": "hidden", "lstm": "encoder", "gru": "context", "attention": "score"}
_SHOWN = (7, 11)  # words of the page with the cells: in a row, and one below the other
_MANY = 200  # sequences over which norms are averaged


def path(scene: Explainer) -> None:
    """The name goes from cell to cell to the question; attention takes one step."""
    room = page_room(scene)
    in_a_row = room.width >= 1.5 * room.height
    shown = _SHOWN[0] if in_a_row else min(_SHOWN[1], 2 * int(room.height / 1.7) + 1)
    words = told_sequence(shown)
    weights = load_learned("recall")["rnn"].weights
    states = run_cell("rnn", weights, weights["words"][words]).states[1:, 0]
    text = written(words[:, 0])
    page = PathPage(text, states, **scene.on(room))
    rnn = page.rnn
    scene.turn_to(f"“who?” is “{text[0]}”: how far is it?", rnn.tokens, rnn.cells, rnn.inputs)
    scene.play(do.appear(page.count, page.count_told))
    rest = [rnn.wires[0], rnn.outputs[0], rnn.states[0]]
    scene.play(do.appear(*rest, lag=0.1))
    for i in range(1, len(text)):
        scene.play(
            do.draw(rnn.wires[i], run_time=0.35),
            do.flow(rnn.states[i - 1], rnn.wires[i].line, shrink=0.5, run_time=0.45),
            do.after(0.3, do.appear(rnn.outputs[i], rnn.states[i], run_time=0.3)),
            page.count.animate(run_time=0.3).set_value(i),
        )
    scene.wait(1.0)
    scene.play(do.draw(page.hop, run_time=0.8), do.after(0.5, do.appear(page.hop_told)))
    scene.wait(2.4)


def told_sequence(length: int) -> np.ndarray:
    """The held-out sequence (length, 1) in which the fewest words come again."""
    words = held_out_names(length)[0]
    kinds = [len(set(column)) for column in words.T.tolist()]
    return words[:, [int(np.argmax(kinds))]]


def surviving(kind: str, length: int) -> np.ndarray:
    """Steps back from the question, and the gradient's mean norm there: (length, 2)."""
    norms = READERS[kind].gradient_norms(
        load_learned("recall")[kind].weights, held_out_names(length, _MANY)
    )
    return np.column_stack([np.arange(length), norms.mean(axis=1)[::-1]])


def gradient_curves(scene: Explainer, kinds: list[str], length: int) -> None:
    """One network's curve after the other, then attention's single value at the name."""
    curves = {NAMES[kind]: surviving(kind, length) for kind in kinds}
    told = {NAMES[kind]: _told(kind, length) for kind in kinds}
    hop = surviving("attention", length)[-1:]
    curves[NAMES["attention"]] = hop
    told[NAMES["attention"]] = _told("attention", length)
    heights = np.concatenate([points[:, 1] for points in curves.values()])
    chart = CurveChart(
        curves,
        y=(10.0 ** np.floor(np.log10(heights.min())), 10.0 ** np.ceil(np.log10(heights.max()))),
        log=True,
        roles=[_ROLES[kind] for kind in (*kinds, "attention")],
        told=told,
        names=("words back from the question", "norm of the answer's gradient"),
        **scene.on(page_room(scene)),
    )
    chart.set_stage(0)
    held = [chart.hold_back(name) for name in curves]
    for head, _ in held[:-1]:
        chart.heads.add(head)
    scene.turn_to("What backpropagation leaves of the gradient", chart)
    scene.play(do.learn(chart, stage=length - 1, run_time=5.0))
    scene.play(do.appear(*(label for _, label in held[:-1]), lag=0.2))
    scene.wait(1.4)
    rnn = curves[NAMES[kinds[0]]]
    scene.play(scene.retitle(_share(NAMES[kinds[0]], rnn)))
    scene.wait(2.0)
    scene.play(
        scene.retitle("Attention: one hop to the name"),
        do.appear(*held[-1]),
    )
    scene.wait(2.6)


def gates(scene: Explainer, length: int) -> None:
    """What the gates of the trained LSTM do at a word in the middle of a sequence."""
    words = held_out_names(length, 1)[0]
    weights = load_learned("recall")["lstm"].weights
    run = run_cell("lstm", weights, weights["words"][words])
    t = length // 2
    order = ("input", "forget", "candidate", "output")
    values = dict(zip(order, np.split(run.gates[t, 0], 4), strict=True))
    cells: Any = run.cells
    told = f"LSTM: {100 * float(values['forget'].mean()):.0f} % is kept here"
    inside = show.CellInside(
        "lstm",
        values,
        previous=run.states[t, 0],
        state=run.states[t + 1, 0],
        previous_cell=cells[t, 0],
        cell=cells[t + 1, 0],
        word=written(words[:, 0])[t],
        **scene.on(page_room(scene, told)),
    )
    scene.turn_to(told, inside.box)
    entering = do.appear(*inside.story, lag=0.3)
    scene.play(entering, do.after(entering.run_time, Add(inside)))
    scene.wait(2.6)


def accuracies(scene: Explainer) -> None:
    """The share of names that were told right while the three were trained."""
    kinds = ("rnn", "lstm", "gru")
    learned = load_learned("recall")
    at, title = READ_LENGTHS.index(30), f"The same task, {HIDDEN} numbers of memory each"
    curves = {
        NAMES[kind]: np.column_stack([learned[kind].steps, learned[kind].accuracies[:, at]])
        for kind in kinds
    }
    chart = CurveChart(
        curves,
        y=(0.0, 1.0),
        roles=[_ROLES[kind] for kind in kinds],
        names=("training steps", "names told right, after 30 words"),
        percent=True,
        **scene.on(page_room(scene, title)),
    )
    chart.set_stage(0)
    scene.turn_to(title, chart)
    scene.play(do.learn(chart, stage=chart.x[1], run_time=4.0))
    scene.wait(2.4)


def _told(kind: str, length: int) -> str:
    """A network, and how many of the names it tells right."""
    share = READERS[kind].accuracy(
        load_learned("recall")[kind].weights, held_out_names(length, _MANY)
    )
    return f"{NAMES[kind]}: {100 * share:.0f} % right"


def _share(name: str, points: np.ndarray) -> str:
    """How much of the gradient at the question arrives at the first word."""
    share = points[-1, 1] / points[0, 1]
    power = int(np.floor(np.log10(share)))
    if power >= -2:
        return f"{100 * share:.0f} % arrives at the first word"
    told = name[0].upper() + name[1:]
    return f"{told}: 1 part in {_grouped(1 / share)} arrives"


def _grouped(value: float) -> str:
    """A large number to two digits, in words where they are shorter."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if value >= size:
            return f"{float(f'{value / size:.2g}'):g} {word}"
    return f"{value:.0f}"
