"""TokenRow: words stay whole, in order, on one baseline, within the width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.primitives import Token, TokenRow
from mlanim.theme import LIGHT

WORDS = st.lists(st.sampled_from(["je", "suis", "étudiant", "grande", "a", "Ágpq"]), min_size=1)


@settings(max_examples=25, deadline=None)
@given(WORDS, st.booleans(), st.floats(2.0, 8.0))
def test_words_wrap_in_order_within_the_width(words: list[str], boxed: bool, width: float) -> None:
    row = TokenRow(words, role="encoder", boxed=boxed, width=width)
    labels = [token.label if boxed else token for token in row.tokens]
    assert [label.text for label in labels] == words
    assert row.width <= width + 1e-6
    for line in row.lines:
        heights = {round((t.label if boxed else t).baseline[1], 6) for t in line}
        assert len(heights) == 1
        for one, other in pairwise(line):
            assert other.get_left()[0] - one.get_right()[0] == pytest.approx(row.gap)
        middle = (line[0].get_left()[0] + line[-1].get_right()[0]) / 2
        assert middle == pytest.approx(row.get_center()[0], abs=0.01)
    for upper, lower in pairwise(row.lines):
        assert min(t.get_bottom()[1] for t in upper) > max(t.get_top()[1] for t in lower)


def test_boxes_of_a_row_are_level_and_hold_their_words() -> None:
    row = TokenRow(["a", "étudiant", "Ágpq"], role="decoder", boxed=True)
    assert len({round(token.box.get_top()[1], 6) for token in row.tokens}) == 1
    for token in row.tokens:
        assert isinstance(token, Token)
        assert token.label.width < token.box.width and token.label.height < token.box.height
        assert token.box.get_stroke_color().to_hex() == LIGHT.role("decoder").ink.upper()


def test_a_copy_is_a_row_of_its_own() -> None:
    row = TokenRow(["je", "suis"], role="encoder", boxed=True)
    twin = row.copy().shift([1, 0, 0])
    assert twin.tokens[0].box.get_center()[0] == pytest.approx(
        row.tokens[0].box.get_center()[0] + 1
    )


@pytest.mark.parametrize("tokens", [[], "je suis", ["je", " "]])
def test_no_words_are_refused(tokens: object) -> None:
    with pytest.raises(UsageError, match="list of one or more words"):
        TokenRow(tokens)  # type: ignore[arg-type]


def test_a_word_that_cannot_fit_is_named() -> None:
    with pytest.raises(UsageError, match=r"'réglementation' is .* units wide"):
        TokenRow(["la", "réglementation"], width=1.0)
