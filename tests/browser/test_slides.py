"""An HTML deck in a real browser: on, back, notes, overview, paper, and no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from playwright.sync_api import Browser, Page, expect

SCENE = '''
from manim import RIGHT, Square

from mlanim import Explainer


class Deck(Explainer):
    """Three steps."""

    def construct(self):
        square = Square(fill_opacity=1)
        for name in ("one", "two", "three"):
            with self.step(name, say=f"This is step {name}."):
                self.play(square.animate.shift(RIGHT), run_time=0.8)
'''


@pytest.fixture
def page(call: Callable[..., Result], desk: Path, browser: Browser) -> Iterator[Page]:
    """The deck; it must never complain, and ask nobody for anything."""
    (desk / "scenes/deck.py").write_text(SCENE)
    made = call("slides", "deck", "-q", "l", "--fps", "10", "--quiet", "-o", "deck.html")
    assert made.exit_code == 0, made.output
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((desk / "deck.html").as_uri())
    yield page
    context.close()
    assert not complaints
    assert {url.partition(":")[0] for url in asked} <= {"file", "blob", "data"}
    assert len({url.partition("#")[0] for url in asked if url.startswith("file:")}) == 1


def film(page: Page) -> dict[str, Any]:
    read = "v => ({time: v.currentTime, end: v.duration, paused: v.paused, index: v.dataset.index})"
    found: dict[str, Any] = page.locator("video.shown").evaluate(read)
    return found


def on(page: Page, number: int) -> None:
    expect(page.locator("#count")).to_have_text(f"{number} / 3")
    expect(page.locator("video.shown")).to_have_attribute("data-index", f"{number - 1}")


def test_a_slide_plays_and_holds_at_its_end(page: Page) -> None:
    on(page, 1)
    page.wait_for_timeout(1500)
    seen = film(page)
    assert seen["paused"] and seen["time"] == pytest.approx(seen["end"], abs=0.01)
    assert seen["end"] == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize("way", ["keys", "clicks", "buttons"])
def test_on_and_back(page: Page, way: str) -> None:
    on(page, 1)

    def go(key: str, x: int, name: str) -> None:
        if way == "keys":
            page.keyboard.press(key)
        elif way == "clicks":
            page.mouse.click(x, 300)
        else:
            page.get_by_role("button", name=name, exact=True).click()

    def forward() -> None:
        go("ArrowRight", 900, "Next")

    def back() -> None:
        go("ArrowLeft", 100, "Back")

    forward()
    on(page, 2)
    page.wait_for_timeout(200)
    assert 0 < film(page)["time"] < 0.8 or film(page)["paused"]
    forward()
    on(page, 3)
    back()
    on(page, 2)
    seen = film(page)
    assert seen["paused"] and seen["time"] == pytest.approx(seen["end"], abs=0.01), "as it ended"
    back()
    on(page, 1)
    if way == "buttons":
        expect(page.get_by_role("button", name="Back", exact=True)).to_be_disabled()


def test_a_swipe_turns_the_page(page: Page) -> None:
    on(page, 1)
    for start, end, number in ((900, 300, 2), (300, 900, 1)):
        page.mouse.move(start, 300)
        page.mouse.down()
        page.mouse.move(end, 310)
        page.mouse.up()
        on(page, number)


def test_all_slides_at_once(page: Page) -> None:
    on(page, 1)
    page.keyboard.press("o")
    pictures = page.locator("#overview img")
    expect(pictures).to_have_count(3)
    widths = {pictures.nth(i).evaluate("img => img.naturalWidth") for i in range(3)}
    assert widths == {854}
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#overview")).to_be_hidden()
    on(page, 3)
    page.keyboard.press("Escape")
    expect(page.locator("#overview")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#overview")).to_be_hidden()


def test_the_notes_follow_and_lead(page: Page) -> None:
    on(page, 1)
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value
    expect(notes.locator("#say")).to_have_text("This is step one.")
    expect(notes.locator("#then")).to_have_text("Next: two")
    notes.keyboard.press("ArrowRight")
    on(page, 2)
    expect(notes.locator("#say")).to_have_text("This is step two.")
    page.bring_to_front()
    page.keyboard.press("End")
    expect(notes.locator("#then")).to_have_text("The end")


def test_a_slide_has_an_address(page: Page) -> None:
    page.keyboard.press("ArrowRight")
    on(page, 2)
    page.reload()
    on(page, 2)


def test_with_reduced_motion_nothing_plays_by_itself(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("ArrowRight")
    on(page, 2)
    page.wait_for_timeout(300)
    assert film(page)["paused"]
    page.keyboard.press("r")
    page.wait_for_timeout(200)
    assert film(page)["time"] < 0.7


def test_on_paper_each_slide_has_its_page_with_what_is_said(page: Page) -> None:
    page.emulate_media(media="print")
    for number in range(3):
        slide = page.locator(".slide").nth(number)
        assert slide.locator("img").bounding_box()["width"] > 300  # type: ignore[index]
        expect(slide.locator(".notes")).to_be_visible()
    expect(page.locator("#screen")).to_be_hidden()


def test_no_barrier_that_axe_would_find(page: Page, axe: Any) -> None:
    on(page, 1)
    assert axe(page) == []
    page.keyboard.press("o")
    assert axe(page) == []
