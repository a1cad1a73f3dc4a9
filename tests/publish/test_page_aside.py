"""Work in a copy of the process: its result comes back, and what it must not do is left to us."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlanim.publish.page import aside as module
from mlanim.publish.page.aside import aside
from mlanim.publish.page.pictures import Pictures
from mlanim.render.workers.playing import forks_well

pytestmark = pytest.mark.skipif(not forks_well(), reason="needs processes that can be copied")


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 2)
    monkeypatch.setattr(module, "in_company", lambda: None)
    monkeypatch.setattr(module, "held_open", lambda: None)


def test_the_result_of_a_copy_comes_back() -> None:
    with aside(lambda: (os.getpid(), b"x" * 300_000)) as found:
        number, much = found()
    assert number != os.getpid() and len(much) == 300_000
    with pytest.raises(ChildProcessError):
        os.waitpid(number, 0)


def test_what_fails_or_touches_the_world_is_left_to_this_process(tmp_path: Path) -> None:
    def fails() -> None:
        raise ValueError

    with aside(fails) as found:
        assert found() is None
    with aside(lambda: os.mkdir(tmp_path / "made") or 1) as found:  # noqa: PTH102
        assert found() is None
    assert not (tmp_path / "made").exists()


def test_on_one_processor_there_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 1)
    monkeypatch.setattr(module, "fork", lambda: pytest.fail("it forked"))
    with aside(lambda: 1) as found:
        assert found() is None


def test_images_of_a_copy_are_numbered_anew() -> None:
    here = Pictures()
    assert here.adopt([(b"a", "data:a", True)]) == [0]
    assert here.adopt([(b"b", "data:b", False), (b"a", "data:a", True)]) == [1, 0]
    assert here.urls == ["data:a", "data:b"] and here.sharp == [True, False]
