"""The code that the page copies is what `mlanim embed` writes for the same film."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from mlanim.studio.asked import Asked
from mlanim.studio.snippet import snippet


@pytest.mark.parametrize("theme", [None, "dark"])
def test_its_command_makes_the_files_that_its_code_shows(
    call: Any, desk: Path, theme: str | None
) -> None:
    asked = Asked(scene="demo", fps=10.0, theme=theme, texts={"side": "1.5"}, steps=("first",))
    step = {"name": "first", "path": "first", "start": 0.0, "end": 0.2, "say": "A square appears."}
    state = {
        "scene": {"name": "demo", "summary": "A demo [of brackets].", "explains": True},
        "film": {"seconds": 0.2, "steps": [step]},
        "asked": {"width": 854, "height": 480},
    }
    first, _, code = snippet(asked, state).partition("\n")
    command = first.removeprefix("<!-- ").removesuffix(" -->")
    done = call(*shlex.split(command)[1:], "--fps", "10", "--quiet", "--json")
    assert done.exit_code == 0, done.output
    made = {Path(path).name for path in json.loads(done.stdout)["files"]}
    shown = re.findall(r'(?:src|href|poster)="demo/([^"]+)"', code)
    assert shown and set(shown) <= made
    assert code == (desk / "demo/snippet.html").read_text()
