"""Drafts of a small model, judged by a large one; and that what comes out is the large one's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.modern_attention import CompareBars, DraftTable, RoundRows
from mlanim.subjects.modern_attention.models.speculative import Round, one_token
from mlanim.words.table import AsIs

__all__ = ["last_word", "measured", "one_round", "rounds"]

_SHOWN = 6  # words of a distribution; the others are one row


def one_round(
    scene: Explainer, text: Sequence[str], vocabulary: Sequence[str], made: Round
) -> None:
    """What the small model drafts, both probabilities, and each draft's fate."""
    room = page_room(scene)
    upper, lower = room.rows(1, 5, gap=0.2) if room.is_wide else room.rows(1, 6, gap=0.2)
    size = "title" if room.is_wide else "body"
    row = show.TokenRow(text, theme=scene.theme, size=size, width=upper.width)
    upper.place(row)
    judgements = [[d.small[d.token], d.large[d.token], d.chance, d.drawn] for d in made.drafts]
    words = [vocabulary[draft.token] for draft in made.drafts]
    table = DraftTable(words, judgements, **scene.on(lower))
    count = f"{len(words)} words" if len(words) > 1 else "a word"
    scene.turn_to(f"A small model drafts {count}", row, *table.heads[:2])
    scene.wait(0.6)
    for word, numbers in zip(table.words, table.numbers, strict=True):
        scene.play(do.appear(word, numbers[0], run_time=0.35))
    scene.wait(0.8)
    scene.play(
        scene.retitle("The large one reads all in one pass"),
        do.appear(table.heads[2], *(numbers[1] for numbers in table.numbers)),
    )
    scene.wait(2)
    scene.play(scene.retitle("A draft is kept by chance p / q"), do.appear(*table.heads[3:]))
    for i, (numbers, verdict) in enumerate(zip(table.numbers, table.verdicts, strict=True)):
        if i > made.accepted:
            scene.play(do.appear(verdict, run_time=0.3), do.dim(table.words[i], opacity=0.6))
            continue
        scene.play(do.appear(numbers[2]))
        scene.play(do.appear(numbers[3]))
        scene.play(do.appear(verdict))
        scene.wait(0.6)
    stand_whole(scene, table)
    scene.wait(1.6)


def last_word(scene: Explainer, vocabulary: Sequence[str], made: Round) -> None:
    """What the last word of the round is drawn of: what p has more than q, or p itself."""
    room = page_room(scene).inset(0.05, 0.1)
    if made.accepted < len(made.drafts):
        refused = made.drafts[made.accepted]
        columns = {"small q": refused.small, "large p": refused.large, "left over": made.source}
        heading = "Refused: drawn of what p has more"
    else:
        columns, heading = {"large p": made.source}, "All kept: one word more"
    names, shown = table_of(columns, vocabulary, first=made.last)
    roles = ["hidden", "query", "output"] if len(columns) > 1 else ["query"]
    bars = CompareBars(names, shown, roles=roles, **scene.on(room))
    most = len(bars.heads)
    scene.turn_to(
        heading, bars.names, *bars.heads[: max(1, most - 1)], *bars.columns[: max(1, most - 1)]
    )
    scene.wait(1.4)
    if most > 1:
        scene.play(do.appear(bars.heads[-1], bars.columns[-1]))
        scene.wait(0.8)
    stand_whole(scene, bars)
    word = vocabulary[made.last]
    frame = do.highlight(bars.names[0], role="output", theme=scene.theme, stays=True)
    scene.play(scene.retitle(f"The draw: “{word}”"), frame)
    scene.wait(2)


def rounds(scene: Explainer, vocabulary: Sequence[str], made: Sequence[Round], drawn: int) -> None:
    """The first rounds, and over all of them the words a pass."""
    rows = [[vocabulary[token] for token in one.tokens] for one in made[:drawn]]
    page = RoundRows(rows, **scene.on(page_room(scene)))
    scene.turn_to("Each pass adds the kept and one more", page.legend)
    for name, row in zip(page.names, page.rows, strict=True):
        scene.play(do.appear(name, *row, lag=0.15))
        scene.wait(0.5)
    stand_whole(scene, page)
    words = sum(len(one.tokens) for one in made)
    scene.play(scene.retitle(f"{len(made)} passes, {words} words: {words / len(made):.2f} a pass"))
    scene.wait(2.4)


def measured(
    scene: Explainer, vocabulary: Sequence[str], made: Round, count: int, seed: int
) -> None:
    """First words of many rounds after the same text, beside what the large model wants."""
    small, large = made.drafts[0].small, made.drafts[0].large
    tokens, kept = one_token(small, large, np.random.default_rng(seed).random((count, 3)))
    shares = np.bincount(tokens, minlength=len(large)) / count
    columns = {"large p": large, "measured": shares}
    names, shown = table_of(columns, vocabulary)
    room = page_room(scene).inset(0.05, 0.1)
    bars = CompareBars(names, shown, roles=["query", "output"], **scene.on(room))
    first = bars.heads[0], bars.columns[0]
    scene.turn_to("What the large model would draw", bars.names, *first)
    scene.wait(1.4)
    scene.play(
        scene.retitle(f"First words of {count:,} rounds: p, unchanged"),
        do.appear(bars.heads[1], bars.columns[1]),
    )
    stand_whole(scene, bars)
    scene.wait(1.8)
    scene.play(scene.retitle(f"Though {100 - 100 * kept.mean():.0f} % of drafts were refused"))
    scene.wait(2.2)


def table_of(
    columns: dict[str, NDArray], vocabulary: Sequence[str], first: int | None = None
) -> tuple[list[str], dict[str, NDArray]]:
    """Of the words that any column gives most, their weights, and the others' as one row.

    first: a word that stands in the first row.
    """
    most = np.max(list(columns.values()), axis=0)
    if first is not None:
        most[first] = 2.0
    best = np.argsort(-most, kind="stable")[:_SHOWN]
    rest = np.ones(len(most), bool)
    rest[best] = False
    names = [*(AsIs(vocabulary[i]) for i in best), f"{rest.sum()} others"]
    return names, {k: np.append(v[best], v[rest].sum()) for k, v in columns.items()}
