"""Where a page is asked for: framed by `embed`, in manifests, in another language."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import mlanim.words
from mlanim.publish.frame_snippet import Framed, html, markdown, mdx, page, quarto
from mlanim.publish.page.article import unpacked_reel
from mlanim.publish.page.wording import ARTICLE
from mlanim.words.files import LANGUAGES, PAGE, language_of, read_words
from tests.conftest import Call, one_line

SEEN = Path(mlanim.words.__file__).parent / "seen"
LESSON = '''
from manim import RIGHT

from mlanim import Explainer, parameter
from mlanim.primitives import TensorBox


class Lesson(Explainer):
    """Scores: what they are."""

    second: float = parameter(-1.0, "the second number", low=-3, high=3)
    wide: bool = parameter(True, "whether it is wide")

    def construct(self):
        box = TensorBox([0.5, self.second], label="h", theme=self.theme, cell=0.8)
        with self.step("first", say="A vector."):
            self.play(box.animate.shift(3 * RIGHT), run_time=0.3)
'''
WORDS = ("-r", "160,90", "--quiet")
FRAMED = Framed("a-b", 'A "title" & <more>', "What it shows.", "fr", 640, 360)


@pytest.fixture
def lesson(desk: Path) -> Path:
    path = desk / "scenes/lesson.py"
    path.write_text(LESSON)
    return path


def test_embed_frames_a_page(lesson: Path, call: Call, desk: Path) -> None:
    words = ("embed", "lesson", "--for", "page", "-o", "site", *WORDS, "--choose", "second=-1,2")
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    told, site = json.loads(done.stdout), desk / "site"
    snippets = [f"snippet.{end}" for end in ("html", "md", "mdx", "qmd")]
    assert told["paths"][0] == "site/index.html"
    assert {Path(path).name for path in told["paths"]} == {
        "index.html",
        "lesson.html",
        "lesson.png",
        *snippets,
    }
    reel = unpacked_reel((site / "lesson.html").read_text(encoding="utf-8"))
    assert [one["chosen"]["second"] for one in reel["variants"]] == ["-1", "2"]
    assert set(told["choices"]) == {"second=-1", "second=2"}
    stamps = {path: path.stat().st_mtime_ns for path in site.iterdir()}
    assert call(*words).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in site.iterdir()} == stamps, "unchanged"


def test_the_page_around_a_frame_speaks_its_words_language() -> None:
    german = replace(FRAMED, words=read_words([SEEN / "de.toml"]))
    assert "<h2>To embed it</h2>" in page(FRAMED, [])
    assert "<h2>Zum Einbetten</h2>" in page(german, [])


def test_the_frame_has_a_title_and_a_size_and_reaches_nothing() -> None:
    for text in (html(FRAMED, "f/"), markdown(FRAMED, "f/"), quarto(FRAMED, "f/")):
        (frame,) = re.findall(r"<iframe [^>]*>", text)
        assert 'src="f/a-b.html"' in frame and 'loading="lazy"' in frame
        assert 'width="640" height="' in frame and 'sandbox="allow-scripts"' in frame
        assert 'title="A &quot;title&quot; &amp; &lt;more&gt;"' in frame
    assert "f/a-b.png" in markdown(FRAMED, "f/") and "f/a-b.png" in quarto(FRAMED, "f/")
    text = mdx(FRAMED, "f/")
    assert 'src={"f/a-b.html"}' in text and text.endswith("<ABPage />\n")
    assert json.loads(re.search(r"title=\{(.*)\}", text)[1]) == FRAMED.title  # type: ignore[index]
    whole = page(FRAMED, [])
    assert "default-src 'none'" in whole and "script-src" not in whole and " style=" not in whole
    assert '<html lang="fr">' in whole and "<more>" not in whole


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--choose", "second=1,2"), "--choose for a film: add --for page"),
        (("--max-bytes", "2MB"), "--max-bytes for a film: add --for page"),
        (("--for", "film"), "--for 'film'"),
        (("--for", "page", "--narrate", "say"), "which has no sound"),
        (("--for", "page", "--choose", "secnd=1,2"), "unknown parameter 'secnd'"),
        (("--for", "page", "--max-bytes", "3kB"), "before anything is drawn"),
    ],
)
def test_embed_refuses_what_cannot_be(
    lesson: Path, call: Call, desk: Path, words: tuple[str, ...], told: str
) -> None:
    done = call("embed", "lesson", "-o", "site", *WORDS, *words)
    assert done.exit_code == 2 and told in one_line(done)
    assert not (desk / "site").exists()


def test_a_manifest_has_choices_budgets_and_pictures_that_play(
    lesson: Path, call: Call, desk: Path
) -> None:
    (desk / "manifest.toml").write_text(
        '[defaults]\nscene = "lesson"\nresolution = "160,90"\n'
        '[[asset]]\nfor = "page"\nmax_bytes = "1MB"\n'
        "choose = { second = [-1, 2.5], wide = [true, false] }\n"
        '[[asset]]\nformat = "svg"\nanimated = true\nmax_bytes = "200kB"\n'
    )
    done = call("build", "manifest.toml", "--quiet")
    assert done.exit_code == 0, done.output
    reel = unpacked_reel((desk / "assets/lesson/index.html").read_text(encoding="utf-8"))
    assert [list(one["chosen"].values()) for one in reel["variants"]] == [
        ["-1", "true"],
        ["-1", "false"],
        ["2.5", "true"],
        ["2.5", "false"],
    ]
    picture = (desk / "assets/lesson.svg").read_text(encoding="utf-8")
    assert "<animate" in picture
    again = json.loads(call("build", "manifest.toml", "--json").stdout)
    assert [asset["state"] for asset in again["assets"]] == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("asset", "told"),
    [
        ("choose = { second = [1, 2] }", "write for = 'page'"),
        ('for = "page"\nchoose = { second = 1 }', "give a list of values"),
        ('for = "page"\nchoose = { second = [1] }', "a single value"),
        ('for = "page"\nset = { second = 1 }\nchoose = { second = [1, 2] }', "given twice"),
        ('for = "page"\noutput = "lesson.html"', "a page is a folder: write 'lesson'"),
        ("animated = true", "write format = 'svg'"),
        ('for = "page"\nanimated = true\nformat = "svg"', "and no for"),
        ('for = "page"\nmax_bytes = "many"', "write a size such as"),
    ],
)
def test_a_manifest_refuses_what_cannot_be(
    lesson: Path, call: Call, desk: Path, asset: str, told: str
) -> None:
    (desk / "manifest.toml").write_text(f'[[asset]]\nscene = "lesson"\n{asset}\n')
    done = call("build", "manifest.toml", "--quiet")
    assert done.exit_code == 2 and told in one_line(done)
    assert not (desk / "assets").exists()


def test_a_page_speaks_its_words_language(lesson: Path, call: Call, desk: Path) -> None:
    done = call("page", "lesson", *WORDS, "-o", "a.html", "--words", str(SEEN / "de.toml"))
    assert done.exit_code == 0, done.output
    text = (desk / "a.html").read_text(encoding="utf-8")
    assert ">Diesen Schritt abspielen<" in text and 'aria-label="Tempo"' in text
    assert "12 Zustände in der Sekunde" in text and "[[" not in text.partition("<script")[0]
    assert unpacked_reel(text)["words"]["Pause"] == "Anhalten"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_page_is_in_all_languages_and_no_other(language: str) -> None:
    wanted = {text.template for text in ARTICLE.found()}
    file = SEEN / f"{language}.toml"
    assert wanted - read_words([file]).entries.keys() == set()
    assert tomllib.loads(file.read_text("utf-8"))[PAGE].keys() - wanted == set()


def test_a_page_of_shipped_words_names_their_language() -> None:
    assert language_of([SEEN.parent / "de/seq2seq.toml", SEEN / "de.toml"]) == "de"
    assert language_of([Path("fr.toml")]) == language_of([]) == "en"
