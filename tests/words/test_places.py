"""What a text counts and quotes is a place; a template and what was found give the text again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.words.places import has_words, places_of, put_in, taken_out
from mlanim.words.table import AsIs, Words


@settings(max_examples=60)
@given(st.text(alphabet='abc h1 2.5,−"“”{}%\n', max_size=30))
def test_a_template_and_what_was_found_give_the_text(text: str) -> None:
    template, found = taken_out(text)
    assert (
        put_in(template, found) == text or "{" in text
    )  # braces of one's own may look like places


@pytest.mark.parametrize(
    ("text", "template", "found"),
    [
        ("6 words are read", "{1} words are read", ("6",)),
        ("layer 2: mean of its 4 heads", "layer {1}: mean of its {2} heads", ("2", "4")),
        ("tanh(−0.75) = ", "tanh({1}) = ", ("−0.75",)),
        ("What does “it” mean?", "What does “{1}” mean?", ("it",)),
        ("state h1 of word2vec", "state h1 of word2vec", ()),
        ("1,024 words, 28% of them", "{1} words, {2}% of them", ("1,024", "28")),
    ],
)
def test_numbers_and_quotes_are_places(text: str, template: str, found: tuple[str, ...]) -> None:
    assert taken_out(text) == (template, found)


def test_places_may_stand_in_another_order() -> None:
    words = Words({"{1} of {2} points": "von {2} Punkten {1}"})
    assert words.said("3 of 40 points") == "von 40 Punkten 3"
    assert places_of("von {2} Punkten {1}") == places_of("{1} of {2} points")


def test_what_a_table_lacks_stays_and_is_said_once() -> None:
    words = Words({"score": "Bewertung", "scroe": "Bewertung"}, "de.toml", own=["scroe", "score"])
    assert (words.said("score"), words.said("softmax")) == ("Bewertung", "softmax")
    assert words.said("softmax", "heading") == "softmax"
    missing, unknown = words.remarks(whole=True)
    assert "de.toml has no words for 1 of 2 texts" in missing and "'softmax'" in missing
    assert "'scroe' is no text of this film" in unknown
    assert list(words.remarks(whole=False)) == [missing]  # of a part nobody knows what is unknown


def test_data_and_what_was_looked_up_pass_as_they_are() -> None:
    words = Words({"the": "der", "der": "dem"})
    assert words.said(AsIs("the")) == "the"
    assert words.said(words.said("the")) == "der"
    assert not has_words("(4, 64)") and has_words("scores  4 × 64")
