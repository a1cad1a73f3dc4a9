"""Names, titles and words that would be scripts: every page shows them, and none of them runs."""

from __future__ import annotations

import html
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect

ATTACK = (
    '"><img src=x onerror=alert(1)></script><script>alert(2)</script>-->{{7*7}}`$(x)`${alert(3)}'
)
STEM = 'a" onmouseover="alert(9)" x="'
SCENE = f"""
from manim import Square

from mlanim import Explainer, parameter
from mlanim.primitives import Label

A = {ATTACK!r}


class Hostile(Explainer):
    {ATTACK!r}

    words: str = parameter({ATTACK!r}, {ATTACK!r})

    def construct(self):
        for name in ({ATTACK!r}, "javascript:alert(4)", "b' onclick='alert(5)"):
            with self.step(name, say=A + "\\n\\n```\\n<script>alert(6)</script>"):
                self.turn_to("T " + A[:40], Label("<b onclick=alert(7)>", theme=self.theme))
                self.play(Square().animate.shift([0, 0.1, 0]), run_time=0.2)
"""
Look = Callable[..., Page]


@pytest.fixture
def scene(desk: Path) -> str:
    path = desk / f"{STEM}.py"
    path.write_text(SCENE)
    return path.name


@pytest.fixture
def look(browser: Browser, desk: Path) -> Iterator[Look]:
    """Open a page or a text of one; at the end nothing of it has run."""
    context = browser.new_context()
    ran: list[str] = []

    def opened(address: str = "", text: str = "") -> Page:
        page = context.new_page()
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        if text:
            (desk / "page.html").write_text(f'<!doctype html><meta charset="utf-8">{text}')
            address = (desk / "page.html").as_uri()
        page.goto(address)
        page.evaluate(
            "for (const one of document.querySelectorAll('*'))"
            " for (const kind of ['mouseover', 'click', 'focus', 'error'])"
            " if (!one.matches('a, button, input, select, summary'))"
            "  one.dispatchEvent(new Event(kind))"
        )
        page.wait_for_timeout(150)
        assert harm(page) == []
        return page

    yield opened
    context.close()
    assert ran == []


def harm(page: Page) -> list[str]:
    """Handlers, scripts and addresses on the page that are none of ours."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('*')].flatMap((one) => [
            ...[...one.attributes].filter((a) => a.name.startsWith('on')).map((a) => a.name),
            ...['src', 'href'].map((name) => one.getAttribute(name) ?? '')
                .filter((address) => /^\\s*javascript:/i.test(address)),
            ...(one.matches('script') && /alert\\(/.test(one.textContent) ? ['script'] : []),
            ...(one.matches('img[src="x"], b[onclick]') ? [one.outerHTML.slice(0, 60)] : []),
        ])"""
    )
    return found


def text_of(page: Page) -> str:
    return re.sub(r"\s+", " ", page.evaluate("document.documentElement.textContent"))


def made(call: Callable[..., Result], *words: str) -> None:
    done = call(*words, "-r", "64,36", "--fps", "5", "--quiet")
    assert done.exit_code == 0, done.stderr


def markdown(path: Path) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).render(path.read_text()))


def test_the_embedded_film(
    call: Callable[..., Result],
    scene: str,
    desk: Path,
    look: Look,
    until: Callable[[Page, str], None],
) -> None:
    made(call, "embed", scene, "--theme", "light", "-o", 'out"><script>alert(8)</script>{x}-->')
    (folder,) = (path.parent for path in desk.glob("out*/**/index.html"))
    page = look((folder / "index.html").as_uri())
    assert ATTACK in text_of(page)
    assert page.evaluate("document.querySelector('video').dataset.ready ?? 'styled'")
    until(page, "document.querySelector('figure').dataset.ready === ''")
    until(page, "document.querySelector('video').readyState > 0")
    for name in ("snippet.html", "snippet.md"):
        text = (folder / name).read_text()
        assert "{{" not in text
        page = look(text=markdown(folder / name) if name.endswith("md") else text)
        assert ATTACK in text_of(page)
        used = page.evaluate("[...document.querySelectorAll('[src]')].map((one) => one.src)")
        assert used and all("alert(8)" not in address for address in used)
    quarto = (folder / "snippet.qmd").read_text()
    assert "{{" not in quarto and quarto.count("```") == 2
    (raw,) = re.findall(r"```\{=html\}\n(.*)```\n:::", quarto, re.DOTALL)
    assert ATTACK in text_of(look(text=raw))
    look(text=str(MarkdownIt("commonmark").render(quarto.replace(raw, ""))))
    mdx = (folder / "snippet.mdx").read_text()
    assert "</script" not in mdx
    (name,) = re.findall(r"^export const (\w+) =", mdx)
    assert re.fullmatch("[A-Z][A-Za-z0-9]*", name) and mdx.endswith(f"<{name} />\n")
    (inside,) = re.findall(r"__html: (\".*\") }} />", mdx)
    assert ATTACK in text_of(look(text=json.loads(inside)))


def test_the_page_that_plays(
    call: Callable[..., Result], scene: str, desk: Path, look: Look
) -> None:
    done = call("page", scene, "-r", "64,36", "--quiet", "-o", "page.html")
    assert done.exit_code == 0, done.stderr
    (desk / "page.html").rename(desk / "played.html")
    page = look((desk / "played.html").as_uri())
    assert ATTACK[:60] in text_of(page)
    page.keyboard.press("n")
    page.wait_for_timeout(100)
    assert harm(page) == []


def test_the_slides(call: Callable[..., Result], scene: str, desk: Path, look: Look) -> None:
    made(call, "slides", scene, "-o", "deck.html")
    page = look((desk / "deck.html").as_uri())
    expect(page.locator("#count")).to_have_text("1 / 3")
    assert ATTACK in page.locator(".slide").first.get_attribute("data-name")  # type: ignore[operator]
    page.keyboard.press("o")
    expect(page.locator("#overview li").first).to_contain_text("onerror=alert(1)")
    page.keyboard.press("Escape")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    expect(popup.value.locator("#say")).to_contain_text("<script>alert(6)</script>")
    assert harm(page) == [] and harm(popup.value) == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=y onerror=alert(0)>')")
    page.wait_for_timeout(100)  # the page's policy runs nothing but its own script


def test_articles_and_threads(
    call: Callable[..., Result], scene: str, desk: Path, look: Look
) -> None:
    made(call, "transcript", scene, "-o", "article")
    made(call, "render", scene, "--for", "thread", "-o", "thread")
    for path in (desk / "article/transcript.md", desk / "thread/thread.md"):
        page = look(text=markdown(path))
        assert "<img src=x onerror=alert(1)>" in text_of(page)
        assert "{{7*7}}" in text_of(page)
    posts = json.loads((desk / "thread/thread.json").read_text())
    assert any("onerror" in post["text"] for post in posts)


def test_the_page_of_watch(scene: str, desk: Path, look: Look) -> None:
    words = ["watch", scene, "--no-browser", "--fps", "5", "--set", f"words={ATTACK}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "mlanim", *words], cwd=desk, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        page = look(server.stdout.readline().strip())
        expect(page.locator("#status")).to_have_attribute("data-status", "ready", timeout=60_000)
        expect(page.locator("#summary")).to_have_text(ATTACK)
        expect(page.locator("#parameters .help")).to_have_text(ATTACK)
        expect(page.locator("#name")).to_have_text(STEM)
        assert page.locator("#steps li").count() == 3
        code: Any = page.evaluate("fetch('embed').then((answer) => answer.text())")
        command, _, figure = code.partition(" -->\n")
        assert "alert" in command and ">" not in command.replace("'\">\"'", "")
        assert ATTACK in text_of(look(text=code))
        assert html.escape(ATTACK)[:30] in figure
        assert harm(page) == []
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def test_a_notebook(desk: Path, look: Look) -> None:
    from mlanim.notebook import show

    (desk / "hostile.py").write_text(SCENE)
    film = show("hostile.py", resolution="64,36", fps=5)
    page = look(text=film._repr_html_())
    assert ATTACK in page.locator("video").get_attribute("aria-label")  # type: ignore[operator]
