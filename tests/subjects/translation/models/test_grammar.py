"""The grammar that the models were trained on."""

import doctest
import random
from importlib import import_module
from pathlib import Path

import pytest

from mlanim.models.tokens import detokenise, tokenise
from mlanim.subjects.translation.models.seq2seq import LONGEST, load_model

ROOT = Path(__file__).parents[4]


@pytest.fixture(scope="module")
def grammar():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)  # as for `python -m training.translation.train_translation`
        yield import_module("training.grammar")


@pytest.fixture(scope="module")
def sentences(grammar):
    return grammar.sentences(0, 2000, held_out=False)


def test_examples(grammar):
    assert doctest.testmod(grammar).failed == 0


def test_every_english_word_comes_from_a_french_one(sentences):
    for sentence in sentences:
        assert len(sentence.alignment) == len(sentence.target)
        assert set(sentence.alignment) <= set(range(len(sentence.source)))


def test_the_models_know_exactly_the_words_of_the_grammar(grammar):
    french, english = grammar.vocabulary()
    assert list(load_model().source_words) == french
    assert set(load_model().target_words) == {"<start>", "<end>", *english}


def test_sentences_survive_the_tokeniser(sentences):
    for sentence in sentences:
        assert tokenise(detokenise(sentence.source)) == tuple(sentence.source)


def test_lengths_reach_as_far_as_translation_allows(grammar, sentences):
    lengths = {len(sentence.source) for sentence in sentences}
    assert lengths == set(range(3, LONGEST + 1))
    assert grammar.LONGEST == LONGEST


def test_both_sides_of_the_split_are_apart_and_the_same_every_time(grammar, sentences):
    held = grammar.sentences(0, 300, held_out=True)
    assert not {tuple(s.source) for s in held} & {tuple(s.source) for s in sentences}
    assert held == grammar.sentences(0, 300, held_out=True)


def test_the_economic_area_turns_round(sentences):
    found = [s for s in sentences if s.source[:4] == ["la", "zone", "économique", "européenne"]]
    assert found
    for sentence in found:
        assert sentence.target[:4] == ["the", "European", "Economic", "Area"]
        assert sentence.alignment[:4] == [0, 3, 2, 1]


def test_articles_and_adjectives_agree_with_their_noun(grammar):
    out = grammar.Sentence()
    random_numbers = random.Random(3)
    for _ in range(300):
        grammar.noun_phrase(random_numbers, out, grammar.ANYTHING)
    text = f" {detokenise(out.source)} "
    for wrong in (
        " le maison",
        " la chat",
        " les maison ",
        " un école",
        " le école",
        " chat noire ",
    ):
        assert wrong not in text
    assert " maison noire " in text
    assert " l'école " in text


def test_je_suis_étudiant_is_a_sentence_of_the_training(grammar):
    random_numbers = random.Random(0)
    short = [grammar.random_sentence(random_numbers, grammar.SHORTEST) for _ in range(3000)]
    found = [sentence for sentence in short if sentence.source == ["je", "suis", "étudiant"]]
    assert found
    assert found[0].target == ["I", "am", "a", "student"]
    assert not found[0].held_out
