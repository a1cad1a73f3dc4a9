"""A translated film is translated whole: chapters, alternatives and sheets too."""

from __future__ import annotations

import json
import tomllib

import av
import numpy as np

from mlanim.primitives import TensorBox
from mlanim.primitives.seen import Seen
from mlanim.publish.buttons import DECK
from mlanim.publish.snippet import Film, Variant, page
from mlanim.publish.telling import sentences
from mlanim.render.sinks.result import StepTime
from mlanim.review.sheet_type import Type
from mlanim.words.files import LANGUAGES, read_words, shipped
from tests.conftest import Call

SCENE = """
from mlanim import Explainer
from mlanim.primitives import TensorBox


class Sums(Explainer):
    \"\"\"Sums: a short one.\"\"\"

    def construct(self):
        with self.step("sum", say="All of it."):
            self.add(TensorBox(list(range(40)), role="hidden", theme=self.theme, numbers=False))
            self.play(self.retitle("One sum"))
            self.wait(0.2)
"""
WORDS = """
[sum]
"One sum" = "Eine Summe"
"All of it." = "All das, und das dauert jetzt beim Lesen etwas länger als das Spielen."

[titles]
"Sums: a short one." = "Summen : eine kurze."
"Sum" = "Summe"

[buttons]
"Next" = "Weiter"
"The end" = "Schluss"
"{1} of {2}" = "{1} von {2}"
"slide" = "Folie"
"Animation" = "Film"
"The animation in words" = "Der Film in Worten"

[alternatives]
"In the picture" = "Im Bild"
"column of {1} numbers" = "Spalte aus {1} Zahlen"
"hidden state" = "verborgener Zustand"
"""


def test_chapters_waits_and_alternatives_are_in_the_films_language(call: Call, desk) -> None:
    (desk / "scenes/sums.py").write_text(SCENE)
    (desk / "de.toml").write_text(WORDS)
    asked = ("sums", "--words", "de.toml", "-q", "l", "--quiet")
    made = call("render", *asked, "-o", "sum.mp4", "--fps", "5", "--json")
    assert made.exit_code == 0, made.stderr
    assert "no text of this film" not in made.stderr  # of what only alternatives ask for
    with av.open(str(desk / "sum.mp4")) as film:
        assert [chapter["metadata"]["title"] for chapter in film.chapters()] == ["Eine Summe"]
    (step,) = json.loads(made.stdout)["steps"]
    assert step["end"] - step["start"] >= 0.3 * 13 - 0.2  # as long as its words take to read
    told = call("transcript", *asked, "-o", "draft")
    assert told.exit_code == 0, told.stderr
    text = next((desk / "draft").glob("*.md")).read_text()
    assert "Im Bild: Spalte aus 40 Zahlen: verborgener Zustand." in text
    assert text.startswith("# Summen\n\nEine kurze")


def test_what_has_no_heading_is_called_by_its_name_in_that_language(call: Call, desk) -> None:
    bare = SCENE.replace('self.play(self.retitle("One sum"))', "self.wait(0.2)")
    (desk / "scenes/sums.py").write_text(bare)
    (desk / "de.toml").write_text(WORDS)
    asked = ("sums", "--words", "de.toml", "-r", "96,54", "--quiet")
    made = call("render", *asked, "-o", "sum.mp4", "--fps", "5")
    assert made.exit_code == 0, made.stderr
    with av.open(str(desk / "sum.mp4")) as film:
        assert [chapter["metadata"]["title"] for chapter in film.chapters()] == ["Summe"]
    assert call("slides", *asked, "-o", "sum.html", "--fps", "5").exit_code == 0
    deck = (desk / "sum.html").read_text()
    assert "<title>Summen" in deck and 'content="Eine kurze."' in deck and "Sums" not in deck
    assert 'aria-label="1 von 1: Summe" data-name="Summe"' in deck
    assert 'aria-roledescription="Folie"' in deck and 'title="Weiter (→)"' in deck
    assert "&quot;The end&quot;: &quot;Schluss&quot;" in deck  # for the player
    assert 'aria-label="Back"' in deck and "[[" not in deck  # what the file lacks stays English
    assert call("render", *asked, "-o", "sum.svg").exit_code == 0
    assert "<title>Sums: Summe</title>" in (desk / "sum.svg").read_text()
    assert call("page", *asked, "-o", "page.html", "--theme", "light").exit_code == 0
    page = (desk / "page.html").read_text()
    assert ">Summen</h1>" in page and "</span>Summe</h2>" in page and "Eine kurze." in page


def test_scenes_are_listed_and_shown_in_another_language(call: Call) -> None:
    listed = call("list", "--language", "es").stdout
    assert "Traducción automática neuronal: un codificador" in listed
    assert "black-box, encoder-decoder" in listed  # as --steps takes them
    told = json.loads(call("show", "seq2seq", "--language", "es", "--json").stdout)
    steps = {step["path"]: step for step in told["steps"]}
    assert steps["attention/weighted-sum"]["title"] == "Suma ponderada"
    assert "Una red calcula con números" in steps["embeddings"]["say"]  # with a number in it
    assert "Suma ponderada" in call("show", "seq2seq", "--language", "es").stdout
    wrong = call("list", "--language", "fr")
    assert wrong.exit_code == 2 and "allowed: de, es, zh" in wrong.stderr


def test_words_has_what_alternatives_say(call: Call, desk) -> None:
    (desk / "scenes/sums.py").write_text(SCENE)
    written = call("words", "sums", "--quiet")
    _, alternatives = written.stdout.split("[alternatives]")
    assert '"column of {1} numbers" = ""' in alternatives


def test_an_embedded_film_is_in_the_language_of_its_words() -> None:
    words = read_words(shipped("de", "seq2seq"))
    film = Film("sum", "Summen", "", 160, 90, 1.0, [Variant("", ["sum.mp4"], "sum.png")], "sum.vtt",
                [StepTime("sum", "sum", 0.0, 1.0, "Alles.")], "de", words=words)  # fmt: skip
    shown = page(film, [])
    for told in (
        "Animation: Summen",
        "Die Animation in Worten",
        'label="Deutsch"',
        "Zum Einbetten",
    ):
        assert told in shown
    assert "in words" not in shown and "the film" not in shown


def test_each_language_has_the_words_of_all_buttons() -> None:
    wanted = {button.template for button in DECK.found()}
    for language in LANGUAGES:
        read = tomllib.loads(shipped(language, "seq2seq")[1].read_text("utf-8"))
        assert read["buttons"].keys() == wanted and all(read["buttons"].values())


def test_each_language_ships_the_same_words_of_alternatives() -> None:
    tables = [read_words([shipped(language, "seq2seq")[1]]) for language in LANGUAGES]
    german = tables[0].entries
    assert all(table.entries.keys() == german.keys() for table in tables)
    seen = [Seen("fan of 3 arrows", "weights 0.88 on la, 0.07 on les"), Seen("", "la")]
    assert sentences(seen, tables[0]) == [
        "Im Bild: Fächer aus 3 Pfeilen: Gewichte 0.88 auf la, 0.07 auf les.",
        "Wörter: la.",
    ]


def test_numbers_without_a_name_are_told_by_what_they_are() -> None:
    box = TensorBox(np.arange(17.0), role="query", numbers=False)
    assert box.seen == Seen("column of 17 numbers", "query")


def test_a_sheet_writes_what_the_shipped_font_lacks() -> None:
    body = Type("Regular", 22)
    assert not body.lacks("Größe, x² → 1") and body.lacks("注意")
    ink = [np.asarray(body._mask(text)).sum() for text in ("一", "注意力")]
    assert ink[1] > 3 * ink[0] > 0  # drawn, and no box like the other
