"""A reader's own text: read, learned, kept; and refused in one line where it is none."""

from __future__ import annotations

import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.subjects.words.models import learned_words
from mlanim.subjects.words.models.corpus_text import corpus_of, read_corpus, sentences_in
from mlanim.subjects.words.models.learned_words import learn_corpus
from mlanim.subjects.words.models.skip_gram_training import SkipGramSettings
from mlanim.subjects.words.models.small_world import sentences


@pytest.fixture
def tale(tmp_path):
    path = tmp_path / "tale.txt"
    text = ". ".join(" ".join(sentence) for sentence in sentences(300, seed=5))
    path.write_text("\ufeff" + text, encoding="utf-8")
    return path


def test_words_are_counted_and_sentences_kept_apart(tale):
    corpus = read_corpus(tale)
    due = list(sentences(300, seed=5))
    back = [[corpus.words[i] for i in text] for text in corpus.sentences]
    kept = set(corpus.words)
    assert back == [[w for w in sentence if w in kept] for sentence in due]
    assert corpus.counts.tolist() == sorted(corpus.counts.tolist(), reverse=True)
    assert corpus.length == corpus.counts.sum()


def test_words_of_many_scripts():
    text = "Größe naïve д'Артаньян. 東京 is here! Don’t stop?"
    assert list(sentences_in(text)) == [
        ["größe", "naïve", "д'артаньян"],
        ["東京", "is", "here"],
        ["don't", "stop"],
    ]


def test_it_is_learned_once_and_then_kept(tale, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings = SkipGramSettings(dimensions=8, epochs=2)
    told = []
    first = learn_corpus(tale, settings, lambda done, total: told.append((done, total)))
    assert told and told[-1][0] == told[-1][1]
    monkeypatch.setattr(learned_words, "train_skip_gram", None)  # would fail if called
    again = learn_corpus(tale, settings)
    assert again.words == first.words
    assert np.allclose(again.run.inputs, first.run.inputs)
    assert again.example == first.example and again.settings == first.settings
    with pytest.raises(TypeError):  # another setting is another training
        learn_corpus(tale, SkipGramSettings(dimensions=9, epochs=2))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has 0 words"),
        (b"too little text", "has 3 words"),
        ("first\nmüde".encode("latin-1"), "line 2: byte 0xfc is not UTF-8"),
        (b"a\0b" * 500, "is no text"),
        (bytes(range(256)), "is not UTF-8"),
    ],
)
def test_what_is_no_text_is_one_line(tmp_path, content, told):
    path = tmp_path / "it.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError) as error:
        read_corpus(path)
    assert told in str(error.value) and str(error.value).startswith("it.txt")


def test_no_file_and_too_large_a_file(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="no such file"):
        read_corpus(tmp_path / "none.txt")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(UsageError, match="60 MB large"):
        read_corpus(large)


def test_rare_words_are_left_out_and_it_is_told():
    corpus = corpus_of([["once"], *[[f"w{i}" for i in range(20)]] * 20], "mine.txt")
    assert "once" not in corpus.words and "1 of 21 words" in corpus.told
