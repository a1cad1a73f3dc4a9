"""Guard: who may ask. The page is for the browser of this machine's user, opened by its address.

Any web page can send requests to a loopback port, and a name that its owner points at 127.0.0.1
makes them look like the server's own. So the Host must be ours, an Origin must be ours too, and
every address begins with a token that no other page knows.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mlanim.studio.reading_on import reading_on

__all__ = ["Guard", "new_token"]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]


def new_token() -> str:
    """A token that cannot be guessed, for one run of the server."""
    return secrets.token_urlsafe(24)


class Guard:
    """Around an ASGI application: answers 403 to whom it should not answer.

    The token is the first part of the path; behind the guard it is gone.

    Args:
        hosts: what the Host header may say, such as "127.0.0.1:8000".
    """

    def __init__(self, app: _App, token: str, hosts: tuple[str, ...]) -> None:
        self._app, self._token = app, token.encode()
        self._hosts = {host.encode() for host in hosts}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Pass on what comes from our page, refuse the rest."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        receive, send = reading_on(scope, receive, send)
        if path := self._inner_path(scope):
            await self._app(
                {**scope, "path": path, "raw_path": path.encode()}, receive, _sealed(send)
            )
        else:
            await _refuse(_sealed(send))

    def _inner_path(self, scope: _Message) -> str | None:
        """The path behind the token, or nothing for who must not know it."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]
        ours = len(hosts) == 1 and hosts[0] in self._hosts and self._origins.issuperset(origins)
        _, token, rest = [*scope["path"].split("/", 2), "", ""][:3]
        # The comparison takes as long for a wrong token as for the right one.
        known = secrets.compare_digest(token.encode(), self._token)
        return f"/{rest}" if ours and known else None


def _sealed(send: _Send) -> _Send:
    """Add the headers that tell a browser what the page may do: nothing beyond this server."""

    async def sealed(message: _Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", [])}
            more = [(name, value) for name, value in _HEADERS if name not in given]
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await send(message)

    return sealed


async def _refuse(send: _Send) -> None:
    text = b"mlanim watch: open the address that it printed\n"
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(text))]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": text})
