"""The nouns that make up a page: they stay in their area, and their parts are what was given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Square, VGroup

from mlanim.errors import UsageError
from mlanim.primitives import (
    Area,
    AttentionMatrix,
    AttentionTable,
    Heading,
    TensorBox,
    Translator,
    UnrolledRNN,
    VectorList,
    Wire,
    WordVector,
)
from mlanim.primitives.attention_table import fold
from mlanim.subjects.translation import (
    Alignment,
    AttentionPage,
    Bottleneck,
    DecoderStep,
    RateColumns,
    RecurrentStep,
    SentencePair,
    Transcript,
)
from mlanim.theme import LIGHT

FRAMES = ((14.22, 8.0), (8.0, 8.0), (8.0, 14.22))
BODIES = [Heading.body(Area.of_frame(*frame)) for frame in FRAMES]
WORDS = ["la", "zone", "économique", "européenne", "est", "grande"]
STATES = np.linspace(-1, 1, len(WORDS) * 16).reshape(len(WORDS), 16)
SCORES = np.array([1.0, 2.0, 3.0, 0.5, 0.0, -1.0])
WEIGHTS = np.exp(SCORES) / np.exp(SCORES).sum()


def sticks_out(mobject, area: Area) -> float:
    low, high = mobject.get_corner((-1, -1, 0)), mobject.get_corner((1, 1, 0))
    return max(area.left - low[0], area.bottom - low[1], high[0] - area.right, high[1] - area.top)


@pytest.mark.parametrize("area", BODIES, ids=("16:9", "1:1", "9:16"))
def test_pages_stay_in_their_area(area: Area) -> None:
    context = WEIGHTS @ STATES
    step = {"previous": "European", "state": STATES[0], "context": context, "word": "European"}
    page = AttentionPage(
        WORDS, STATES, SCORES, WEIGHTS, **step, probability=1.0, said=["the", "European"], area=area
    )
    assert np.allclose(page.table.context.values, context)
    nouns = [
        Translator(WORDS, ["the", "European", "Area"], STATES[0], area=area),
        RecurrentStep(STATES[0], "zone", STATES[1], STATES[2], area=area),
        Bottleneck(STATES[0], ["the", "European", "Economic", "Area"], area=area.rows(1.65, 1)[1]),
        WordVector("zone", STATES[0], area=area),
        VectorList(WORDS, STATES, area=area),
        UnrolledRNN(WORDS, STATES, area=area),
        RateColumns({"3-5": 0.7, "31-36": 0.0}, unit="words", reference=("x", 0.99), area=area),
        Alignment(WORDS, WORDS, np.tile(WEIGHTS, (6, 1)), area=area),
        page.table,
        page.table.results,
        page.step,
        page.said.words,
    ]
    for noun in nouns:
        assert sticks_out(noun, area) < 0.01, type(noun).__name__


@pytest.mark.parametrize("count", [1, 3, 6, 20])
@pytest.mark.parametrize("spoken", [0, 1])
@pytest.mark.parametrize("area", BODIES, ids=("16:9", "1:1", "9:16"))
def test_a_page_before_the_word_fills_its_area(area: Area, count: int, spoken: int) -> None:
    weights = np.linspace(1, 0, count) ** 9 / (np.linspace(1, 0, count) ** 9).sum()
    states = np.resize(STATES, (count, 16))
    page = AttentionPage(
        ["européenne"] * count, states, weights, weights, previous="<start>", state=STATES[0],
        context=weights @ states, word="the", probability=1.0, said=["the", "European"],
        spoken=spoken, area=area,
    )  # fmt: skip
    for stage in ("scores", "softmax", "sum"):
        moment = page.as_far_as(stage)
        table = moment.table
        shown = VGroup(table, table.results, moment.step)
        assert sticks_out(shown, area) < 0.01
        if table is page.table:
            assert count == 20  # rows too low for a page of its own
            continue
        assert not table.weighted or stage == "sum"
        assert shown.width > 0.8 * area.width
        assert shown.get_right()[0] > area.right - 0.14 * area.width
        assert count < 6 or shown.height > 0.84 * area.height
        below = table.tokens[0].get_top()[1], table.heads[0].get_top()[1]
        assert moment.step.get_bottom()[1] > max(below)
        if spoken:
            assert moment.said.get_top()[1] < table.get_bottom()[1] + 0.01
        assert np.array_equal(moment.step.state.values, STATES[0])
        assert moment.table.fold == page.table.fold


def test_a_bottleneck_says_when_nothing_came_out() -> None:
    assert Bottleneck([0.1], [], area=Area(0, 0, 8, 2)).words.words == ("(nothing)",)


@given(st.integers(1, 40), st.integers(2, 12))
@settings(max_examples=30, deadline=None)
def test_folding_loses_nothing(n: int, room: int) -> None:
    weights = np.random.default_rng(n).dirichlet(np.ones(n))
    folded = fold(weights, room)
    assert sorted([*folded.kept, *folded.others]) == list(range(n))
    assert len(folded.sums(weights)) <= room
    assert folded.sums(weights).sum() == pytest.approx(1)
    if folded.others:
        assert weights[list(folded.kept)].min() >= weights[list(folded.others)].max()


def test_a_folded_table_sums_up_the_rest() -> None:
    n = 30
    weights = np.full(n, 0.5 / (n - 1))
    weights[17] = 0.5
    states = np.random.default_rng(0).uniform(-1, 1, (n, 16))
    table = AttentionTable(
        [f"w{i}" for i in range(n)], states, np.zeros(n), weights, area=Area(0, 0, 7, 3)
    )
    assert 17 in table.fold.kept
    assert table.tokens[-1].text == f"{len(table.fold.others)} others"
    assert len(table.bars.bars) == len(table.scored) == len(table.scores) + 1
    assert np.allclose(table.context.values, weights @ states)


def test_a_long_alignment_tells_what_it_leaves_out() -> None:
    words = [f"mot{i}" for i in range(36)]
    page = Alignment(words, words, np.eye(36), area=BODIES[1])
    rows = len(page.matrix.weights)
    assert rows < 36
    assert page.note[0].text == f"the first {rows} of 36 words"
    assert page.pair is None


def test_the_largest_matrix_fits_and_keeps_its_rows_back() -> None:
    area = Area(1, 2, 6, 4)
    matrix = AttentionMatrix.largest(np.eye(4), WORDS[:4], WORDS[:4], area=area, revealed=1)
    assert len(matrix.rows) == 1
    assert sticks_out(matrix, area) < 0.01
    assert sticks_out(matrix.reveal_row(3), area) < 0.01
    with pytest.raises(UsageError, match="do not fit"):
        AttentionMatrix.largest(np.eye(4), WORDS[:4], WORDS[:4], area=Area(0, 0, 1, 1))


def test_sentences_that_do_not_fit_a_line_are_refused() -> None:
    area = Area(0, 0, 3, 4)
    assert not SentencePair.fits(WORDS, WORDS, area=area)
    with pytest.raises(UsageError, match="do not fit one line"):
        SentencePair(WORDS, WORDS, area=area)
    assert SentencePair.fits(WORDS[:2], WORDS[:1], area=area)


@pytest.mark.parametrize("rates", [{}, {"a": 1.2}, {"a": -0.1}])
def test_rates_are_shares(rates: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        RateColumns(rates, area=Area(0, 0, 4, 3))


def test_vectors_need_room_and_a_word_each() -> None:
    with pytest.raises(UsageError, match="one for each"):
        VectorList(WORDS, STATES[:2], area=BODIES[0])
    with pytest.raises(UsageError, match="legibly"):
        VectorList(WORDS, STATES, area=Area(0, 0, 2, 3))


def test_the_word_that_comes_out_stands_right_of_the_layer() -> None:
    for area in (Area(0, 0, 5, 5), Area(0, 0, 7.2, 1.8)):
        step = DecoderStep("the", STATES[0], STATES[1], "European", 0.97, area=area)
        assert step.word.get_left()[0] > step.feed_forward.get_right()[0]
        assert step.odds[1].text == "0.97"


def test_a_transcript_is_quiet_until_words_come() -> None:
    said = Transcript(["the", "European"], area=Area(0, 0, 5, 0.5))
    assert said.words not in said.submobjects


def test_areas_split_keep_and_surround() -> None:
    assert [a.width for a in Area(0, 0, 8, 8).split(1, 1)] == [8, 8]
    assert Area(0, 0, 9, 4).split(1, 2, gap=0)[0].width == pytest.approx(3)
    square = Square(2).shift([5, 0, 0])
    Area(-2, -2, 4, 4).keep(square)
    assert square.get_center().tolist() == [1, 0, 0]
    assert Area.around(square) == Area(0, -1, 2, 2)


def test_a_wire_between_is_level_or_plumb() -> None:
    left, right, below = Square(1), Square(1).shift([4, 0.3, 0]), Square(1).shift([0.2, -4, 0])
    level = Wire.between(left, right, through=right)
    assert level.start[1] == level.end[1] == pytest.approx(0.3)
    plumb = Wire.between(left, below)
    assert plumb.start[0] == plumb.end[0] == 0
    assert plumb.start[1] > plumb.end[1]


def test_a_strip_is_as_wide_as_asked() -> None:
    strip = TensorBox.strip(STATES[0], width=3.2, height=0.4, role="context", limit=1)
    assert strip.cells.width == pytest.approx(3.2, abs=0.05)
    assert not len(strip.numbers)


def test_words_of_vectors_are_smaller_rather_than_refused() -> None:
    narrow = VectorList(["je", "suis", "étudiant"], STATES[:3], area=Area(0, 0, 1.9, 2.2))
    assert all(token.cap_height == pytest.approx(LIGHT.sizes.small) for token in narrow.tokens)
    assert min(box.width for box in narrow.vectors) >= 0.5
