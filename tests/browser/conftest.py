"""A real Chromium, headless and deaf to the network but for what a test serves itself."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

_WORDS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; `CHROMIUM` names another one."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    assert path, "no Chromium: `./run browser-tests` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_WORDS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def until() -> Callable[[Page, str], None]:
    """Waits until something is true on a page: until(page, "document.title == 'x'").

    Playwright's own waiting evaluates a text within the page, which its content policy forbids.
    """

    def wait(page: Page, expression: str) -> None:
        latest = time.monotonic() + 30
        while not page.evaluate(expression):
            assert time.monotonic() < latest, f"never true: {expression}"
            page.wait_for_timeout(30)

    return wait


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds on a page: each violation with the elements that have it."""

    def violations(page: Page) -> list[str]:
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        return [
            f"{fault['id']}: {fault['help']}: {[node['html'][:200] for node in fault['nodes']]}"
            for fault in found
        ]

    return violations
