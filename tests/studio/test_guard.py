"""Who may ask the page's server, and who may not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mlanim.studio.guard import Guard, new_token

TOKEN = new_token()
HOST = "127.0.0.1:8000"


def ask(path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, the path that the application saw, and the headers."""
    seen, sent = [], []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Any) -> None:
        sent.append(message)

    given = {"host": HOST, **headers}
    pairs = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "http", "path": path, "headers": pairs}
    asyncio.run(Guard(app, TOKEN, (HOST, "localhost:8000"))(scope, None, send))  # type: ignore[arg-type]
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], "".join(seen), answered


def test_the_page_itself_is_let_in_and_the_token_taken_off() -> None:
    assert ask(f"/{TOKEN}/")[:2] == (200, "/")
    assert ask(f"/{TOKEN}/film/3.mp4", origin=f"http://{HOST}")[:2] == (200, "/film/3.mp4")
    assert ask(f"/{TOKEN}/ask", host="localhost:8000")[:2] == (200, "/ask")


BEFORE = {
    "none": "/",
    "empty": "",
    "short": f"/{TOKEN[:-1]}/",
    "long": f"/x{TOKEN}/",
    "twice": f"//{TOKEN}/",
    "é": "/é/",
}


@pytest.mark.parametrize("name", BEFORE)
def test_without_the_token_nothing_is_answered(name: str) -> None:
    assert ask(BEFORE[name])[:2] == (403, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example:8000"},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:8000.evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:9000"},
    ],
)
def test_other_pages_are_refused_even_with_the_token(headers: dict[str, str]) -> None:
    assert ask(f"/{TOKEN}/", **headers)[:2] == (403, "")


def test_every_answer_keeps_the_page_to_this_server() -> None:
    for path in (f"/{TOKEN}/", "/"):
        headers = ask(path)[2]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"  # the address holds the token
        assert headers["x-content-type-options"] == "nosniff"


def test_tokens_cannot_be_guessed() -> None:
    assert len({new_token() for _ in range(100)}) == 100
    assert len(TOKEN) >= 32
