"""Verbs of whole pages: what was promised is on the screen afterwards, what travelled is not."""

from __future__ import annotations

import numpy as np
import pytest
from manim import Square, VGroup

from mlanim.errors import UsageError
from mlanim.motion import add_up, appear, become_values, emerge, highlight, pour, rearrange, weigh
from mlanim.primitives import Heading, TensorBox, TokenRow, UnrolledRNN
from mlanim.primitives.area import Area
from mlanim.subjects.translation import (
    AttentionPage,
    clear,
    cross,
    feed_back,
    join,
    make_room,
    speak,
    take_in,
    write_down,
)

WORDS = ["je", "suis", "étudiant"]
STATES = np.linspace(-1, 1, 12).reshape(3, 4)


def page(weights=(0.7, 0.2, 0.1), word="I", area=None, spoken=0):
    weights = np.array(weights)
    return AttentionPage(
        WORDS, STATES, np.log(weights), weights, previous="<start>", state=STATES[0],
        context=weights @ STATES, word=word, probability=0.9, said=["I", "am"], spoken=spoken,
        area=area or Heading.body(Area.of_frame(14.22, 8)),
    )  # fmt: skip


def here(stage, mobject):
    return mobject in stage.get_mobject_family_members()


def drawn(mobjects):
    return {id(part) for mobject in mobjects for part in mobject.family_members_with_points()}


def test_pour_leaves_the_words_and_nothing_else(stage):
    words, box = TokenRow(WORDS), Square().shift([3, 0, 0])
    stage.add(words, box)
    stage.play(pour(words.tokens, box))
    assert stage.mobjects == [words, box]


def test_emerge_brings_the_words_to_their_places(stage):
    words, box = TokenRow(WORDS), Square().shift([3, 0, 0])
    places = [token.get_center() for token in words.tokens]
    stage.play(emerge(words.tokens, box, run_time=0.6))
    assert all(here(stage, token) for token in words.tokens)
    assert np.allclose([token.get_center() for token in words.tokens], places)
    with pytest.raises(UsageError, match="nothing"):
        emerge([], box)


def test_values_become_others(stage):
    boxes = [TensorBox(row, limit=1) for row in STATES]
    stage.add(*boxes)
    stage.play(become_values(boxes, -STATES, run_time=0.4))
    assert np.array_equal([box.values for box in boxes], -STATES)


def test_rearranging_leaves_the_new_drawing_alone(stage):
    old, new = (UnrolledRNN(WORDS, STATES, width=width) for width in (4, 10))
    stage.add(old)
    stage.play(rearrange(old, new))
    assert stage.mobjects == [new]


def test_weighing_and_adding_up_end_with_the_context(stage):
    table = page().table
    context = np.array(table.context.values)
    stage.add(table)
    stage.play(weigh(table.states, table.weighted))
    assert all(here(stage, strip) for strip in table.weighted)
    looks = []

    def look(dt):
        above = max(m.z_index for m in stage.mobjects if m is not table.context)
        looks.append((table.context.z_index - above, above, np.array(table.context.values)))

    stage.add_updater(look)
    stage.play(add_up(table.weighted, table.context))
    assert np.array_equal(table.context.values, context)
    assert any(above > 0 for _, above, _ in looks)  # copies were on their way
    assert all(higher > 0 for higher, above, _ in looks if above > 0)
    assert table.context.z_index == 0
    for partial in np.cumsum([strip.values for strip in table.weighted], axis=0)[:-1]:
        assert any(np.allclose(values, partial) for *_, values in looks)
    assert here(stage, table.context)


def test_states_cross_to_the_table(stage):
    encoder, table = UnrolledRNN(WORDS, STATES), page().table
    stage.add(encoder)
    stage.play(cross(encoder, table))
    assert stage.mobjects == [table]


def test_a_word_is_made_and_goes_in_again(stage):
    first, second = page(), page(word="am", spoken=1).as_far_as("scores")
    stage.add(first.table, first.table.results)
    stage.play(take_in(first.step.reading))
    assert here(stage, first.step.state) and here(stage, first.step.state_name)
    stage.play(join(first.table.context, first.step))
    stage.play(speak(first.step))
    stage.play(write_down(first.step.word, first.said, 0))
    assert here(stage, first.step.word) and here(stage, first.said.words.tokens[0])
    stage.play(feed_back(first.step, second.step), clear(first, second))
    assert here(stage, second.step.previous) and here(stage, second.table)
    assert not here(stage, first.step.word) and not here(stage, first.table.context)
    assert here(stage, second.said.words.tokens[0])
    assert not here(stage, first.said.words.tokens[0])


def test_a_page_makes_room_for_the_next_column(stage):
    """All that was computed goes on; only the whole page's drawing of it is left at the end."""
    whole = page(spoken=1)
    before, following = whole.as_far_as("scores"), whole.as_far_as("softmax")
    stage.add(before.table, before.table.results, before.step, before.said.name)
    stage.add(before.said.words.tokens[0])
    stage.play(make_room(before, following))
    table = following.table
    wanted = [table, table.heads[1], *table.scores, following.step, following.said.name]
    wanted.append(following.said.words.tokens[0])
    assert drawn(stage.mobjects) == drawn(wanted)
    stage.add(table.results)
    stage.play(make_room(following, whole.as_far_as("sum")))
    assert np.array_equal(whole.as_far_as("sum").table.bars.weights, table.bars.weights)
    assert not here(stage, table) and not here(stage, table.bars)


def test_a_table_that_folds_other_rows_gives_way(stage):
    small = Area(0, 0, 13, 1.55)
    first, second = (page(w, area=small) for w in ((0.7, 0.2, 0.1), (0.1, 0.2, 0.7)))
    following = second.as_far_as("scores")
    assert first.table.fold != following.table.fold
    stage.add(first.table)
    stage.play(clear(first, following))
    assert stage.mobjects == [following.table]


def test_a_highlight_that_stays(stage):
    squares = VGroup(Square(), Square().shift([3, 0, 0]))
    stage.play(appear(squares))
    stage.play(highlight(squares))
    assert stage.mobjects == [squares]
    stage.play(highlight(squares, stays=True))
    assert len(stage.mobjects) == 2


def framed(stage, *mobjects):
    """Boxes of the frames that a highlight leaves: left, right, bottom, top."""
    before = list(stage.mobjects)
    stage.play(highlight(*mobjects, stays=True))
    frames = [m for m in stage.mobjects if m not in before]
    return sorted(
        (f.get_left()[0], f.get_right()[0], f.get_bottom()[1], f.get_top()[1]) for f in frames
    )


def test_a_frame_holds_nothing_that_lies_between(stage):
    row = VGroup(*(Square(1).shift([i, 0, 0]) for i in range(4)))
    stage.add(row)
    for chosen in ([row[0], row[2]], [VGroup(row[0], row[2])], [VGroup(VGroup(row[0]), row[2])]):
        boxes = framed(stage, *chosen)
        assert len(boxes) == 2
        middle = row[1].get_center()
        assert not any(left < middle[0] < right for left, right, _, _ in boxes)
    assert len(framed(stage, VGroup(*row[:2], row[3]))) == 2
    assert len(framed(stage, row)) == 1
