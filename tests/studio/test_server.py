"""The server of `mlanim watch`, asked as a browser asks it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import DEMO


class Page:
    """The address that `mlanim watch` printed, and what it answers."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port, self.root = parts.hostname or "", parts.port or 0, parts.path

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: Any = None,
        raw: bytes | None = None,
        **headers: str,
    ) -> Any:
        connection = HTTPConnection(self.host, self.port, timeout=60)
        sent = raw if body is None else json.dumps(body)
        connection.request(method, self.root + path, sent, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())

    def until(self, come: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state of which something is true."""
        connection = HTTPConnection(self.host, self.port, timeout=60)
        connection.request("GET", self.root + "events")
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b"data: "):
                state: dict[str, Any] = json.loads(line[6:])
                if come(state):
                    connection.close()
                    return state
        raise AssertionError("the events ended")


@contextmanager
def watching(folder: Path) -> Iterator[Page]:
    words = ["watch", "demo", "--no-browser", "--fps", "10", "--set", "side=1.5"]
    server = subprocess.Popen(
        [sys.executable, "-m", "mlanim", *words], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    yield Page(server.stdout.readline().strip())
    server.send_signal(signal.SIGINT)
    assert server.wait(60) in (0, 130)


@pytest.fixture
def page(desk: Path) -> Iterator[Page]:
    with watching(desk) as page:
        yield page


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One for all that changes nothing."""
    folder = tmp_path_factory.mktemp("standing")
    (folder / "scenes").mkdir()
    (folder / "scenes/demo.py").write_text(DEMO)
    with watching(folder) as page:
        yield page


def is_done(state: dict[str, Any]) -> bool:
    return state["status"] == "ready" and state["findings"] is not None


def test_a_day_at_the_page(page: Page, desk: Path) -> None:
    state = page.until(is_done)
    assert state["scene"]["name"] == "demo"
    assert state["film"]["seconds"] == pytest.approx(0.4)
    # The film, by ranges as a video element asks for it.
    film = f"film/{state['film']['number']}.mp4"
    status, content, headers = page.ask(film, Range="bytes=4-7")
    assert (status, content, headers["content-type"]) == (206, b"ftyp", "video/mp4")
    assert page.ask(f"moment/{state['film']['number']}/200.jpg")[1][:2] == b"\xff\xd8"
    # A parameter, and one that cannot be.
    assert page.ask("ask", "POST", {"texts": {"side": "2"}})[0] == 204
    state = page.until(lambda s: is_done(s) and s["film"] != state["film"])
    assert next(p for p in state["scene"]["parameters"] if p["name"] == "side")["text"] == "2.0"
    page.ask("ask", "POST", {"texts": {"side": "9"}})
    state = page.until(lambda s: s["status"] == "error")
    assert state["error"]["line"] == "side=9.0 is too large: allowed: from 0.5 to 2"
    page.ask("ask", "POST", {"texts": {"side": "1"}, "aspect": "1:1", "theme": "dark"})
    state = page.until(is_done)
    assert (state["film"]["width"], state["asked"]["theme"]) == (480, "dark")
    # The file: mended, broken, mended.
    scene = desk / "scenes/demo.py"
    text = scene.read_text()
    scene.write_text(text.replace("self.wait(0.2)", "self.note('longer'), self.wait(0.4)"))
    state = page.until(lambda s: is_done(s) and s["film"]["seconds"] > 0.5)
    assert state["notes"] == ["longer"]
    scene.write_text(text + "\n1 +")
    broken = page.until(lambda s: s["status"] == "error")
    assert "SyntaxError" in broken["error"]["traceback"]
    assert broken["film"] == state["film"], "the last film stays"
    scene.with_suffix(".new").write_text(text)
    scene.with_suffix(".new").rename(scene)  # as editors save
    mended = page.until(is_done)
    assert mended["film"]["seconds"] == pytest.approx(0.4) and mended["notes"] == []


@pytest.mark.parametrize("format", ["mp4", "webm", "gif", "svg"])
def test_files_to_keep(standing: Page, format: str) -> None:
    standing.until(is_done)
    status, where, _ = standing.ask("keep", "POST", {"format": format, "at": 0.1})
    assert (status, where.decode().rpartition("/")[2]) == (200, f"demo.{format}")
    status, content, headers = standing.ask(where.decode())
    start = {"mp4": b"ftyp", "webm": b"\x1aE\xdf\xa3", "gif": b"GIF89a", "svg": b"<?xml"}[format]
    assert status == 200 and start in content[:12]
    assert "attachment" in headers["content-disposition"]


def test_what_is_not_the_page_is_refused(standing: Page) -> None:
    page = copy(standing)
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        assert page.ask("", **headers)[0] == 403
        assert page.ask("ask", "POST", {"theme": "dark"}, **headers)[0] == 403
    page.root = page.root[:-2] + "x/"
    assert page.ask("")[0] == 403
    assert page.ask("film/1.mp4")[0] == 403


def test_what_the_page_does_not_offer_is_refused(standing: Page) -> None:
    for wrong in ({"output": "/etc/x"}, {"quality": "z"}, {"texts": 3}, {"theme": 1}, [1]):
        assert standing.ask("ask", "POST", wrong)[0] == 400
    assert standing.ask("keep", "POST", {"format": "exe"})[0] == 400
    for path in ("page/../server.py", "kept/1/..%2f..%2fx", "film/99.mp4", "moment/99/1.jpg"):
        assert standing.ask(path)[0] == 404


MALFORMED = {
    "no JSON": (b"{", 400),
    "no text": (b"\xff\xfe", 400),
    "no object": (b"[1]", 400),
    "half a character": (b'{"\\ud800": 1}', 400),
    "no number": (b'{"format": "svg", "at": NaN}', 400),
    "no number of seconds": (b'{"format": "svg", "at": "soon"}', 400),
    "seconds without end": (b'{"format": "svg", "at": 1e400}', 400),
    "many digits": (b'{"format": "svg", "at": ' + b"9" * 5000 + b"}", 400),
    "deep": (b'{"texts":' * 50_000 + b"1" + b"}" * 50_000, 400),
    "empty": (b"", 400),
    "long": (b'{"texts": {"side": "' + b"1" * 1_000_001 + b'"}}', 413),
}


def test_malformed_requests_are_refused_in_a_line(standing: Page) -> None:
    for name, (body, code) in MALFORMED.items():
        for path in ("ask", "keep"):
            status, said, _ = standing.ask(path, "POST", raw=body)
            assert status == code, (name, path, said)
            assert len(said.splitlines()) == 1 and b"Traceback" not in said and len(said) < 400
    for kind in ("multipart/form-data; boundary=x", "image/png"):
        assert standing.ask("ask", "POST", {"theme": "dark"}, **{"Content-Type": kind})[0] == 415
    for path in ("film/" + "9" * 5000 + ".mp4", "film/-1.mp4", "kept/x/y", "moment/1/1e9.jpg"):
        assert standing.ask(path)[0] == 404
    for many in ({"X-Long": "a" * 60_000}, {f"X-{i}": "a" for i in range(90)}):
        assert standing.ask("embed", **many)[0] < 500
    assert standing.ask("embed")[0] == 200, "it is still there"


@pytest.mark.parametrize(("path", "kind", "code"), [
    ("ask", "application/json", 413),
    ("keep", "image/png", 415),
    ("../elsewhere", "application/json", 403),
    ("nowhere", "application/json", 404),
])  # fmt: skip
def test_whoever_sends_far_too_much_reads_why(
    standing: Page, path: str, kind: str, code: int
) -> None:
    """Eight megabytes, sent to the end before the answer is read, and the connection closed."""
    root = "/" if code == 403 else standing.root
    host = f"{standing.host}:{standing.port}"
    head = f"POST {root}{path.removeprefix('../')} HTTP/1.1\r\nHost: {host}\r\n"
    head += f"Connection: close\r\nContent-Type: {kind}\r\nContent-Length: 8000000\r\n\r\n"
    with socket.create_connection((standing.host, standing.port), timeout=60) as connection:
        connection.sendall(head.encode() + b" " * 8_000_000)
        answer = connection.recv(65536)
    assert answer.startswith(f"HTTP/1.1 {code} ".encode())


def test_a_scene_that_is_broken_from_the_start_is_shown_once_it_is_mended(desk: Path) -> None:
    scene = desk / "scenes/demo.py"
    text = scene.read_text()
    scene.write_text(text + "\n1 +")
    server = subprocess.Popen(
        [sys.executable, "-m", "mlanim", "watch", "demo", "--no-browser"],
        cwd=desk,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    page = Page(server.stdout.readline().strip())
    page.until(lambda state: state["status"] == "error")
    time.sleep(0.5)  # until the folder is watched
    scene.write_text(text)
    page.until(is_done)
    server.send_signal(signal.SIGINT)
    server.wait(20)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "no scene 'nothing'"),
        (["demo", "-q", "z"], "quality 'z'"),
        (["demo", "-r", "640,480", "--aspect", "1:1"], "-r and --aspect both given"),
        (["demo", "--steps", ","], "an empty step name"),
        (["demo", "--port", "70000"], "--port 70000"),
    ],
)
def test_wrong_words_are_one_line(call: Any, words: list[str], said: str) -> None:
    done = call("watch", "--no-browser", *words)
    assert done.exit_code in (1, 2) and said in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_without_the_extra_it_says_which_one(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "mlanim.studio.server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = call("watch", "demo")
    assert done.exit_code == 1
    assert 'mlanim watch needs uvicorn: pip install "mlanim[watch]"' in done.output
