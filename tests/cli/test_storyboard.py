"""`mlanim storyboard` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from PIL import Image

Call = Callable[..., Result]


def test_a_sheet_lies_beside_the_other_media(call: Call, desk: Path) -> None:
    done = call("storyboard", "demo", "-r", "160,90", "--quiet", "--json")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["path"] == "media/demo/demo-storyboard.png"
    assert [panel["step"] for panel in record["panels"]] == ["first", "second/inner"]
    assert record["panels"][0]["say"] == "A square appears."
    with Image.open(desk / record["path"]) as sheet:
        assert (sheet.width, sheet.height) == (record["width"], record["height"])


def test_it_goes_where_it_is_sent(call: Call, desk: Path) -> None:
    done = call("storyboard", "demo", "-r", "90,160", "--theme", "dark", "-o", "board.png")
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == "board.png"
    with Image.open(desk / "board.png") as sheet:
        assert sum(sheet.convert("RGB").getpixel((2, 2))) < 150  # the page is dark as well


def test_wrong_input_leaves_nothing_behind(call: Call, desk: Path) -> None:
    for words in (["-o", "board.gif"], ["--every", "-1"], ["--steps", "thrid"], ["-o", "."]):
        done = call("storyboard", "demo", *words)
        assert done.exit_code == 2, (words, done.output)
        assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in desk.iterdir() if path.name != "scenes"] == []
