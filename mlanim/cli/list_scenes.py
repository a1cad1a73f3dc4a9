"""`mlanim list`: the scenes that can be rendered, read from their source and never run."""

from __future__ import annotations

import json
import sys

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mlanim.catalogue import SceneEntry, entries
from mlanim.cli.options import language_option
from mlanim.cli.said import translated


@click.command("list")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Machine-readable, on stdout.")
def command(language: str | None, as_json: bool) -> None:
    """Scenes that can be rendered: those in ./scenes first, then the bundled ones."""
    found = [translated(entry, language) for entry in entries()]
    for entry in found:
        if entry.problem:
            click.echo(f"mlanim list: {entry.problem}: left out, mend the file", err=True)
    readable = [entry for entry in found if not entry.problem]
    if as_json:
        click.echo(json.dumps([_record(entry) for entry in readable], indent=2, ensure_ascii=False))
        return
    if not sys.stdout.isatty():  # a pipe has no width, and one line a scene can be searched
        for entry in readable:
            click.echo(f"{entry.name}\t{entry.summary}\t{', '.join(entry.steps)}")
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for entry in readable:
        steps = Text(", ".join(entry.steps), style="dim")
        table.add_row(entry.name, Text(entry.summary + "\n" * bool(entry.steps)) + steps)
    Console(highlight=False).print(table)


def _record(entry: SceneEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "class": entry.class_name,
        "summary": entry.summary,
        "steps": list(entry.steps),
        "path": str(entry.path) if entry.path else None,
        "origin": entry.origin,
    }
