"""`mlanim check`: the lint. What is outside, unreadable, inaccessible or untrue, step by step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from mlanim.catalogue import entries
from mlanim.cli.options import scene_options
from mlanim.errors import UsageError, did_you_mean
from mlanim.render.stage.asked_scene import open_scene
from mlanim.review.values_file import values_target, write_values

if TYPE_CHECKING:
    from mlanim.review.check import Report

_FOUND = 3


@click.command("check", context_settings={"default_map": {"quality": "l"}})
@click.argument("scenes", nargs=-1, required=True, metavar="SCENE [CLASS | SCENE...]")
@scene_options
@click.option("--captions", metavar="burn", help="With captions in the picture, as in render.")
@click.option("--values", metavar="FILE.json", help="Write all data on screen to a file.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON on stdout.")
def command(
    scenes: tuple[str, ...], values: str | None, quiet: bool, as_json: bool, **options: Any
) -> int:
    """Find what a reader could not read, see or believe. Exit code 3 when something is found.

    SCENE is a name from `mlanim list`, or the path of any Manim scene file; CLASS chooses among
    several scenes in it. Several names check several scenes. The scene is laid out at the
    size that is asked for, and drawn in few pixels; the quality also gives the frames a second at
    which flashes are looked for.
    """
    target = values_target(values)
    reports: dict[str, Report] = {}
    for scene, class_name in _asked(scenes):
        with open_scene(scene, class_name, **options) as opened:
            from mlanim.render.stage.progress import ProgressBar
            from mlanim.review.check import check

            with ProgressBar(opened.steps, quiet=quiet) as progress:
                report = check(opened.scene_class, opened.spec, progress=progress)
            reports[class_name or opened.entry.name] = report
    if target is not None:
        write_values(
            target,
            [{"scene": s, **record} for s, report in reports.items() for record in report.values],
        )
    if as_json:
        click.echo(json.dumps(_as_json(reports), ensure_ascii=False))
    else:
        _print(reports)
    return _FOUND if any(report.findings for report in reports.values()) else 0


def _asked(words: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Scenes with their classes: all words when all are names, else a scene and its class."""
    if len(words) == 1:
        return [(words[0], None)]
    names = {entry.name for entry in entries()}
    if all(word in names or word.replace("_", "-") in names for word in words):
        return [(word, None) for word in dict.fromkeys(words)]
    if len(words) == 2:
        return [(words[0], words[1])]
    unknown = next(word for word in words if word not in names)
    hint = did_you_mean(unknown, sorted(names))
    raise UsageError(f"no scene {unknown!r}", hint, "several scenes are given by name")


def _as_json(reports: dict[str, Report]) -> dict[str, Any]:
    return {
        scene: {
            "seconds": round(report.seconds, 3),
            "pictures": report.pictures,
            "findings": [finding.as_json() for finding in report.findings],
        }
        for scene, report in reports.items()
    }


def _print(reports: dict[str, Report]) -> None:
    """Each finding in two lines, under its step."""
    console = Console(soft_wrap=True, highlight=False)
    for scene, report in reports.items():
        step = None
        for finding in report.findings:
            if finding.step != step:
                step = finding.step
                console.print(Text(f"{scene} {step}", style="bold"))
            lasting = f", for {finding.seconds:.1f} s" if finding.seconds >= 0.1 else ""
            console.print(
                Text.assemble(
                    (f"  {finding.time:6.1f} s  ", "dim"),
                    (f"{finding.rule:<12} ", "red"),
                    (finding.who, "bold"),
                    f": {finding.problem}{lasting}",
                )
            )
            console.print(Text(f"{' ' * 24}{finding.advice}", style="dim"))
        count = len(report.findings)
        found = _counted(count, "finding") if count else "nothing found"
        looked = f"{_counted(report.pictures, 'picture')} in {report.seconds:.1f} s"
        console.print(Text(f"{scene}: {found} in {looked}", style="red" if count else "green"))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
