"""An embedded film in a real browser: valid, accessible, calm where the reader wants it calm."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser, Page

from mlanim.cli import cli

SCENE = '''
from mlanim import Explainer
from mlanim.primitives import Label


class Words(Explainer):
    """Words & numbers: what an <article> shows."""

    def construct(self):
        with self.step("first", say="One & two < three."):
            self.turn_to("First", Label("one", theme=self.theme))
            self.wait(1)
        with self.step("second", say="And more of it."):
            self.play(self.retitle("Second"))
            self.wait(1)
'''

Open = Callable[..., Page]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `mlanim embed` writes, beside an article that has its snippet twice over."""
    from click.testing import CliRunner

    place = tmp_path_factory.mktemp("site")
    (place / "words.py").write_text(SCENE)
    words = ["embed", f"{place}/words.py", "-o", f"{place}/film", "-r", "320,180", "--fps", "10"]
    result = CliRunner().invoke(cli, words, prog_name="mlanim")
    assert result.exit_code == 0, result.stderr
    snippet = (place / "film/snippet.html").read_text()
    (place / "article.html").write_text(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Article</title></head>'
        f'<body><main><h1>An article</h1><div style="height: 3000px"></div>{snippet}'
        "</main></body></html>"
    )
    return place


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Open]:
    contexts = []

    def opened(path: str, **how: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 900, "height": 800}, **how))
        page = contexts[-1].new_page()
        page.goto(f"{site}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def video(page: Page, what: str) -> object:
    return page.evaluate(f"document.querySelector('video').{what}")


@pytest.mark.parametrize("path", ["film/index.html", "article.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Open, axe, path: str, scheme: str) -> None:
    assert axe(open_page(path, color_scheme=scheme)) == []


def test_the_html_is_valid(folder: Path) -> None:
    for name in ("film/index.html", "article.html"):
        html5lib.HTMLParser(strict=True).parse((folder / name).read_text())
    parser = html5lib.HTMLParser(strict=True)
    parser.parseFragment((folder / "film/snippet.html").read_text())


def test_it_plays_in_view_and_rests_out_of_it(
    open_page: Open, until: Callable[[Page, str], None]
) -> None:
    page = open_page("article.html")
    page.wait_for_timeout(300)
    assert video(page, "paused") is True
    page.locator("video").scroll_into_view_if_needed()
    until(page, "!document.querySelector('video').paused")
    until(page, "document.querySelector('video').currentTime > 0.2")
    page.evaluate("scrollTo(0, 0)")
    until(page, "document.querySelector('video').paused")
    page.locator("video").scroll_into_view_if_needed()
    until(page, "!document.querySelector('video').paused")
    page.evaluate("document.querySelector('video').pause()")  # as the reader does
    page.wait_for_timeout(100)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)
    page.locator("video").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert video(page, "paused") is True


def test_with_reduced_motion_nothing_plays_by_itself(
    open_page: Open, until: Callable[[Page, str], None]
) -> None:
    page = open_page("film/index.html", reduced_motion="reduce")
    page.locator("video").scroll_into_view_if_needed()
    page.wait_for_timeout(700)
    assert video(page, "paused") is True
    assert video(page, "currentTime") == 0
    assert video(page, "controls") is True
    page.evaluate("document.querySelector('video').play()")
    until(page, "document.querySelector('video').currentTime > 0.1")


def test_captions_load_and_the_words_follow(
    open_page: Open, until: Callable[[Page, str], None]
) -> None:
    page = open_page("film/index.html")
    page.evaluate("document.querySelector('video').textTracks[0].mode = 'hidden'")
    until(page, "document.querySelector('video').textTracks[0].cues?.length")
    texts = page.evaluate(
        "[...document.querySelector('video').textTracks[0].cues]"
        ".map(cue => cue.getCueAsHTML().textContent)"
    )
    assert texts == ["One & two < three.", "And more of it."]
    words = page.locator(".mlanim-words")
    until(page, "document.querySelector('.mlanim-words').textContent == 'And more of it.'")
    assert words.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_s_scheme_chooses_film_and_poster(
    open_page: Open, scheme: str, until: Callable[[Page, str], None]
) -> None:
    page = open_page("film/index.html", color_scheme=scheme)
    until(page, "document.querySelector('video').currentSrc")
    assert f"words-{scheme}.webm" in str(video(page, "currentSrc"))
    assert f"words-{scheme}.png" in str(video(page, "poster"))
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    other = "light" if scheme == "dark" else "dark"
    until(page, f"document.querySelector('video').currentSrc.includes('{other}')")
    assert f"words-{other}.png" in str(video(page, "poster"))


def test_nothing_shifts_when_the_media_come(
    open_page: Open, until: Callable[[Page, str], None]
) -> None:
    page = open_page("film/index.html")
    until(page, "document.querySelector('video').readyState >= 2")
    shift = page.evaluate(
        "new Promise(done => { let sum = 0;"
        " new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))"
        ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 500); })"
    )
    assert shift < 0.01
    box = page.locator("video").bounding_box()
    assert box is not None and abs(box["width"] / box["height"] - 320 / 180) < 0.01
