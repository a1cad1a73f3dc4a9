"""Embedded films: media, captions, snippets; their page in a browser is tested in tests/browser."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from mlanim.publish.snippet import Film, Variant, figure, html, mdx
from mlanim.render.sinks.result import StepTime
from tests.conftest import Call

SMALL = ("-r", "64,36", "--fps", "10")
FILM = Film(
    "a-b",
    'A "title" & <more>',
    "What it shows.",
    640,
    360,
    4.0,
    [Variant("light", ["l.webm", "l.mp4"], "l.png"), Variant("dark", ["d.webm", "d.mp4"], "d.png")],
    "a-b.vtt",
    [StepTime("one", "one", 0.0, 2.0, "1 < 2 & so on."), StepTime("two", "two", 2.0, 4.0, "")],
    "fr",
)


def test_media_captions_and_snippets(call: Call, desk: Path) -> None:
    result = call("embed", "demo", "-o", "film", *SMALL, "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    themes = [f"demo-{t}.{end}" for t in ("light", "dark") for end in ("webm", "mp4", "png")]
    texts = ["demo.vtt", "index.html", "mlanim-embed.css", "mlanim-embed.js"]
    snippets = [f"snippet.{end}" for end in ("html", "md", "mdx", "qmd")]
    names = {path.name for path in (desk / "film").iterdir()} - {".mlanim-files"}
    assert names == {*themes, *texts, *snippets}
    assert told["paths"][0] == "film/index.html"
    assert (told["width"], told["height"]) == (64, 36)
    assert "WEBVTT" in (desk / "film/demo.vtt").read_text()
    for name in ("snippet.html", "snippet.md", "snippet.qmd"):
        text = (desk / "film" / name).read_text()
        used = set(re.findall(r'(?:src|poster|href)="film/([^"]+)"', text))
        assert used <= names and {"demo-dark.webm", "demo-light.png", "demo.vtt"} <= used
    stamps = {path: path.stat().st_mtime_ns for path in (desk / "film").iterdir()}
    assert call("embed", "demo", "-o", "film", *SMALL).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in (desk / "film").iterdir()} == stamps


def test_one_theme_one_variant_and_a_place_of_ones_own(call: Call, desk: Path) -> None:
    words = ("-o", "film", "--theme", "dark", "--url", "/media/x", "--steps", "first")
    assert call("embed", "demo", *words, *SMALL).exit_code == 0
    text = (desk / "film/snippet.html").read_text()
    assert 'src="/media/x/demo.webm"' in text
    assert "prefers-color-scheme" not in text and "It stays" not in text


def test_a_snippet_has_what_a_page_needs() -> None:
    text = figure(FILM, "f/")
    assert 'width="640" height="360"' in text and " controls " in text
    assert "autoplay" not in text  # the script plays it, where the reader does not mind
    assert text.count("<source") == 4 and text.count("prefers-color-scheme: dark") == 2
    assert text.index("d.webm") < text.index("d.mp4") < text.index("l.webm") < text.index("l.mp4")
    assert '<track kind="captions" src="f/a-b.vtt" srclang="fr" label="fr">' in text
    assert "A &quot;title&quot; &amp; &lt;more&gt;" in text and "1 &lt; 2 &amp; so on." in text
    assert text.count("<li ") == 1  # a step without words has none
    assert "\n\n" not in html(FILM)  # a block of HTML in Markdown ends at an empty line


def test_the_mdx_is_one_component_with_the_same_figure() -> None:
    text = mdx(FILM, "f/")
    assert text.startswith("export const ABFilm = () => <>") and text.endswith("<ABFilm />\n")
    (inside,) = re.findall(r"__html: (\".*\") }} />", text)
    assert json.loads(inside) == figure(FILM, "f/")


def test_wrong_words_are_one_line_and_leave_nothing(call: Call, desk: Path) -> None:
    (desk / "file").write_text("")
    cases = (("-o", "file"), ("-o", ""), ("-o", "film", "--lang", '"x'), ("-o", "film", "-q", "x"))
    for words in (*cases, ()):
        result = call("embed", "demo", *words)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
    assert not (desk / "film").exists()


def test_what_is_heard_begins_when_the_reader_says_so(call: Call, desk: Path) -> None:
    (desk / "voice.py").write_text(
        "import sys, wave\n"
        "sys.stdin.read()\n"
        "with wave.open(sys.argv[1], 'wb') as out:\n"
        "    out.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
        "    out.writeframes(b'\\0\\1' * 4000)\n"
    )
    words = ("-o", "film", "--theme", "light", "--narrate", f"{sys.executable} voice.py {{out}}")
    result = call("embed", "demo", *words, *SMALL)
    assert result.exit_code == 0, result.stderr
    video = re.search(r"<video[^>]*>", (desk / "film/snippet.html").read_text())
    assert video and " controls " in video[0]
    assert "muted" not in video[0] and "loop" not in video[0]
    assert "muted loop" in figure(FILM)
