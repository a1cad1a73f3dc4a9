"""`mlanim list`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Call


def test_a_pipe_gets_one_line_a_scene(call: Call) -> None:
    lines = call("list").stdout.splitlines()
    assert "demo\tA demo [of brackets].\tfirst, second, second/inner" in lines


def test_json_has_what_the_table_has(call: Call, desk: Path) -> None:
    (demo,) = [
        scene for scene in json.loads(call("list", "--json").stdout) if scene["name"] == "demo"
    ]
    assert demo == {
        "name": "demo",
        "class": "Demo",
        "summary": "A demo [of brackets].",
        "steps": ["first", "second", "second/inner"],
        "path": str(desk / "scenes/demo.py"),
        "origin": "here",
    }


def test_a_broken_file_is_one_line_and_the_others_are_listed(call: Call, desk: Path) -> None:
    (desk / "scenes/bad.py").write_text("def (\n")
    result = call("list", "--json")
    assert result.exit_code == 0
    names = [scene["name"] for scene in json.loads(result.stdout)]
    assert "demo" in names and "bad" not in names
    (line,) = result.stderr.splitlines()
    assert line.startswith("mlanim list: scenes/bad.py:1: SyntaxError")
