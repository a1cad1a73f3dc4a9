"""Reading on: a request that is refused before its end is read to the end, up to a bound.

A socket that is closed with bytes unread is reset, and the answer in it lost: whoever sent too
much would see a broken connection in place of the line that says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

__all__ = ["reading_on"]

_MOST_THROWN_AWAY = 64_000_000  # bytes; whoever sends more than that is cut off
_LONGEST = 10.0  # seconds, for whoever announces a body and does not send it

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]


def reading_on(scope: _Message, receive: _Receive, send: _Send) -> tuple[_Receive, _Send]:
    """The two ends of an ASGI connection; an answer waits until the request has been read."""
    announced = {name for name, _ in scope["headers"]} & {b"content-length", b"transfer-encoding"}
    if not announced:
        return receive, send
    over = False

    async def received() -> _Message:
        nonlocal over
        message = await receive()
        over = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def throw_away() -> None:
        thrown = 0
        while not over and thrown < _MOST_THROWN_AWAY:
            thrown += len((await received()).get("body", b""))

    async def sent(message: _Message) -> None:
        if message["type"] == "http.response.start" and not over:
            with suppress(TimeoutError):  # it is answered all the same
                await asyncio.wait_for(throw_away(), _LONGEST)
        await send(message)

    return received, sent
