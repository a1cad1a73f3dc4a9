"""From "which of all words?" to "neighbours, yes or no?", and which noise words are asked about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import UP

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.subjects.words import SampleTable, WordBars
from mlanim.subjects.words.models.learned_words import LearnedWords
from mlanim.subjects.words.models.likely_neighbours import likely_neighbours
from mlanim.words.table import AsIs

__all__ = ["draw_noise", "every_word", "yes_or_no"]

_MOST_BARS = 600
_FREQUENT = 3  # words of the noise page that were not drawn


def every_word(scene: Explainer, learned: LearnedWords, word: str) -> None:
    """How likely each word of the vocabulary is, which needs a product with all of them."""
    vector = learned.run.inputs[learned.words.index(word)]
    count = len(learned.words)
    scene.turn_to(f"Which of {count:,} words is beside “{word}”?")
    style = scene.on(page_room(scene).inset(0.1, 0.4))
    if count <= _MOST_BARS:
        chances = likely_neighbours(vector, learned.run.outputs, learned.noise)
        bars = show.LogitBars(chances, scale="probabilities", **style)
    else:  # their logits, of the most frequent ones
        bars = show.LogitBars(learned.run.outputs[:_MOST_BARS] @ vector, **style)
    best = show.Label(
        AsIs(learned.words[bars.best]), theme=scene.theme, role="score", weight="bold"
    )
    best.next_to(bars.tip(bars.best), UP, buff=0.1)
    page_room(scene).keep(best)
    scene.play(do.grow(bars), do.after(1.0, do.appear(best)))
    scene.wait(1)
    scene.play(scene.retitle(f"Each answer needs {count:,} products"))
    scene.wait(2)


def draw_noise(scene: Explainer, learned: LearnedWords, drawn: Sequence[int]) -> None:
    """How often words occur, and how often they are drawn: the counts to the power 3/4."""
    rows = sorted({*range(_FREQUENT), *drawn})
    words = [learned.words[i] for i in rows]
    shares, noise = learned.counts / learned.counts.sum(), learned.noise
    limit = float(max(shares[rows].max(), noise[rows].max()))
    head, body = page_room(scene).rows(0.45, 6, gap=0.1)
    sides = body.columns(1, 1, gap=0.5) if not body.is_tall else body.rows(1, 1, gap=0.9)
    heads = head.columns(1, 1, gap=0.5)
    told = ("share of the text", "share of the noise")
    pages, names = [], []
    for i, (values, area) in enumerate(zip((shares, noise), sides, strict=True)):
        style = {"limit": limit, "decimals": 3, "role": ("hidden", "negative")[i]}
        pages.append(WordBars(words, values[rows], **style, **scene.on(area.inset(0.15, 0))))
        name = show.Label(told[i], theme=scene.theme, size="small", role="muted")
        if body.is_tall:
            name.center_on([area.left + name.width / 2, area.top + 0.28, 0])
        else:
            name.center_on([heads[i].left + name.width / 2, head.center[1], 0])
        names.append(name)
    scene.turn_to("Noise words: how often each occurs", names[0], pages[0])
    scene.wait(1.2)
    scene.play(
        scene.retitle("Drawn by counts to the power 3/4"),
        do.appear(names[1]),
        do.carry(pages[0].bars, pages[1].bars, run_time=1.0),
    )
    scene.play(do.appear(pages[1]))
    scene.wait(0.6)
    picked = [pages[1].names[rows.index(i)] for i in dict.fromkeys(drawn)]
    for name in picked:
        scene.play(do.highlight(name, role="output", theme=scene.theme, stays=True, run_time=0.5))
    scene.wait(1.6)


def yes_or_no(scene: Explainer, learned: LearnedWords, word: str, samples: Sequence[int]) -> None:
    """The true neighbour and the noise words, each with its answer."""
    targets = [1.0, *[0.0] * (len(samples) - 1)]
    table = SampleTable(
        [learned.words[i] for i in samples],
        learned.run.outputs[list(samples)],
        centre=(word, learned.run.inputs[learned.words.index(word)]),
        columns={"neighbours?": np.array(targets)},
        decimals={"neighbours?": 0},
        **scene.on(page_room(scene)),
    )
    scene.turn_to("Neighbours, yes or no?", table.centre_label, table.centre)
    scene.play(do.appear(table.labels[0], table.strips[0], table.heads[0], table.columns[0][0]))
    scene.wait(1)
    rest = [
        part
        for i in range(1, len(samples))
        for part in (table.labels[i], table.strips[i], table.columns[0][i])
    ]
    scene.play(do.appear(*rest, lag=0.12))
    scene.wait(2.2)
