"""A scene in another language: its words are written, translated, rendered, checked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import one_line

Call = Callable[..., Result]

LESSON = '''
from mlanim import Explainer
from mlanim.primitives import Label, TokenRow


class Lesson(Explainer):
    """A lesson."""

    def construct(self):
        with self.step("read", say="6 words are read."):
            row = TokenRow(["score"], theme=self.theme)
            label = Label("score", theme=self.theme).shift([0, -1, 0])
            other = Label("softmax", theme=self.theme).shift([2.5, -1, 0])
            self.turn_to(f"{len('read')} words are read", row, label, other)
            self.wait(3)
'''
GERMAN = """
[read]
"{1} words are read." = "{1} Wörter werden gelesen."
"{1} words are read" = "Gelesen: {1} Wörter"
"score" = "Bewertung"
"softmax" = "Softmax"
"""


@pytest.fixture
def lesson(desk: Path) -> Path:
    (desk / "lesson.py").write_text(LESSON)
    (desk / "de.toml").write_text(GERMAN)
    return desk


def test_words_are_found_without_a_change_to_the_scene(call: Call, lesson: Path) -> None:
    done = call("words", "lesson.py", "-o", "new.toml", "--quiet")
    assert done.exit_code == 0, done.output
    # The token "score" is the film's own data; the label "score" is a word.
    tables = tomllib.loads((lesson / "new.toml").read_text())
    assert tables.keys() == {"read", "alternatives", "titles", "page", "buttons"}
    told = ["{1} words are read.", "score", "softmax", "{1} words are read"]
    assert tables["read"] == dict.fromkeys(told, "")
    assert tables["titles"] == {"A lesson.": "", "Read": ""}
    filled = call("words", "lesson.py", "--words", "de.toml", "--quiet")
    assert '"score" = "Bewertung"' in filled.stdout and "wide" in filled.stdout


def film(call: Call, *words: str) -> Result:
    return call("render", "lesson.py", "-r", "160,90", "--fps", "5", "--words", "de.toml", *words)


def test_a_film_has_them_and_an_edited_file_gives_another(call: Call, lesson: Path) -> None:
    done = film(call, "-o", "film.mp4")
    assert done.exit_code == 0, done.output
    assert "drawn in one process" not in done.stderr
    first = (lesson / "film.mp4").read_bytes()
    assert "6 Wörter werden gelesen." in (lesson / "film.srt").read_text()
    (lesson / "de.toml").write_text(GERMAN.replace("Bewertung", "Note"))
    assert film(call, "-o", "film.mp4").exit_code == 0
    assert (lesson / "film.mp4").read_bytes() != first


def test_what_is_missing_or_unknown_is_said_in_a_line_each(call: Call, lesson: Path) -> None:
    (lesson / "de.toml").write_text(GERMAN.replace('"softmax"', '"sofmax"'))
    done = call("check", "lesson.py", "--words", "de.toml")
    told = [line for line in done.stderr.splitlines() if "de.toml" in line]
    assert len(told) == 2, done.stderr
    assert "no words for 1 of 4 texts, which stay English: 'softmax'" in told[0]
    assert "'sofmax' is no text of this film: did you mean 'softmax'?" in told[1]


def test_what_is_too_long_is_found_by_check(call: Call, lesson: Path) -> None:
    assert "nothing found" in call("check", "lesson.py", "--words", "de.toml", "--quiet").stdout
    long = "Bewertung jedes verborgenen Zustandes"
    (lesson / "de.toml").write_text(GERMAN.replace("Bewertung", long))
    done = call("check", "lesson.py", "--words", "de.toml", "--quiet")
    assert done.exit_code == 3 and long in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--words", "no.toml"], "No such file"),
        (["--words", "broken.toml"], "broken.toml: [read] 'score' = 1"),
        (["--language", "de"], "lesson has no German words"),
        (["--language", "fr"], "allowed: de, es, zh"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    call: Call, lesson: Path, words: list[str], told: str
) -> None:
    (lesson / "broken.toml").write_text('[read]\n"score" = 1\n')
    done = call("render", "lesson.py", *words, "-o", "film.mp4")
    assert done.exit_code == 2 and told in one_line(done)
    assert not (lesson / "film.mp4").exists()


def test_letters_without_a_font_are_refused(
    call: Call, lesson: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlanim.primitives.glyphs._no_font_has", lambda letter, family: True)
    done = call("render", "bert", "--language", "zh", "-o", "film.mp4")
    assert done.exit_code == 2
    assert "no font here has CJK letters: install fonts-noto-cjk" in one_line(done)


def test_a_plain_scene_has_no_table(call: Call, lesson: Path) -> None:
    (lesson / "plain.py").write_text("from manim import *\nclass Plain(Scene):\n    pass\n")
    done = call("words", "plain.py")
    assert done.exit_code == 2 and "derive the class from mlanim.Explainer" in one_line(done)
    wrong = call("words", "lesson.py", "-o", "de.txt")
    assert wrong.exit_code == 2 and "de.txt" in one_line(wrong)
