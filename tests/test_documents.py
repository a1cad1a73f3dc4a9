"""What the documents tell to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from mlanim.catalogue import find
from mlanim.cli import cli
from tests.conftest import Call

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("training/*.md")]
)


def blocks(language: str) -> list[tuple[Path, str]]:
    """Every fenced block of a language, with its document."""
    fence = re.compile(rf"^```{language}\n(.*?)^```", re.M | re.S)
    return [(path, block) for path in DOCUMENTS for block in fence.findall(path.read_text())]


COMMANDS = [
    (path.name, line)
    for path, block in blocks("bash")
    for line in block.splitlines()
    if re.match(r"(\./run )?mlanim ", line)
]


@pytest.mark.parametrize(("document", "line"), COMMANDS)
def test_a_command_is_one_that_mlanim_takes(document: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    _, name, *rest = words[1:] if words[0] == "./run" else words
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.make_context(name, rest)


SCENES = [source for _, source in blocks("python") if "Explainer" in source]


@pytest.mark.parametrize("source", SCENES)
def test_a_scene_renders(source: str, call: Call, desk: Path) -> None:
    (desk / "scenes/shown.py").write_text(source)
    assert find("shown").summary.endswith(".")
    result = call("render", "shown", "-s", "-r", "160,90", "-o", "last.png")
    assert result.exit_code == 0, result.stderr
    assert (desk / "last.png").stat().st_size > 200


def test_links_lead_somewhere() -> None:
    lost = []
    built = (
        "http",
        "../_generated/",
    )  # the second by `./run docs`, whose pages have their own test
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text()):
            file = target.partition("?")[0]  # what follows asks the server for another form of it
            if not target.startswith(built) and not (path.parent / file).exists():
                lost.append(f"{path.relative_to(ROOT)}: {target}")
    assert lost == []


def test_every_scene_is_in_the_readmes_gallery() -> None:
    readme = (ROOT / "README.md").read_text()
    for path in (ROOT / "scenes").glob("[!_]*.py"):
        assert f"| `{path.stem.replace('_', '-')}` |" in readme
