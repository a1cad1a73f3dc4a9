"""`mlanim cache`: how much earlier renders left, and away with it."""

from __future__ import annotations

import click

from mlanim.render.memory.cache import Cache


@click.group("cache")
def command() -> None:
    """What earlier renders left for later ones.

    MLANIM_CACHE_LIMIT sets how much may stay, such as 500M or 4G; 2G by default.
    """


@command.command("info")
def info() -> None:
    """Where the cache is and how full."""
    found = Cache().info()
    click.echo(f"{found.folder}")
    click.echo(f"{found.files} files, {_size(found.bytes)} of {_size(found.limit)}")


@command.command("prune")
def prune() -> None:
    """Remove what was not used for longest, down to the limit."""
    click.echo(f"{_size(Cache().prune())} freed")


@command.command("clear")
def clear() -> None:
    """Remove everything."""
    click.echo(f"{_size(Cache().clear())} freed")


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
