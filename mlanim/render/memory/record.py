"""Level one of the cache: what a render read, and the film that came of it.

If nothing of that changed, the film is there at once: this module imports neither Manim nor NumPy
nor PyAV. What a render read that nobody could see makes no record. At any doubt the answer is no,
and the segments are looked at.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mlanim.render.known.behalf import is_installed
from mlanim.render.memory.cache import Cache
from mlanim.render.watched.reads import Reads, unchanged
from mlanim.render.watched.stamps import content
from mlanim.render.watched.surroundings import surroundings, versions
from mlanim.render.watched.watching import watch_reads, watching_now
from mlanim.replacing import replacing

__all__ = ["Record", "digest_of", "digest_of_made", "readers_own", "watch_reads"]


class Record:
    """What is known of one way to render one scene; made before the render.

    Args:
        question: all that was asked, but for where the output goes.
    """

    def __init__(self, cache: Cache, question: Iterable[Any]) -> None:
        self._cache = cache
        self._around = (
            surroundings()
        )  # as it is now: libraries change the environment for themselves
        asked = repr((tuple(question), str(Path.cwd()), versions()))
        self._name = blake2b(asked.encode(), digest_size=20).hexdigest()
        self._path = cache.folder / "renders" / f"{self._name}.json"
        self._known = self._read()

    @property
    def rendered_before(self) -> bool:
        """Whether this was rendered before, from whatever sources."""
        return bool(self._known)

    @property
    def output(self) -> Path | None:
        """Where that render put its film."""
        paths = self._known.get("result", {}).get("paths") or [None]
        return Path(paths[0]) if paths[0] else None

    def unchanged(self, output: Path) -> dict[str, Any] | None:
        """The result, if nothing changed and what was made then still stands at `output`."""
        known = self._known
        if not self.holds or digest_of_made(output) != known.get("digest"):
            return None
        for suffix, text in known["captions"].items():
            try:
                if output.with_suffix(suffix).read_text(encoding="utf-8") != text:
                    return None
            except (OSError, ValueError):
                return None
        self._tell_watches()
        return {**known["result"], "paths": self._paths(output)}

    def deliver(self, output: Path) -> dict[str, Any] | None:
        """Write the film as it was, if nothing changed; its result, as `--json` prints it."""
        if not self.holds:
            return None
        with replacing(output) as temporary:
            digest = str(self._known.get("digest"))  # others may have kept theirs there as well
            if not self._cache.fetch(f"{self._name}0", temporary, digest):
                return None
        for suffix, text in self._known["captions"].items():
            with replacing(output.with_suffix(suffix)) as temporary:
                temporary.write_text(text, encoding="utf-8")
        self._tell_watches()
        return {**self._known["result"], "paths": self._paths(output)}

    def reads(self, output: Path) -> Mapping[str, str | None] | None:
        """The digests of the files that were read for what stands at `output` now.

        None where that is not what was remembered, or something has changed since.
        """
        known = self._known
        if not self._inputs_hold or digest_of_made(output) != known.get("digest"):
            return None
        files = known["inputs"]["files"].items()
        return {path: told[5] if len(told) > 5 else None for path, told in files}

    def recall(self) -> dict[str, Any] | None:
        """What was remembered without a file, if nothing changed."""
        return self._known["result"] if self.holds else None

    @property
    def digest(self) -> str | None:
        """Of what was made then."""
        return self._known.get("digest")

    def take(self, made: Sequence[Path]) -> dict[str, Any]:
        """Keep a film of one file, and captions, as they were made: nobody could touch them yet.

        What is known of them then is for `keep`: of a dry run, which makes none, nothing.
        """
        if not made:
            return {}
        film, *captions = made
        return {
            "digest": self._cache.store(f"{self._name}0", film) or digest_of(str(film)),
            "captions": {path.suffix: path.read_text(encoding="utf-8") for path in captions},
        }

    def keep(self, result: Mapping[str, Any], reads: Reads, taken: Mapping[str, Any]) -> None:
        """Remember what was taken, with what was read for it."""
        for path in result["paths"]:
            reads.makes(str(Path(path).absolute()))
        self.remember(result, reads, **taken)

    def remember(self, result: Mapping[str, Any], reads: Reads, **more: Any) -> None:
        """Remember a result, with what was read for it, if all of that was seen and still holds."""
        inputs = reads.inputs()
        if inputs is not None:
            known = {"result": dict(result), "inputs": inputs, "around": self._around, **more}
            self._cache.write(self._path, json.dumps(known))

    @property
    def holds(self) -> bool:
        """Whether it is known at all, and all that was read is as it was."""
        return self._known.get("around") == self._around and self._inputs_hold

    @property
    def _inputs_hold(self) -> bool:
        try:
            return bool(self._known) and unchanged(self._known["inputs"])
        except (AttributeError, LookupError, TypeError, ValueError):  # another version's
            return False

    def _tell_watches(self) -> None:
        """What contains this film depends on what the film depends on."""
        for reads in watching_now():
            reads.adopt(self._known["inputs"])

    def _paths(self, output: Path) -> list[str]:
        return [str(output), *(str(output.with_suffix(end)) for end in self._known["captions"])]

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._cache.read(self._path) or "null")
        except ValueError:
            return {}
        return known if isinstance(known, dict) else {}


def readers_own(reads: Iterable[str]) -> set[str]:
    """What was opened or imported and is the reader's own: no library's, no temporary file's."""
    scratch = str(Path(tempfile.gettempdir(), "mlanim-"))
    elsewhere = (scratch, str(Cache().folder), "/proc/", "/sys/", "/dev/")
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    modules = {os.path.abspath(file) for file in files if isinstance(file, str)}  # noqa: PTH100
    paths = {*reads, *modules}
    return {p for p in paths if not p.startswith(elsewhere) and not is_installed(p)}


def digest_of(path: str) -> str | None:
    """Of a file's content; None for what is no readable file, which counts as an answer too."""
    return content(path)


def digest_of_made(path: Path) -> str | None:
    """Of what was made: a file, or a folder with all that is in it."""
    if not path.is_dir():
        return digest_of(str(path))
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    told = [(file.relative_to(path).as_posix(), digest_of(str(file))) for file in inside]
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()
