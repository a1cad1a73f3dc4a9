"""What a word that was said hangs on, by two measures; and the same of all that it said."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.primitives import Area, Label
from mlanim.primitives.text import format_number
from mlanim.subjects.thoughts.acts.context_line import context_line
from mlanim.subjects.thoughts.acts.lens import shades_of
from mlanim.subjects.thoughts.models.thoughts import Thoughts
from mlanim.subjects.thoughts.primitives.layer_grid import LayerGrid
from mlanim.subjects.thoughts.primitives.shaded_text import ShadedText
from mlanim.subjects.thoughts.primitives.word_table import WordTable
from mlanim.theme import AsIs

__all__ = ["generated_ranks", "generated_saliency", "saliency"]

_COLUMN = 0.9  # units: the narrowest column of ranks


def saliency(scene: Explainer, found: Thoughts, row: int) -> None:
    """Gradient times input beside integrated gradients, of the word of a row."""
    at = found.asked_at[row]
    readers = found.readers(at)
    simple, whole, scores = found.gradient_x_input, found.integrated_gradients, found.scores
    assert simple is not None and whole is not None and scores is not None
    columns = list(readers.columns)
    nothing, given = scores[row]
    total, due = float(whole[row, columns].sum()), float(given - nothing)
    parts = f"sum {format_number(total)}"
    differs = f" (it misses {abs(total - due):.2f})" if abs(total - due) > 5e-3 else ""
    line, body = context_line(found, at, page_room(scene), scene.theme)
    table = WordTable(
        readers.names,
        {"gradient x input": simple[row, columns], "integrated gradients": whole[row, columns]},
        feet=(
            f"sum {format_number(float(simple[row, columns].sum()))}",
            f"{parts}: the logit {format_number(given)}, less {format_number(nothing)} "
            f"with the mean word everywhere{differs}",
        ),
        roles=("score", "context"),
        **scene.on(body),
    )
    scene.turn_to(f"What does “{found.drawn_said(at)}” hang on?", line, table.words)
    for place in range(2):
        scene.play(do.appear(table.column(place), run_time=0.8))
        scene.wait(2.2)
    stand_whole(scene, table)
    scene.wait(4.5)


def generated_ranks(scene: Explainer, found: Thoughts) -> None:
    """The rank of every word that it said, after each layer."""
    assert found.said_ranks is not None
    room = page_room(scene)
    note = Label(
        "the rank of each word that it said", theme=scene.theme, size="small", role="muted"
    )
    note.move_to([room.center[0], room.bottom + note.height / 2, 0])
    body = Area(room.left, room.bottom + 0.45, room.width, room.height - 0.45)
    most = max(1, int((body.width - 1.2) / _COLUMN))
    positions = [at for at in found.asked_at if found.said_ranks[:, at].all()][-most:]
    ranks = found.said_ranks[:, positions]
    grid = LayerGrid(
        [[str(rank) for rank in row] for row in ranks],
        shades_of(ranks),
        above=[AsIs(found.drawn_said(at)) for at in positions],
        below=[found.position_tokens[at] for at in positions],
        **scene.on(body),
    )
    scene.turn_to("Its own words, layer by layer", grid.frame, grid.below, note)
    rows = [grid.row(i) for i in range(len(grid.drawn))]
    scene.play(do.in_turn(*(do.appear(row, run_time=min(0.6, 5 / len(rows))) for row in rows)))
    scene.play(do.appear(grid.above))
    stand_whole(scene, grid)
    scene.wait(2)


def generated_saliency(scene: Explainer, found: Thoughts, span: int) -> None:
    """The text, shaded for one word that it said after the other, then for the last ones together.

    A word's shares are the magnitudes of its integrated gradients; they sum to 1.
    """
    whole = found.integrated_gradients
    assert whole is not None
    words = (*found.token_names, *found.decoder_names)
    shares = np.abs(whole)
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    room = page_room(scene)
    note = Label(
        "shade and mark: a word's share of all integrated gradients, as magnitudes",
        theme=scene.theme,
        size="small",
        role="muted",
        width=room.width,
    )
    note.move_to([room.center[0], room.bottom + note.height / 2, 0])
    high = note.height + 0.3
    body = Area(room.left, room.bottom + high, room.width, room.height - high)
    count = min(span, len(shares))
    limit = max(float(shares.max()), float(shares[-count:].mean(axis=0).max()))
    text = ShadedText(words, np.zeros(len(words)), limit=limit, **scene.on(body))
    said = [found.drawn_said(at) for at in found.asked_at]
    scene.turn_to(f"What “{said[0]}” hangs on", text, note)
    for row, word in enumerate(said):
        if row:
            scene.play(
                scene.retitle(f"What “{word}” hangs on"),
                text.animate(run_time=0.8).set_values(shares[row]),
            )
        else:
            scene.play(text.animate(run_time=0.8).set_values(shares[0]))
        scene.wait(min(1.2, 8 / len(said)))
    if count > 1:
        together = " ".join(word.strip("·") for word in said[-count:])
        scene.play(
            scene.retitle(f"The last {count} words together: “{together}”"),
            text.animate(run_time=0.8).set_values(shares[-count:].mean(axis=0)),
        )
    scene.wait(2.5)
