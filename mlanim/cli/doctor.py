"""`mlanim doctor`: every need of this machine, found or missing, with the command that mends it."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from mlanim.needs import Need, needs


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable, on stdout.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What this machine has and lacks, and what mends it. Exits with 1 when a need is missing."""
    found: list[Need] = []
    for need in needs():
        found.append(need)
        if not as_json:
            _print(need)
    if as_json:
        click.echo(json.dumps([asdict(need) for need in found], indent=2))
    lacking = [need.name for need in found if need.missing and not need.optional]
    if not as_json:
        click.echo(f"\nMissing: {', '.join(lacking)}." if lacking else "\nNothing is missing.")
    ctx.exit(1 if lacking else 0)


def _print(need: Need) -> None:
    mark, colour = ("found", "green") if need.found else ("MISSING", "red")
    if need.missing and need.optional:
        mark, colour = "optional", "yellow"
    click.echo(click.style(f"{mark:8}", fg=colour) + f"  {need.name}: {need.found or need.missing}")
    if need.missing:
        click.echo(f"          mend it with: {need.mend}")
