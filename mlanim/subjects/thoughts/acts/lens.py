"""The logit lens: what the model would say after each layer, and how its word climbs."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.primitives import Area, Label
from mlanim.subjects.thoughts.acts.context_line import context_line
from mlanim.subjects.thoughts.models.thoughts import Thoughts
from mlanim.subjects.thoughts.primitives.layer_grid import LayerGrid
from mlanim.subjects.thoughts.primitives.rank_chart import RankChart
from mlanim.theme import AsIs

__all__ = ["all_positions", "compare", "logit_lens", "shades_of"]

_BEST = 3  # words a layer
_PLACES = ("best", "2nd", "3rd")
_COLUMN = 1.15  # units: the narrowest column of words
_LONGEST = 7.0  # seconds that all layers take
_MOST_WORDS = 6


def logit_lens(scene: Explainer, found: Thoughts, at: int) -> None:
    """The best words after each layer at a position, and the rank of the word said there."""
    ranks = found.said_ranks
    assert ranks is not None
    word = found.drawn_said(at)
    path = found.rank_path(ranks[:, at])
    line, body = context_line(found, at, page_room(scene), scene.theme)
    room, grid = body, None
    if found.top_words is not None and found.top_probabilities is not None:
        left, room = body.split(1, 1.2, gap=0.5)
        texts = [found.top_at(layer, at)[:_BEST] for layer in range(found.layers)]
        shades = found.top_probabilities[:, at, :_BEST]
        grid = LayerGrid(texts, shades, above=_PLACES[: len(texts[0])], **scene.on(left))
    chart = RankChart({word: path}, role="output", **scene.on(room))
    start = [] if grid is None else [grid.frame, grid.above]
    scene.turn_to("What would it say after each layer?", line, *start, chart.frame())
    _layer_by_layer(scene, chart, grid)
    scene.wait(2)


def compare(scene: Explainer, found: Thoughts, at: int) -> None:
    """The ranks of the words asked for, in one chart."""
    asked, ranks = found.asked, found.asked_ranks
    assert asked is not None and ranks is not None
    known = [i for i in range(len(asked)) if ranks[:, at, i].all()]
    if not known:
        raise UsageError(
            f"no ranks of {', '.join(asked)} at the position {at + 1}", "choose another with word="
        )
    paths = {found.drawn_asked(i): ranks[:, at, i] for i in known[:_MOST_WORDS]}
    if len(known) > _MOST_WORDS:
        scene.note(f"{_MOST_WORDS} of the {len(known)} words asked for are drawn")
    line, body = context_line(found, at, page_room(scene), scene.theme)
    chart = RankChart(paths, **scene.on(body))
    scene.turn_to("Which word is ahead, layer by layer?", line, chart.frame())
    _layer_by_layer(scene, chart, None)
    scene.wait(2.5)


def all_positions(scene: Explainer, found: Thoughts, at: int) -> None:
    """The best word after each layer, at as many positions up to this one as find room."""
    room = page_room(scene)
    note, body = _note("colour: the rank of the word at the top", room, scene)
    count = max(1, int((body.width - 1.2) / _COLUMN))
    last = len(found.readers(at).names) if not found.decoder_tokens else at + 1
    columns = range(max(0, min(at - count + 1, last - count)), min(last, max(at + 1, count)))
    texts = [[found.top_at(layer, i)[0] for i in columns] for layer in range(found.layers)]
    assert found.said_ranks is not None
    grid = LayerGrid(
        texts,
        shades_of(found.said_ranks[:, columns]),
        above=[AsIs(found.drawn_ranked(i)) for i in columns],
        below=[found.position_tokens[i] for i in columns],
        **scene.on(body),
    )
    scene.turn_to("The same at every position", grid.frame, grid.below, note)
    rows = [grid.row(i) for i in range(len(grid.drawn))]
    scene.play(do.in_turn(*(do.appear(row, run_time=_pace(len(rows))) for row in rows)))
    scene.play(do.appear(grid.above))
    stand_whole(scene, grid)
    scene.wait(2.5)


def shades_of(ranks: np.ndarray) -> np.ndarray:
    """Full colour for rank 1, half of it lost with every factor of ten; none where not known."""
    known = np.maximum(ranks, 1)
    return np.where(ranks > 0, 0.5 ** np.log10(known), 0.0)


def _note(text: str, room: Area, scene: Explainer) -> tuple[Label, Area]:
    note = Label(text, theme=scene.theme, size="small", role="muted", width=room.width)
    high = note.height + 0.25
    note.move_to([room.center[0], room.bottom + note.height / 2, 0])
    return note, Area(room.left, room.bottom + high, room.width, room.height - high)


def _pace(count: int) -> float:
    return min(0.9, _LONGEST / max(1, count))


def _layer_by_layer(scene: Explainer, chart: RankChart, grid: LayerGrid | None) -> None:
    """Each layer's words and ranks together, from the first on."""
    drawn = {} if grid is None else {n: grid.row(i) for i, n in enumerate(grid.drawn)}
    for number in range(1, chart.layers + 1):
        coming = [chart.layer(number), *([drawn[number]] if number in drawn else [])]
        scene.play(do.appear(*coming, run_time=_pace(chart.layers)))
    scene.play(do.appear(chart.names))
    stand_whole(scene, chart)
    if grid is not None:
        stand_whole(scene, grid)
