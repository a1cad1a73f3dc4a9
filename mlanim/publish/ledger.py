"""The ledger of a build: what stands in the output folder, and what it was made from.

It lies beside the assets and goes with them into version control, so that `mlanim build --check`
can tell on another machine, with an empty cache, whether they are up to date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import mlanim
from mlanim.catalogue import bundled_folder
from mlanim.publish.manifest import Asset, Manifest
from mlanim.publish.naming import LEDGER
from mlanim.render.memory.record import digest_of, digest_of_made
from mlanim.replacing import replacing

__all__ = ["Ledger", "Row"]

Reads = Mapping[str, str | None] | None  # digests by path; None where not all was seen

_PACKAGE = Path(mlanim.__file__).parent
_BUNDLED = "bundled:"


@dataclass(frozen=True)
class Row:
    """An asset, with the files that were read for it (None: not all are known) and written.

    Attributes:
        digest: of what was made, before others could write there; None where nobody remembers.
    """

    asset: Asset
    reads: Mapping[str, str | None] | None
    paths: Sequence[str]
    digest: str | None


class Ledger:
    """The ledger of a manifest, whose folder is the working one."""

    def __init__(self, manifest: Manifest) -> None:
        self._path = manifest.output / LEDGER
        self._known = self._read()

    @property
    def names(self) -> set[str]:
        """Of the assets that are written down."""
        return set(self._known)

    def is_current(self, asset: Asset) -> bool:
        """Whether an asset stands as it was made, from what is there now."""
        known = self._known.get(asset.name)
        if not isinstance(known, dict) or known.get("asked") != _asked(asset):
            return False
        if known.get("made") != digest_of_made(asset.output):
            return False
        beside = known.get("beside", {})
        if any(digest_of(str(asset.output.with_suffix(s))) != d for s, d in beside.items()):
            return False
        read = known.get("from")
        if not isinstance(read, dict):  # nobody knows all that it was made from
            return False
        return all(digest_of(str(_place(label))) == d for label, d in read.items())

    def update(self, made: Mapping[str, Row]) -> None:
        """Write down assets by name; those that are no longer asked for are struck out."""
        records = {name: self._record(row) for name, row in made.items()}
        if records != self._known:
            text = json.dumps(dict(sorted(records.items())), indent=1, ensure_ascii=False)
            with replacing(self._path) as temporary:
                temporary.write_text(text + "\n", encoding="utf-8")

    def _record(self, row: Row) -> dict[str, Any]:
        asset = row.asset
        beside = [Path(path).suffix for path in row.paths[1:]] if asset.asked.folder is None else []
        reads = row.reads or {}
        read = {label: digest for path, digest in reads.items() if (label := _label(path))}
        return {
            "asked": _asked(asset),
            "made": row.digest or digest_of_made(asset.output),
            "beside": {end: digest_of(str(asset.output.with_suffix(end))) for end in beside},
            "from": dict(sorted(read.items())) if row.reads is not None else None,
        }

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _asked(asset: Asset) -> str:
    """A digest of what was asked, the same wherever the manifest lies."""
    asked = asset.asked
    spec = replace(asked.spec, output=None, cache=True)
    values = sorted(map(repr, (*asked.given.items(), *asked.texts.items())))
    whole = (mlanim.__version__, asked.entry.name, asked.class_name, asked.purpose, repr(spec))
    return blake2b(repr((*whole, values)).encode(), digest_size=16).hexdigest()


def _label(path: str) -> str:
    """A name for a file below the manifest, or a bundled scene; "" for what lies elsewhere.

    mlanim's own modules are told by its version.
    """
    if ".part" in Path(path).suffixes:  # on its way to what was made
        return ""
    if Path(path).is_relative_to(bundled_folder()):
        return _BUNDLED + Path(path).relative_to(bundled_folder()).as_posix()
    if Path(path).is_relative_to(Path.cwd()) and not Path(path).is_relative_to(_PACKAGE):
        return Path(path).relative_to(Path.cwd()).as_posix()
    return ""


def _place(label: str) -> Path:
    """The file of a name."""
    if label.startswith(_BUNDLED):
        return bundled_folder() / label.removeprefix(_BUNDLED)
    return Path(label)
