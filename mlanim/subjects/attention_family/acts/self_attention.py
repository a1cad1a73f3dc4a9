"""Self-attention without a parameter: the vectors, one word's look, and all words' at once."""

from __future__ import annotations

from mlanim import motion as do
from mlanim import primitives as show
from mlanim.acts.page_room import page_room
from mlanim.explainer import Explainer
from mlanim.motion.table_room import table_room
from mlanim.primitives.attention_table import AttentionTable
from mlanim.subjects.attention_family.models.bare_attention import (
    SENTENCE,
    TRAITS,
    VECTORS,
    bare_attention,
)

__all__ = ["every_word", "one_word", "stated_vectors"]

_LIMIT = 1.5


def stated_vectors(scene: Explainer) -> None:
    """The sentence, and four stated numbers a word."""
    body = page_room(scene)
    table = show.TensorBox(
        VECTORS,
        theme=scene.theme,
        cell=min(2.2, (body.width - 1.6) / len(TRAITS)),
        cell_height=min(1.3, (body.height - 0.6) / len(SENTENCE)),
        limit=_LIMIT,
        row_labels=SENTENCE,
        column_labels=[scene.theme.words.said(trait) for trait in TRAITS],
        numbers=True,
        decimals=1,
        shape_label=False,
    )
    scene.turn_to("Words as stated vectors", body.place(table))
    scene.wait(2.2)


def one_word(scene: Explainer, word: str) -> None:
    """A word's dot products, their softmax, and the sum of all vectors with these weights."""
    made, asking = bare_attention(VECTORS), SENTENCE.index(word)
    table = AttentionTable(
        SENTENCE,
        VECTORS,
        made.scores[asking],
        made.weights[asking],
        limit=_LIMIT,
        heads=("vectors", "scores", "softmax", "weight × vector"),
        **scene.on(page_room(scene)),
    )
    room = page_room(scene)
    first, second = (table.as_far_as(stage, room) for stage in ("scores", "softmax"))
    scene.turn_to(f"“{word}” asks: dot products", first)
    scene.play(do.highlight(first.tokens[asking], theme=scene.theme))
    asked = first.states[first.fold.kept.index(asking)]
    scene.play(do.appear(first.heads[1]), do.score(first.states, asked, first.scores))
    scene.wait(1.0)
    scene.play(scene.retitle("Softmax: weights that sum to 1"), table_room(first, second))
    scene.play(do.appear(second.heads[2]), do.softmax(second.scored, second.bars))
    scene.wait(1.2)
    scene.play(scene.retitle(f"Their sum is the new “{word}”"), table_room(second, table))
    scene.play(do.appear(table.heads[3], *table.weighted, lag=0.12))
    scene.wait(0.4)
    scene.play(do.carry(table.weighted, table.context), do.after(0.5, do.appear(table.context)))
    scene.play(do.appear(table.sum_sign))
    scene.wait(2.2)


def every_word(scene: Explainer) -> None:
    """The weights of all words, and what comes out: a matrix product and no parameter."""
    made = bare_attention(VECTORS)
    room = page_room(scene)
    together = room.width >= 1.5 * room.height or room.height >= 1.3 * room.width
    left = right = room  # in a square one after the other
    if together:
        cut = room.columns if room.width > room.height else room.rows
        left, right = cut(1.35, 1, gap=0.5)
    matrix = show.AttentionMatrix.largest(
        made.weights, SENTENCE, SENTENCE, area=left, theme=scene.theme, largest_cell=0.95
    )
    table = show.TensorBox(
        made.outputs,
        role="context",
        theme=scene.theme,
        cell=min(1.0, (right.width - 1.1) / len(TRAITS)),
        cell_height=min(0.75, (right.height - 0.8) / len(SENTENCE)),
        limit=_LIMIT,
        row_labels=SENTENCE,
        column_labels=[scene.theme.words.said(trait) for trait in TRAITS],
        numbers=True,
        decimals=2,
        shape_label=False,
    )
    right.place(table)
    scene.turn_to("All words at once, no parameter", matrix)
    scene.wait(1.8)
    if together:
        scene.play(do.appear(table))
    else:
        scene.turn_to("What comes out: their sums", table)
    scene.wait(2.4)
