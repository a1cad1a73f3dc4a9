"""How `mlanim watch` begins: a worker imports Manim and draws while the server is imported."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

from mlanim.errors import MlanimError
from mlanim.left_behind import scratch, sweep
from mlanim.studio.asked import Asked
from mlanim.studio.desk import Desk
from mlanim.studio.warm import Warm

__all__ = ["watch"]

_LOOPBACK = "127.0.0.1"


def watch(asked: Asked, port: int, opened: Callable[[str], None]) -> None:
    """Show the page until Ctrl-C.

    Args:
        asked: what the page begins with.
        port: of the loopback interface; 0 takes a free one.
        opened: is called with the page's address once it answers.

    Raises:
        MlanimError: the port is taken.
        ModuleNotFoundError: the server needs what is not installed.
    """
    sweep()
    with scratch() as folder, _bound(port) as listening:
        asyncio.run(_work(asked, listening, opened, folder))


async def _work(
    asked: Asked, listening: socket.socket, opened: Callable[[str], None], folder: Path
) -> None:
    async with Warm() as warm:
        desk = Desk(asked, warm, folder)
        await desk.refresh()
        try:
            from mlanim.studio.server import serve  # takes as long as half of Manim

            await serve(desk, listening, opened)
        finally:
            await desk.rest()


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((_LOOPBACK, port))
        listening.listen()  # who comes before the server is up waits a moment
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or str(error)
        raise MlanimError(f"--port {port}", why, "leave it out for a free one") from error
    return listening
