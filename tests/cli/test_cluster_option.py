"""`--cluster`: what cannot be is told in one line, before anything is drawn."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.parametrize("address", ["10.0.0.5", "tcp:/a", "http://a:1", "tcp://a", "tcp://a:x"])
def test_what_is_no_address_is_told_with_its_form(call, address):
    done = call("render", "demo", "--cluster", address)
    assert done.exit_code == 2
    assert (
        f"{address!r} is no address: write the scheduler's address, such as tcp://" in done.stderr
    )


def test_a_scheduler_that_does_not_answer_is_told(call, desk):
    done = call("render", "demo", "-r", "64,36", "--cluster", "tcp://127.0.0.1:9")
    assert done.exit_code == 1
    assert done.stderr.startswith("mlanim: --cluster tcp://127.0.0.1:9: no scheduler answers")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in desk.iterdir()] == ["scenes"]


def test_without_dask_its_extra_is_named(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = call("render", "demo", "-r", "64,36", "--cluster", "tcp://127.0.0.1:9")
    assert done.exit_code == 2
    assert 'pip install "mlanim[cluster]"' in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["-s"], ["--format", "svg"], ["--at", "0"], ["--verify"]])
def test_a_single_picture_needs_no_cluster(call, words):
    done = call("render", "demo", *words, "--cluster", "tcp://127.0.0.1:9")
    assert done.exit_code == 2
    assert "leave --cluster out" in done.stderr
