"""`mlanim doctor`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlanim import needs
from tests.conftest import Call


def test_this_machine_has_every_need(call: Call) -> None:
    result = call("doctor", "--json")
    lacking = [n for n in json.loads(result.stdout) if n["missing"] and not n["optional"]]
    assert lacking == []
    assert result.exit_code == 0


def test_a_missing_need_is_told_with_what_mends_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        needs, "_version", lambda package: "13.0" if package == "pillow" else "0.22.0"
    )
    result = call("doctor")
    assert result.exit_code == 1
    assert "MISSING   pillow: 13.0 breaks Manim's images" in result.stdout
    assert "-m pip install --upgrade 'pillow>=11,<13'" in result.stdout
    assert result.stdout.rstrip().endswith("Missing: pillow.")


def test_a_package_that_is_not_there_is_a_missing_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs._PACKAGES, "no_such_module", "no-such-package")
    (need,) = [need for need in needs.needs() if need.name == "no_such_module"]
    assert need.missing == "No module named 'no_such_module'"
    assert "no-such-package" in need.mend


def test_a_folder_that_cannot_be_written_is_a_missing_need(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    (need,) = [need for need in needs.needs(blocked / "x") if need.name == "output folder"]
    assert need.missing.startswith(f"cannot write to {blocked / 'x'}")


def test_an_optional_need_does_not_fail(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_cjk_font", lambda: 1 / 0)
    result = call("doctor")
    assert result.exit_code == 0
    assert "optional  Chinese, Japanese, Korean" in result.stdout
