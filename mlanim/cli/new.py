"""`mlanim new`: the first lines of a scene of one's own."""

from __future__ import annotations

import click

from mlanim.new_scene import write_scene


@click.command("new")
@click.argument("name")
@click.option("--from", "source", metavar="SCENE", help="Start from a bundled scene's script.")
def command(name: str, source: str | None) -> None:
    """Write scenes/NAME.py: a short scene with a parameter, two steps and a tensor.

    NAME is lower-case words with hyphens, such as beam-search. A file is never overwritten.
    """
    path = write_scene(name, source)
    click.echo(path)
    click.echo(f"next: mlanim render {name} -q l", err=True)
