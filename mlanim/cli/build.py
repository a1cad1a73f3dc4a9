"""`mlanim build`: the assets of an article or a course, from one file that names them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mlanim.errors import MlanimError, UsageError
from mlanim.named_path import named_path

if TYPE_CHECKING:
    from mlanim.publish.build import Built

_FOUND = 3
_HELP = "Tell what is out of date or what the lint finds, exit 3 if anything; write nothing."


@click.command("build")
@click.argument("manifest", metavar="FILE.toml")
@click.option("--check", "only_check", is_flag=True, help=_HELP)
@click.option("--dry-run", is_flag=True, help="Tell what would be made; write nothing.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Assets at once. Default: one for each core; the files are the same with any number.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="What was done, with sizes, on stdout.")
def command(
    manifest: str, only_check: bool, dry_run: bool, jobs: int | None, quiet: bool, as_json: bool
) -> int:
    """Make the films, pictures and folders that a manifest names, as far as anything changed.

    The manifest is checked whole before anything is made. Its assets go into its output folder,
    with a file .mlanim-build.json, by which --check knows them again on another machine.
    """
    if only_check and dry_run:
        raise UsageError("--check with --dry-run", "both write nothing: choose one")
    file = named_path(manifest, "manifest", "give the path of a .toml file")
    from mlanim.publish.build import build, check_build

    jobs = jobs or os.cpu_count() or 1
    if only_check:
        built = check_build(file, jobs=jobs, quiet=quiet)
    else:
        built = build(file, jobs=jobs, quiet=quiet, write=not dry_run)
    if as_json:
        assets = [one.to_json() for one in built]
        total = sum(one.bytes for one in built)
        click.echo(json.dumps({"assets": assets, "bytes": total}, ensure_ascii=False))
    else:
        _print(built, only_check)
    return _exit_code(built, only_check)


def _print(built: Sequence[Built], only_check: bool) -> None:
    """A line for each asset on stdout, and what is wrong with it below."""
    width = max(len(one.state) for one in built)
    for one in built:
        size = f"  {_size(one.bytes)}" if one.bytes else ""
        click.echo(f"{one.state:<{width}}  {one.asset.output}{size}")
        for problem in one.problems if only_check else ():
            if problem != "is out of date":
                click.echo(f"{' ' * width}  {problem}")
    if any(one.code for one in built) and not only_check:
        return  # what failed is told instead
    counts = Counter(one.state for one in built)
    told = ", ".join(f"{number} {state}" for state, number in counts.items())
    total = sum(one.bytes for one in built)
    click.echo(f"{len(built)} assets{f', {_size(total)}' if total else ''}: {told}", err=True)


def _exit_code(built: Sequence[Built], only_check: bool) -> int:
    """What failed is an error; in a check, what was found is a finding."""
    failed = [one for one in built if one.code]
    if failed and not only_check:
        more = f"{len(failed)} of {len(built)} assets failed" if len(failed) > 1 else ""
        raise _BuildError(failed[0].code, failed[0].problems[0], more)
    return _FOUND if only_check and any(one.problems for one in built) else 0


class _BuildError(MlanimError):
    def __init__(self, code: int, *parts: str) -> None:
        super().__init__(*parts)
        self.exit_code = code


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
