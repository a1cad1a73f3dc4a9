"""build: bring the assets of a manifest up to date, several at once, and tell what was done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mlanim.errors import MlanimError
from mlanim.publish.building import Answer, Display, run_tasks
from mlanim.publish.ledger import Ledger, Row
from mlanim.publish.making import record_of
from mlanim.publish.manifest import Asset, Manifest, read_manifest, told
from mlanim.publish.presets import check_limits
from mlanim.publish.worker import Task, lint_record
from mlanim.render.stage.asked_scene import open_asked

__all__ = ["Built", "build", "check_build"]

_LINT_FPS = 15.0


@dataclass(frozen=True)
class Built:
    """An asset, and what became of it.

    Attributes:
        state: "unchanged"; "recalled" from the cache, "made" anew; "out of date", where nothing
            was to be written; or "failed".
        bytes: of the file, or of all files in the folder.
        problems: a line for each, none if all is well; `code` is an exit code.
    """

    asset: Asset
    state: str
    bytes: int = 0
    result: Mapping[str, Any] | None = None
    problems: tuple[str, ...] = ()
    code: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        known = self.result or {}
        sizes = {key: known.get(key) for key in ("width", "height", "fps", "seconds", "format")}
        return {
            "asset": self.asset.number,
            "path": str(self.asset.output),
            "state": self.state,
            "bytes": self.bytes,
            **(sizes if known else {}),
            "problems": list(self.problems),
        }


def build(file: Path, *, jobs: int, quiet: bool = False, write: bool = True) -> list[Built]:
    """Bring a manifest's assets up to date, in the manifest's order.

    What is unchanged is not touched; all that is to be made is checked before any is made.

    Args:
        jobs: workers at once.
        write: otherwise only tell what would be done.

    Raises:
        UsageError: a manifest that cannot be.
        MlanimError: a scene file that fails when it is loaded.
    """
    variables = dict(os.environ)
    with chdir(_folder(file)):
        manifest = read_manifest(Path(file.name))
        assets = [asset for asset in manifest.assets if not asset.joins]
        found = {asset.name: _unchanged(asset) for asset in assets}
        rest = [asset for asset in assets if found[asset.name] is None]
        known = [asset for asset in rest if record_of(asset.asked).holds]
        anew = [asset for asset in rest if asset not in known]
        _check_scenes(anew, manifest)
        if not write:
            waiting = {asset.name: Built(asset, "out of date") for asset in rest}
            told = {name: one or waiting[name] for name, one in found.items()}
            return _with_joins(manifest, told, lambda asset: Built(asset, "out of date"))
        found |= {asset.name: _recalled(asset) for asset in known}
        anew = [asset for asset in rest if found[asset.name] is None]
        if anew:
            found.update(_made(anew, jobs, quiet, variables))
        done = {name: one for name, one in found.items() if one}
        built = _with_joins(
            manifest, done, lambda asset: dict(_made([asset], jobs, quiet, variables))[asset.name]
        )
        _write_down(manifest, built)
        return built


def check_build(file: Path, *, jobs: int, quiet: bool = False) -> list[Built]:
    """Tell which assets are out of date or have faults that the lint finds; write nothing there.

    Raises:
        UsageError: a manifest that cannot be.
        MlanimError: a scene file that fails when it is loaded.
    """
    variables = dict(os.environ)
    with chdir(_folder(file)):
        manifest = read_manifest(Path(file.name))
        ledger = Ledger(manifest)

        def as_it_is(asset: Asset) -> Built:
            never_made = not record_of(asset.asked).rendered_before
            if never_made and ledger.is_current(asset):
                return Built(asset, "unchanged", _bytes(asset.output))
            return Built(asset, "out of date", problems=("is out of date",))

        single = [asset for asset in manifest.assets if not asset.joins]
        found = {asset.name: _unchanged(asset) or as_it_is(asset) for asset in single}
        _check_scenes([built.asset for built in found.values() if built.problems], manifest)
        findings = _findings(single, jobs, quiet, variables)
        checked = {
            name: replace(built, problems=(*built.problems, *findings[name].findings))
            if not (failed := findings[name]).error
            else replace(built, problems=(failed.error,), code=failed.code)
            for name, built in found.items()
        }
        return _with_joins(manifest, checked, as_it_is)


def _with_joins(
    manifest: Manifest, built: Mapping[str, Built], bring: Callable[[Asset], Built]
) -> list[Built]:
    """All assets in their order, those that join others last: what they join is there by then."""
    told = dict(built)
    for asset in (asset for asset in manifest.assets if asset.joins):
        parts = [one for one in told.values() if str(one.asset.output) in asset.joins]
        if failed := next((one for one in parts if one.state == "failed"), None):
            line = f"asset {asset.number}: {failed.asset.output} is to be joined, and failed"
            told[asset.name] = Built(asset, "failed", problems=(line,), code=failed.code)
            continue
        stale = any(one.state == "out of date" for one in parts)
        told[asset.name] = (None if stale else _unchanged(asset)) or bring(asset)
    return [told[asset.name] for asset in manifest.assets]


def _folder(file: Path) -> Path:
    return file.parent if file.parent.is_dir() else Path()


def _unchanged(asset: Asset) -> Built | None:
    result = record_of(asset.asked).unchanged(asset.output)
    return _built(asset, "unchanged", result) if result else None


def _recalled(asset: Asset) -> Built | None:
    """Take a file from the cache, where it is there."""
    if asset.asked.folder is not None or asset.asked.spec.format == "png-sequence":
        return None
    result = record_of(asset.asked).deliver(asset.output)
    return _built(asset, "recalled", result) if result else None


def _built(asset: Asset, state: str, result: Mapping[str, Any]) -> Built:
    built = Built(asset, state, _bytes(asset.output), result)
    try:
        check_limits(asset.asked.purpose, asset.limit, {**result, "bytes": built.bytes})
    except MlanimError as error:
        return replace(built, problems=(str(error),), code=error.exit_code)
    return built


def _check_scenes(assets: Sequence[Asset], manifest: Manifest) -> None:
    """Load the scenes and look at what is asked of them, before any is rendered."""
    if not assets:
        return
    for asset in assets:
        with (
            told(manifest.file.name),
            told(f"asset {asset.number}"),
            open_asked(asset.asked) as opened,
        ):
            from mlanim.render.stage.scene_building import check_scene
            from mlanim.theme import get_theme

            check_scene(opened.scene_class, opened.spec)
            if opened.spec.theme is not None:
                get_theme(opened.spec.theme)


def _made(
    assets: Sequence[Asset], jobs: int, quiet: bool, variables: Mapping[str, str]
) -> Iterator[tuple[str, Built]]:
    """Make assets in workers; who fails leaves the others alone."""
    each = max(1, (os.cpu_count() or 1) // min(jobs, len(assets)))
    tasks = {asset.name: Task(asset.asked, each) for asset in assets}
    by_name = {asset.name: asset for asset in assets}
    with Display(len(tasks), quiet=quiet) as display:
        for name, answer in run_tasks(tasks, jobs, display, variables):
            asset = by_name[name]
            if answer.result is not None:
                yield name, _built(asset, "made", answer.result)
            else:
                line = f"asset {asset.number}: {answer.error}"
                yield name, Built(asset, "failed", problems=(line,), code=answer.code)


def _findings(
    assets: Sequence[Asset], jobs: int, quiet: bool, variables: Mapping[str, str]
) -> dict[str, Answer]:
    """What the lint finds in each asset's scene; those that show the same are looked at once."""
    same: dict[str, Asset] = {}
    asked = {}
    for asset in assets:
        asked[asset.name] = replace(asset.asked, spec=_linted(asset), purpose="", folder=None)
        same.setdefault(repr(asked[asset.name].question), asset)
    answers: dict[str, Answer] = {}
    tasks = {}
    for question, asset in same.items():
        known = lint_record(asked[asset.name]).recall()
        if known is not None:
            answers[question] = Answer(findings=tuple(known["findings"]))
        else:
            tasks[asset.name] = Task(asked[asset.name], 1, lint=True)
    if tasks:
        with Display(len(tasks), quiet=quiet) as display:
            for name, answer in run_tasks(tasks, jobs, display, variables):
                answers[repr(asked[name].question)] = answer
    return {asset.name: answers[repr(asked[asset.name].question)] for asset in assets}


def _linted(asset: Asset) -> Any:
    """A spec for the lint: only theme, steps, values and the frame's shape matter to it."""
    spec = asset.asked.spec
    ratio = spec.frame_size[0] / spec.frame_size[1]
    width, height = (90 * ratio, 90) if ratio >= 1 else (90, 90 / ratio)
    return replace(
        spec,
        width=2 * round(width / 2),
        height=2 * round(height / 2),
        fps=_LINT_FPS,
        format="none",
        codec=None,
        transparent=False,
        loop=0,
        hold=0.0,
        max_bytes=None,
        at=None,
        output=None,
        seed=spec.seed or 0,
    )


def _write_down(manifest: Manifest, built: Sequence[Built]) -> None:
    """Bring the ledger up to date with all that stands there now."""
    ledger = Ledger(manifest)
    names = {one.asset.name for one in built}
    if names == ledger.names and all(one.state == "unchanged" for one in built):
        return  # as it was
    rows = {}
    for one in built:
        if one.result is not None:
            record = record_of(one.asset.asked)
            reads = record.reads(one.asset.output)
            rows[one.asset.name] = Row(one.asset, reads, one.result["paths"], record.digest)
    ledger.update(rows)


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
