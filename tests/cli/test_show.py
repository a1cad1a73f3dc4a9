"""`mlanim show`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Call, one_line


def rows(text: str) -> list[str]:
    """Lines with single spaces."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_parameters_have_types_defaults_and_allowed_values(call: Call) -> None:
    shown = rows(call("show", "demo").stdout)
    assert "demo A demo [of brackets]." in shown
    assert "side float 1.0 from 0.5 to 2 side of the square" in shown
    assert "shape choice square round, square its shape" in shown
    assert "words list of str a,b a text, separated by commas words [to show]" in shown


def test_steps_have_what_they_teach(call: Call) -> None:
    shown = rows(call("show", "demo").stdout)
    assert "first A square appears." in shown
    assert "inner Inside." in shown


def test_a_sentence_that_ends_in_computed_words_has_one_mark(call: Call) -> None:
    for language, last in (("de", "Werkzeug"), ("es", "…")):
        shown = " ".join(call("show", "word2vec", "--language", language).stdout.split())
        assert "…." not in shown and "as every tool does" not in shown and last in shown


def test_json_has_what_the_tables_have(call: Call, desk: Path) -> None:
    record = json.loads(call("show", "scenes/demo.py", "--json").stdout)
    assert [p["name"] for p in record["parameters"]] == ["words", "side", "shape"]
    assert record["parameters"][2]["choices"] == ["round", "square"]
    assert record["parameters"][0]["default"] == ["a", "b"]
    assert record["steps"][2] == {"path": "second/inner", "say": "Inside."}


def test_another_class_of_the_file_is_shown_as_itself(call: Call, desk: Path) -> None:
    source = (desk / "scenes/demo.py").read_text()
    extra = "\n\nclass Other(Demo):\n    'Another.'\n    size: int = parameter(1, 'n')\n"
    (desk / "scenes/demo.py").write_text(source + extra)
    record = json.loads(call("show", "demo", "Other", "--json").stdout)
    assert (record["class"], record["summary"]) == ("Other", "Another.")
    assert [p["name"] for p in record["parameters"]] == ["words", "side", "shape", "size"]


def test_a_plain_manim_scene_has_nothing_to_set(call: Call, desk: Path) -> None:
    (desk / "plain.py").write_text("from manim import *\nclass Plain(Scene):\n    'Plain.'\n")
    record = json.loads(call("show", "plain.py", "--json").stdout)
    assert (record["class"], record["parameters"], record["steps"]) == ("Plain", [], [])


def test_the_words_that_a_text_may_have_are_listed(call):
    told = call("show", "seq2seq").stdout
    assert "Words that source knows, 110" in told and " européenne " in told
    words = json.loads(call("show", "seq2seq", "--json").stdout)["parameters"][0]["words"]
    assert len(words) == 110


def test_words_are_searched_by_a_part_whatever_the_accents(call: Call) -> None:
    told = call("show", "seq2seq", "--words", "europ")
    assert told.stdout.startswith("source: ") and "européenne" in told.stdout.split()
    assert "grande" not in told.stdout
    found = json.loads(call("show", "bert", "--words", "so", "--json").stdout)
    assert "song" not in found["sentence,span,follows"] or found["opinion"]
    assert all("so" in word for words in found.values() for word in words)


def test_a_word_that_is_not_known_is_answered_with_the_nearest(call: Call) -> None:
    wrong = call("show", "seq2seq", "--words", "grannde")
    assert wrong.exit_code == 2
    assert "did you mean grande" in one_line(wrong)
    free = call("show", "demo", "--words", "a")
    assert "demo has no words of its own" in one_line(free)


def test_a_class_that_derives_from_an_imported_scene_is_found(call: Call, desk: Path) -> None:
    """By `list` and `show`, with the steps that it inherits, wherever its base lies."""
    (desk / "scenes/mine.py").write_text(
        "from demo import Demo as Base\n\n\nclass Mine(Base):\n    'Of my own.'\n"
    )
    (desk / "scenes/bundled.py").write_text(
        "from mlanim.scenes.seq2seq import Seq2Seq\n\n\nclass Ours(Seq2Seq):\n    'Ours.'\n"
    )
    listed = call("list").stdout
    assert "Of my own." in listed and "Ours." in listed
    ours = json.loads(call("show", "bundled", "--json").stdout)
    assert "alignment" in [step["path"] for step in ours["steps"]]
    record = json.loads(call("show", "mine", "--json").stdout)
    assert (record["class"], record["summary"]) == ("Mine", "Of my own.")
    assert [step["path"] for step in record["steps"]] == ["first", "second", "second/inner"]
    assert [p["name"] for p in record["parameters"]] == ["words", "side", "shape"]
