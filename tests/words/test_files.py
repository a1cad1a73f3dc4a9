"""Files of words: what is written can be read; what is broken is told by its step and text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mlanim.errors import UsageError
from mlanim.words.files import Found, read_words, shipped, written


def file_of(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "de.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_written_is_toml_by_steps_with_room_and_kind() -> None:
    found = [
        Found("Each word looks", "a/b", "heading", "13.4 wide"),
        Found('say "{1}"\nin two lines', "a/b", "label"),
        Found("words", "", "label"),
    ]
    text = written(found, {"words": "Wörter"})
    assert tomllib.loads(text) == {
        "a/b": {"Each word looks": "", 'say "{1}"\nin two lines': ""},
        "(before the steps)": {"words": "Wörter"},
    }
    assert "# heading: 13.4 wide" in text


def test_empty_translations_are_none_and_the_first_file_counts(tmp_path: Path) -> None:
    own = file_of(tmp_path, '[a]\n"score" = "Note"\n"sum" = ""\n')
    other = tmp_path / "other.toml"
    other.write_text('[a]\n"score" = "Bewertung"\n"sum" = "Summe"\n')
    assert dict(read_words([own, other]).entries) == {"score": "Note", "sum": "Summe"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[a]\n"score" = 3\n', "de.toml: [a] 'score' = 3: write a text between quotes"),
        ('[a]\n"{1} words" = "Wörter"\n', "[a] '{1} words' lacks {1}"),
        ('[a]\n"words" = "{2} Wörter"\n', "has too often {2}"),
        ('[a]\n"{1} words" = "{count} Wörter"\n', "lacks {1}: {count} is no place: each place"),
        ('[a]\n"{1} words" = "{1} oder {1} Wörter"\n', "has too often {1}"),
        ('[a]\n"x" = "a\\u0007"\n', "control character U+0007"),
        ('[a]\n"xy" = "a"\n[b]\n"xy" = "b"\n', "a text has one translation"),
        ('score = "a"\n', "stands in no step"),
        ("[a\n", "is no TOML"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_words([file_of(tmp_path, text)])
    assert told in str(refused.value)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    file = file_of(tmp_path, "")
    file.write_bytes('[a]\n"words" = "Wörter"\n'.encode("utf-16"))
    with pytest.raises(UsageError, match="is no UTF-8: save it as UTF-8"):
        read_words([file])
    file.write_bytes('[a]\n"words" = "Wörter"\n'.encode("utf-8-sig"))  # as Windows' Notepad does
    assert read_words([file]).said("words") == "Wörter"


def test_a_file_in_which_nothing_stands_yet_is_told(tmp_path: Path) -> None:
    words = read_words([file_of(tmp_path, '[a]\n"score" = ""\n')])
    assert words.said("score") == "score"
    assert list(words.remarks(whole=True)) == [
        "de.toml has no words for 1 of 1 texts, which stay English: 'score'"
    ]


def test_the_words_of_another_film_are_told_in_one_line(tmp_path: Path) -> None:
    text = "[a]\n" + "".join(f'"text {letter}" = "Text {letter}"\n' for letter in "abcdefghi")
    words = read_words([file_of(tmp_path, text)])
    words.said("score")
    missing, unknown = words.remarks(whole=True)
    assert "9 of its 9 texts are none of this film, such as 'text a', 'text b'" in unknown
    assert "'score'" in missing
    assert len(list(words.remarks(whole=False))) == 1  # of some steps nothing can be said


def test_a_language_and_a_scene_that_are_not_shipped_are_refused() -> None:
    with pytest.raises(UsageError, match="allowed: de, es, zh"):
        shipped("klingon", "seq2seq")
    with pytest.raises(UsageError, match="my-scene has no German words"):
        shipped("de", "my-scene")
