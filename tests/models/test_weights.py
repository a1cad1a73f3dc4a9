"""How well the shipped models translate sentences that they never saw."""

from pathlib import Path

import pytest

import mlanim
from mlanim.subjects.translation.models.accuracy import held_out_accuracy
from mlanim.subjects.translation.models.seq2seq import load_model, translate

SAMPLE = Path(__file__).parent / "reference" / "held_out.tsv"
SENTENCES = [line.split("\t") for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


def exactly_right(cell, attention, sentences):
    model = load_model(cell, attention)
    right = [translate(model, french).translation == english for french, english in sentences]
    return sum(right) / len(right)


@pytest.mark.parametrize("attention", ["bahdanau", "luong"])
@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_with_attention_99_of_100_unseen_sentences_are_exactly_right(cell, attention):
    assert len(SENTENCES) == 300
    # Of models that are right 99 times in 100, 1 in 100 falls below this on a sample of 300.
    assert exactly_right(cell, attention, SENTENCES) >= 0.975
    measured = held_out_accuracy(cell, attention)
    assert measured["sentences"] == 3000
    assert measured["exact"] >= 0.99
    assert measured["alignment"] >= 0.99


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_without_attention_long_sentences_are_lost(cell):
    short = [pair for pair in SENTENCES if len(pair[0].split()) <= 10]
    long = [pair for pair in SENTENCES if len(pair[0].split()) > 20]
    assert exactly_right(cell, "none", short) > 0.1
    assert exactly_right(cell, "none", long) < 0.01
    by_words = list(held_out_accuracy(cell, "none")["exact_by_words"].values())
    assert by_words == sorted(by_words, reverse=True)
    assert by_words[0] > 0.6


def test_the_sample_has_sentences_of_thirty_words():
    assert max(len(french.split()) for french, _ in SENTENCES) >= 30


def test_the_six_stay_under_a_megabyte_and_the_transformers_under_two():
    sizes = {
        path.stem: path.stat().st_size
        for path in Path(mlanim.__file__).parent.rglob("weights/*.npz")
    }
    recurrent = [name for name in sizes if name.split("-")[0] in ("gru", "lstm")]
    assert len(recurrent) == 6
    assert sum(sizes.pop(name) for name in recurrent) < 1_000_000
    assert {"transformer", "masked-model", "language-model", "elmo"} <= set(sizes)
    assert sum(sizes.values()) < 2_000_000
