"""Whatever goes wrong in a reader's file is told with the file's own line; any file can be read."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from rich.console import Console

from mlanim.cli import command_line
from tests.conftest import one_line

SMALL = ("-r", "64,36", "--fps", "5")


@pytest.fixture(autouse=True)
def home(desk, monkeypatch):
    monkeypatch.setenv("HOME", str(desk))


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("self.theme.role('nope')", "own.py:5: unknown role 'nope'", 2),
        ("TensorBox(np.zeros((1, 1, 1, 1)))", "own.py:5: TensorBox", 2),
        ("more.broken()", "near/more.py:4: TensorBox", 2),
        ("1 / 0", "own.py:5: ZeroDivisionError", 1),
        ("self.embed()", "own.py:5: self.embed() needs a window", 2),
        ("self.interactive_embed()", "own.py:5: self.interactive_embed() needs a window", 2),
    ],
)
def test_an_error_names_the_innermost_line_of_the_readers(call, desk, text, line, code):
    for name in ("near", "near.more"):
        sys.modules.pop(name, None)
    (desk / "near").mkdir()
    (desk / "near/more.py").write_text(
        "import numpy as np\nfrom mlanim.primitives import TensorBox\n"
        "def broken():\n    TensorBox(np.zeros((1, 1, 1, 1)))\n"
    )
    (desk / "own.py").write_text(
        "import numpy as np; from mlanim import Explainer; from near import more\n"
        "from mlanim.primitives import TensorBox\n"
        f"class Own(Explainer):\n    def construct(self):\n        {text}\n"
    )
    result = call("render", "own.py", *SMALL)
    assert result.exit_code == code
    assert one_line(result).startswith(f"mlanim: {line}")


def test_an_error_of_mlanims_at_the_top_of_a_file_names_its_line(call, desk):
    (desk / "own.py").write_text("from mlanim.theme import get_theme\n\nget_theme('neon')\n")
    result = call("render", "own.py")
    assert result.exit_code == 2 and one_line(result).startswith("mlanim: own.py:3: ")


SCENE = (
    "from manim import *\nclass Own(Scene):\n"
    "    def construct(self):\n        self.wait(0.2)\n        'é ü'\n"
)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("latin.py", ("# -*- coding: latin-1 -*-\n" + SCENE).encode("latin-1")),
        ("marked.py", b"\xef\xbb\xbf" + SCENE.encode()),
        ("a b-ü.v2.py", SCENE.encode()),
    ],
)
def test_any_coding_and_any_name_can_be_read(call, desk, name, source):
    (desk / name).write_bytes(source)
    assert call("render", name, *SMALL, "-o", "a.mp4").stdout == "a.mp4\n"
    assert call("show", name).exit_code == 0


@pytest.mark.parametrize(
    "source",
    [
        ("# coding: klingon\n" + SCENE).encode(),
        SCENE.encode("latin-1"),
        SCENE.encode("utf-16"),
    ],
)
def test_what_is_no_text_in_its_encoding_is_told_how_to_save_it(call, desk, source):
    (desk / "own.py").write_bytes(source)
    told = one_line(call("render", "own.py", *SMALL))
    assert re.match(r"mlanim: own\.py(:[1-9]\d*)?: SyntaxError: .*: save it as UTF-8", told)


def test_a_scene_in_a_package_or_behind_a_link_finds_its_neighbours(call, desk):
    for path in ("pkg/__init__.py", "pkg/look.py", "link/beside.py"):
        (desk / path).parent.mkdir(exist_ok=True)
        (desk / path).write_text("")
    (desk / "pkg/inner").mkdir()
    (desk / "pkg/inner/__init__.py").write_text("")
    (desk / "pkg/inner/own.py").write_text("from .. import look\n" + SCENE)
    assert call("render", "pkg/inner/own.py", *SMALL, "-o", "a.mp4").exit_code == 0
    (desk / "own.py").write_text("import beside\n" + SCENE)
    Path("link/own.py").symlink_to(desk / "own.py")
    assert call("render", "link/own.py", *SMALL, "-o", "b.mp4").exit_code == 0


def test_a_number_out_of_bounds_is_told_its_bounds(call):
    line = "mlanim: side=7.0 is too large: allowed: from 0.5 to 2\n"
    assert call("render", "demo", "--set", "side=7").stderr == line


def test_a_user_without_a_home_has_an_empty_one(monkeypatch):
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(command_line.Path, "home", unknown)
    command_line._take_any_terminal()
    assert os.environ["HOME"] == os.devnull


@pytest.mark.parametrize(("size", "kept"), [("²", None), ("9" * 5000, None), ("120", "120")])
def test_a_terminal_of_absurd_size_is_one_of_usual_size(monkeypatch, size, kept):
    monkeypatch.setenv("COLUMNS", size)
    command_line._take_any_terminal()
    assert os.environ.get("COLUMNS") == kept
    assert Console().width > 0  # Manim makes one when it is imported
