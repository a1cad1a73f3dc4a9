"""A working folder and a command line in this process, as a reader has them in a terminal."""

from __future__ import annotations

import gc
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from mlanim.cli import cli

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell's background jobs have it
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # as nohup leaves it
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
# How long an example takes is the machine's affair: a busy one would fail it.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
collect_ignore = ["capture"]  # needs PyTorch: `./run capture-tests`


def pytest_collection_finish() -> None:
    """What all tests hold stays: to search it for cycles, each process of a film would copy it."""
    gc.collect()
    gc.freeze()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A browser's tests need one: they are collected when they are asked for."""
    asked = any("browser" in word for word in config.args)
    return True if collection_path.name == "browser" and not asked else None


DEMO = '''
from typing import Literal

from manim import Square

from mlanim import Explainer, parameter


class Demo(Explainer):
    """A demo [of brackets]."""

    words: list[str] = parameter(["a", "b"], "words [to show]")
    side: float = parameter(1.0, "side of the square", low=0.5, high=2.0)
    shape: Literal["round", "square"] = parameter("square", "its shape")

    def construct(self):
        with self.step("first", say="A square appears."):
            self.add(Square(side_length=self.side))
            self.wait(0.2)
        with self.step("second", say="It stays."):
            with self.step("inner", say="Inside."):
                self.wait(0.2)
'''

Call = Callable[..., Result]
_MADE_SOONER = {"primitives", "motion", "subjects", "review", "test_examples.py"}


def one_line(result: Result) -> str:
    """What a command said on stderr, which is one whole line of mlanim's and nothing else."""
    said = result.stderr
    assert said.startswith("mlanim: ") and said.endswith("\n") and said.count("\n") == 1, said
    return said.removesuffix("\n")


@pytest.fixture(scope="module", autouse=True)
def _other_tests_are_not_loaded(request: pytest.FixtureRequest) -> Iterator[None]:
    """A film is drawn as if this file alone were imported.

    All modules that are no library's are the reader's, and their state is told at each handover:
    with hundreds of tests' modules among them a small film took six times as long.
    """
    project = str(Path(__file__).parents[1])
    of_tests = {
        name: module
        for name, module in sys.modules.items()
        if (getattr(module, "__file__", None) or "").startswith(
            (f"{project}/tests/", f"{project}/docs/")
        )
        and not name.endswith("conftest")
    }
    kept = _imported_by(request.module.__name__, of_tests)
    aside = {name: module for name, module in of_tests.items() if name not in kept}
    for name in aside:
        del sys.modules[name]
    yield
    sys.modules.update(aside)


def _imported_by(name: str, modules: dict[str, ModuleType]) -> set[str]:
    """Which of these modules a module's own names come from, and theirs, and so on."""
    kept: set[str] = set()
    waiting = [name]
    while waiting:
        name = waiting.pop()
        if name in modules and name not in kept:
            kept.add(name)
            for value in vars(modules[name]).values():
                is_module = isinstance(value, ModuleType)
                waiting.append(
                    getattr(value, "__name__" if is_module else "__module__", None) or ""
                )
    return kept


@pytest.fixture
def desk(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A working folder with one scene of its own, `demo`, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/demo.py").write_text(DEMO)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


@pytest.fixture
def call(desk: Path) -> Call:
    """Run `mlanim WORDS...` in the working folder."""

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, list(words), prog_name="mlanim")

    return run


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Threads, files and modules that other tests left in this process are not a scene's."""
    company, world, reads = (
        sys.modules.get(f"mlanim.render.{name}")
        for name in ("workers.company", "watched.world", "watched.reads")
    )
    if reads is not None:
        monkeypatch.setattr(reads, "_BEGAN", time.time() * 1e9)
    if company is not None:
        monkeypatch.setattr(company, "_at_first", company._tasks())
        monkeypatch.setattr(company, "_idents", {one.ident for one in threading.enumerate()})
    if world is not None:
        monkeypatch.setattr(world, "_at_first", set(world._open_ends()))


@pytest.fixture(autouse=True, scope="module")
def in_the_engines_way(request):
    """Nouns and verbs are made as a render makes them: the same ones, in a third of the time."""
    if not _MADE_SOONER.intersection(request.path.relative_to(Path(__file__).parent).parts):
        yield
        return
    from mlanim.render.twins.drawing import engines_drawing

    with engines_drawing():
        yield


@pytest.fixture
def stage():
    """A tiny stage: a scene of 64 x 36 pixels, five frames a second, nothing written."""
    from manim import Scene, tempconfig

    settings = {
        "pixel_width": 64,
        "pixel_height": 36,
        "frame_rate": 5,
        "dry_run": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempconfig(settings):
        yield Scene()
