"""The server of `mlanim watch`: its page, the desk's state as events, films, and files to keep."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from watchfiles import awatch

from mlanim.errors import MlanimError, UsageError, did_you_mean, short_line
from mlanim.publish.escaping import one_line, path_url
from mlanim.render.stage.asked_parameters import check_depth
from mlanim.studio.desk import Desk
from mlanim.studio.guard import Guard, new_token
from mlanim.studio.moments import picture_at

__all__ = ["serve"]

_PAGE = Path(__file__).parent / "page"
_TO_KEEP = ("mp4", "webm", "gif", "svg")
_LONGEST_NUMBER = 9  # digits
_MOST_BYTES = 1_000_000  # of a request; the page's have some hundred
_TYPES = ("application/json", "text/plain", "")  # what `fetch` sends, and what tools do
_LOOK = 500  # milliseconds between two looks when nothing is told
_PATIENCE = 1  # seconds for open connections when it is over: the events never end by themselves


async def serve(desk: Desk, listening: socket.socket, opened: Callable[[str], None]) -> None:
    """Serve the desk's page until Ctrl-C; `opened` is called with its address once it answers."""
    address, port = listening.getsockname()
    host = f"{address}:{port}"
    token = new_token()

    @asynccontextmanager
    async def working(app: Starlette) -> AsyncIterator[None]:
        app.state.desk = desk
        following = asyncio.create_task(_follow(desk))
        opened(f"http://{host}/{token}/")
        yield
        following.cancel()

    app = Guard(_application(working), token, (host, f"localhost:{port}"))
    config = uvicorn.Config(
        app,
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    await uvicorn.Server(config).serve(sockets=[listening])


async def _follow(desk: Desk) -> None:
    """Tell the desk when a file changed that its film was made from.

    What the system tells of folders says when to look; what counts is how the files stand, so that
    nothing is missed while the folders are watched anew.
    """
    stamps = _stamps(desk.files)
    while True:
        # Editors write beside a file and rename: folders are watched, not files.
        folders = _folders(desk.files)
        ended = asyncio.Event()
        async for _ in awatch(
            *folders,
            watch_filter=lambda _, path: Path(path) in desk.files,
            recursive=False,
            stop_event=ended,
            debounce=80,
            step=20,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
        ):
            before, stamps = stamps, _stamps(desk.files)
            changed = {path for path in before.keys() & stamps if before[path] != stamps[path]}
            if changed:
                await desk.files_changed(changed)
            if _folders(desk.files) != folders:
                ended.set()


def _folders(files: frozenset[Path]) -> set[Path]:
    return {path.parent for path in files if path.parent.is_dir()}


def _stamps(files: frozenset[Path]) -> dict[Path, tuple[int, ...]]:
    """How files stand; one that is not there too."""
    found: dict[Path, tuple[int, ...]] = {}
    for path in files:
        try:
            state = path.stat()
            found[path] = (state.st_ino, state.st_size, state.st_mtime_ns)
        except OSError:
            found[path] = ()
    return found


def _application(lifespan: Callable[[Starlette], object]) -> Starlette:
    routes = [
        Route("/", _index),
        Route("/events", _events),
        Route("/ask", _ask, methods=["POST"]),
        Route("/keep", _keep, methods=["POST"]),
        Route("/embed", _embed),
        Route("/picture/{number}.png", _picture),
        Route("/film/{number}.mp4", _film),
        Route("/moment/{number}/{milliseconds}.jpg", _moment),
        Route("/kept/{number}/{name}", _kept),
        Mount("/page", StaticFiles(directory=_PAGE)),
    ]
    refusing = {MlanimError: _refused, HTTPException: _malformed}
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers=refusing)  # type: ignore[arg-type]


async def _index(request: Request) -> Response:
    return FileResponse(_PAGE / "index.html")


async def _events(request: Request) -> Response:
    desk: Desk = request.app.state.desk

    async def lines() -> AsyncIterator[str]:
        async for state in desk.states():
            yield f"data: {json.dumps(state)}\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream")


async def _ask(request: Request) -> Response:
    await request.app.state.desk.ask(**await _sent(request))
    return Response(status_code=204)


async def _keep(request: Request) -> Response:
    sent = await _sent(request)
    wanted, at = str(sent.get("format")), sent.get("at")
    if wanted not in _TO_KEEP:
        raise UsageError(f"format {wanted!r}", did_you_mean(wanted, _TO_KEEP))
    if isinstance(at, bool) or not isinstance(at, int | float | None):
        raise UsageError(f"at {at!r}", "give seconds from the start of the film")
    path: Path = await request.app.state.desk.keep(wanted, at if wanted == "svg" else None)
    return PlainTextResponse(f"kept/{path.parent.name}/{path_url(path.name)}")


async def _embed(request: Request) -> Response:
    return PlainTextResponse(request.app.state.desk.embed_code())


async def _film(request: Request) -> Response:
    path = request.app.state.desk.film(_number(request))
    return FileResponse(path, media_type="video/mp4") if path else Response(status_code=404)


async def _picture(request: Request) -> Response:
    path = request.app.state.desk.picture(_number(request))
    return FileResponse(path, media_type="image/png") if path else Response(status_code=404)


async def _moment(request: Request) -> Response:
    path = request.app.state.desk.film(_number(request))
    if path is None:
        return Response(status_code=404)
    seconds = _number(request, "milliseconds") / 1000
    content = await asyncio.to_thread(picture_at, path, seconds)
    return Response(content, media_type="image/jpeg")


async def _kept(request: Request) -> Response:
    path = request.app.state.desk.kept(_number(request), request.path_params["name"])
    return FileResponse(path, filename=path.name) if path else Response(status_code=404)


def _number(request: Request, name: str = "number") -> int:
    """A number of an address; what no film could have is not found."""
    text = request.path_params[name]
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise HTTPException(404, "no such file")
    return int(text)


async def _sent(request: Request) -> dict[str, object]:
    """The JSON object that the page sent.

    Raises:
        HTTPException: 413 for more than any page sends, 400 for what is no object of JSON.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise HTTPException(415, f"a request of type {kind!r:.60}: send application/json")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"a request of more than {_MOST_BYTES // 10**6} MB")
    try:
        sent = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        check_depth(sent)
    except ValueError as error:
        raise HTTPException(400, short_line(f"a request that is no JSON: {error}")) from error
    except RecursionError:
        raise HTTPException(400, "a request that is nested too deep") from None
    if not isinstance(sent, dict):
        raise HTTPException(400, "a request that is no JSON object")
    return sent


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


async def _refused(request: Request, error: Exception) -> Response:
    return PlainTextResponse(one_line(str(error)), status_code=400)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(one_line(error.detail), error.status_code, error.headers)
