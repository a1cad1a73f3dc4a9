"""The page of `mlanim watch` in a real browser: what its reader sees and does."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

SCENE = '''
from typing import Literal

from mlanim import Explainer, motion as do, parameter
from mlanim.primitives.tensor_box import TensorBox


class Vectors(Explainer):
    """Two vectors."""

    size: float = parameter(1.0, "side of a cell", low=0.5, high=1.5)
    kind: Literal["key", "value"] = parameter("key", "which role")
    label: str = parameter("h1", "its name")
    numbers: bool = parameter(True, "write the numbers")

    def construct(self):
        box = TensorBox([0.5, -1.0], theme=self.theme, label=self.label, cell=self.size)
        with self.step("first", say="A vector appears."):
            self.play(do.appear(box))
            self.wait(1.5)
        with self.step("second", say="It stays."):
            self.wait(1.5)
        with self.step("third", say="It leaves us."):
            self.play(do.vanish(box))
            self.wait(1)
'''


@pytest.fixture
def address(desk: Path) -> Iterator[str]:
    (desk / "scenes/vectors.py").write_text(SCENE)
    server = subprocess.Popen(
        [sys.executable, "-m", "mlanim", "watch", "vectors", "--no-browser", "--fps", "10"],
        cwd=desk,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    yield server.stdout.readline().strip()
    server.send_signal(signal.SIGINT)
    server.wait(20)


@pytest.fixture
def page(address: str, browser: Browser) -> Iterator[Page]:
    """The page when all is done; it must never complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(address)
    done(page)
    yield page
    context.close()
    # What is refused on purpose the browser tells as a failed request.
    assert not [line for line in complaints if "status of 400" not in line]


def done(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-status", "ready", timeout=30_000)
    expect(page.locator("#findings-count")).to_have_text(
        re.compile("found|finding"), timeout=30_000
    )


def film(page: Page) -> str:
    return page.locator("video.shown").get_attribute("src") or ""


def time_of(page: Page) -> float:
    seconds: float = page.locator("video.shown").evaluate("video => video.currentTime")
    return seconds


def clock_says(page: Page, seconds: str) -> None:
    expect(page.locator("#clock")).to_contain_text(f"/ {seconds} s", timeout=30_000)


def test_the_film_plays_stops_and_plays_again(page: Page) -> None:
    before = time_of(page)
    page.wait_for_timeout(400)
    assert time_of(page) > before
    page.keyboard.press("Space")
    stopped = time_of(page)
    page.wait_for_timeout(300)
    assert time_of(page) == pytest.approx(stopped, abs=0.05)
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(300)
    assert time_of(page) > stopped


def test_steps_are_jumped_to_told_and_looped(page: Page) -> None:
    page.get_by_role("button", name="Step 2, second").click()
    expect(page.locator("#say")).to_contain_text("second It stays.")
    page.locator("body").press("l")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "true")
    times = []
    for _ in range(22):
        page.wait_for_timeout(100)
        times.append(time_of(page))
    start = page.locator("#steps li").nth(1).evaluate("li => parseFloat(li.style.left)")
    assert min(times) >= 4.9 * start / 100 - 0.1
    assert any(later < earlier for earlier, later in pairwise(times))
    page.locator("body").press("ArrowLeft")
    page.locator("body").press("ArrowRight")
    page.locator("body").press("l")
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "false")


def test_frames_are_stepped_through(page: Page) -> None:
    page.get_by_role("button", name="Step 2, second").click()
    page.keyboard.press("Shift+ArrowRight")
    first = time_of(page)
    page.keyboard.press("Shift+ArrowRight")
    assert time_of(page) == pytest.approx(first + 0.1, abs=1e-3)
    page.keyboard.press("Shift+ArrowLeft")
    assert time_of(page) == pytest.approx(first, abs=1e-3)


def test_changing_a_parameter_renders_anew(page: Page) -> None:
    before = film(page)
    page.get_by_role("textbox", name="label").fill("h2")
    page.get_by_role("textbox", name="label").press("Enter")
    expect(page.locator("video.shown")).not_to_have_attribute("src", before, timeout=30_000)
    done(page)
    before = film(page)
    page.get_by_label("kind", exact=True).select_option("value")
    expect(page.locator("video.shown")).not_to_have_attribute("src", before, timeout=30_000)
    page.get_by_role("button", name="Reset label").click()
    expect(page.get_by_role("textbox", name="label")).to_have_value("h1")
    done(page)


def test_a_value_that_cannot_be_is_said_beside_it(page: Page) -> None:
    page.get_by_label("size", exact=True).fill("7")
    page.get_by_label("size", exact=True).press("Enter")
    field = page.locator("[data-name=size]")
    expect(field.locator(".wrong")).to_contain_text("from 0.5 to 1.5", timeout=30_000)
    field.get_by_role("button", name="Reset size").click()
    expect(field.locator(".wrong")).to_be_hidden(timeout=30_000)
    done(page)
    expect(page.get_by_label("size", exact=True)).to_have_value("1.0")


def test_theme_aspect_and_quality_are_switched(page: Page) -> None:
    for name, size in (("Dark", (854, 480)), ("9:16", (480, 854)), ("720p", (720, 1280))):
        before = film(page)
        page.get_by_role("radio", name=name).click()  # the server says what is chosen
        expect(page.locator("video.shown")).not_to_have_attribute("src", before, timeout=60_000)
        found = page.locator("video.shown").evaluate("v => [v.videoWidth, v.videoHeight]")
        assert tuple(found) == size


def test_saving_the_file_updates_the_page_and_keeps_moment_and_loop(page: Page, desk: Path) -> None:
    page.keyboard.press("Space")
    page.get_by_role("button", name="Step 3, third").click()
    page.locator("body").press("l")
    page.keyboard.press("Shift+ArrowRight")
    moment, before = time_of(page), film(page)
    (desk / "scenes/vectors.py").write_text(
        SCENE.replace(
            'stays."):\n            self.wait(1.5)', 'stays."):\n            self.wait(2.5)'
        )
    )
    expect(page.locator("video.shown")).not_to_have_attribute("src", before, timeout=30_000)
    clock_says(page, "5.9")
    assert time_of(page) == pytest.approx(moment + 1, abs=0.06), "as far into the same step"
    expect(page.get_by_role("button", name="Step 3, third")).to_have_class(re.compile("looped"))


def test_an_error_is_shown_in_full_and_goes_when_it_is_mended(page: Page, desk: Path) -> None:
    path, before = desk / "scenes/vectors.py", film(page)
    path.write_text(SCENE.replace("self.wait(1.5)", "self.wait(1.5", 1))
    expect(page.get_by_role("alert")).to_contain_text("never closed", timeout=30_000)
    expect(page.locator("#traceback")).to_contain_text("self.wait(1.5")
    assert film(page) == before
    path.write_text(SCENE.replace("self.wait(1.5)", "self.wait(1 / 0)", 1))
    expect(page.locator("#traceback")).to_contain_text("ZeroDivisionError", timeout=30_000)
    page.get_by_role("button", name="Show the last film").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    path.write_text(SCENE)
    done(page)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_the_lint_shows_the_picture_of_the_moment(page: Page, desk: Path) -> None:
    lie = 'box.cells[0].set_fill("#00FF00")\n        with self.step("first"'
    (desk / "scenes/vectors.py").write_text(SCENE.replace('with self.step("first"', lie))
    finding = page.locator("#found button", has_text="is #00FF00, the scale says")
    expect(finding).to_be_visible(timeout=30_000)
    picture = finding.locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert picture.evaluate("img => img.complete && img.naturalWidth") == 640
    finding.click()
    assert time_of(page) > 0
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


@pytest.mark.parametrize("format", ["mp4", "webm", "gif", "svg"])
def test_files_are_saved(page: Page, format: str) -> None:
    with page.expect_download(timeout=60_000) as download:
        page.locator(f"[data-format={format}]").click()
    assert download.value.suggested_filename == f"vectors.{format}"
    assert download.value.path().stat().st_size > 300
    expect(page.locator("#kept")).to_have_text(f"Saved vectors.{format}")


def test_the_embed_code_is_copied(page: Page) -> None:
    page.get_by_role("button", name="Copy the embed code").click()
    expect(page.locator("#kept")).to_have_text("Copied")
    assert "<video" in page.evaluate("navigator.clipboard.readText()")


def test_nothing_jumps_while_it_renders(page: Page) -> None:
    places = ["#stage", "#transport", "#steps", "#findings", "#look", "#keep"]
    before = [page.locator(place).bounding_box() for place in places]
    page.get_by_role("radio", name="Dark").check()
    expect(page.locator("#status")).to_have_attribute("data-status", "rendering")
    assert [page.locator(place).bounding_box() for place in places] == before
    done(page)
    assert [page.locator(place).bounding_box() for place in places] == before


def test_a_foreign_page_is_refused(address: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    statuses: list[tuple[str, int]] = []
    page.on("response", lambda answer: statuses.append((answer.url, answer.status)))
    page.route(
        "http://evil.example/",
        lambda route: route.fulfill(body="<p>evil", content_type="text/html"),
    )
    page.goto("http://evil.example/")
    read = page.evaluate(
        "a => fetch(a + 'events').then(answer => answer.text()).catch(() => '')",
        address,
    )
    sent = {"method": "POST", "mode": "no-cors", "body": '{"theme": "dark"}'}
    page.evaluate("([a, o]) => fetch(a + 'ask', o).catch(() => 0)", [address, sent])
    assert read == ""
    time.sleep(0.5)
    ours = [status for url, status in statuses if url.startswith(address)]
    assert set(ours) <= {403}
    wrong = page.request.get(address[:-3] + "xx/")
    assert wrong.status == 403
    assert page.request.get(address, headers={"Host": "evil.example"}).status == 403
    context.close()


def test_no_barrier_that_axe_would_find(page: Page, axe: Any, desk: Path) -> None:
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page) == []
    (desk / "scenes/vectors.py").write_text(SCENE + "\n1 +")
    expect(page.get_by_role("alert")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(300)
    assert axe(page) == []
