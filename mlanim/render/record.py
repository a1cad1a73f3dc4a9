"""Level one of the cache: what a render read, and the film that came of it.

If nothing of that changed, the film is there at once: this module imports neither Manim nor NumPy
nor PyAV. At any doubt the answer is no, and the segments are looked at.
"""

from __future__ import annotations

import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mlanim.render.cache import Cache, checksum
from mlanim.render.destination import replacing

__all__ = ["Record", "digest_of", "digest_of_made", "readers_own", "watch_reads"]

_PACKAGES = ("mlanim", "manim", "numpy", "pycairo", "ManimPango", "av", "pillow", "scipy")
# Say where and how a shell runs, and no scene's business.
_IDLE = {
    "_",
    "SHLVL",
    "PWD",
    "OLDPWD",
    "TERM",
    "COLUMNS",
    "LINES",
    "WINDOWID",
    "PYTEST_CURRENT_TEST",
}
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def watch_reads() -> set[str]:
    """The paths of all files that are opened from now on; call it before Manim is imported."""
    seen: set[str] = set()

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            seen.add(os.path.abspath(os.fsdecode(arguments[0])))  # noqa: PTH100  no file access

    sys.addaudithook(hear)
    return seen


class Record:
    """What is known of one way to render one scene; made before the render.

    Args:
        question: all that was asked, but for where the output goes.
    """

    def __init__(self, cache: Cache, question: Iterable[Any]) -> None:
        self._cache = cache
        self._around = _around()  # as it is now: libraries change the environment for themselves
        asked = repr((tuple(question), str(Path.cwd()), _versions()))
        self._name = blake2b(asked.encode(), digest_size=20).hexdigest()
        self._path = cache.folder / "renders" / f"{self._name}.json"
        self._known = self._read()

    @property
    def rendered_before(self) -> bool:
        """Whether this was rendered before, from whatever sources."""
        return bool(self._known)

    @property
    def seed(self) -> int | None:
        """The seed of that render."""
        seed = self._known.get("result", {}).get("seed")
        return seed if isinstance(seed, int) else None

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
        return {**known["result"], "paths": self._paths(output)}

    def deliver(self, output: Path) -> dict[str, Any] | None:
        """Write the film as it was, if nothing changed; its result, as `--json` prints it."""
        if not self.holds:
            return None
        with replacing(output) as temporary:
            if not self._cache.fetch(f"{self._name}0", temporary):
                return None
        for suffix, text in self._known["captions"].items():
            with replacing(output.with_suffix(suffix)) as temporary:
                temporary.write_text(text, encoding="utf-8")
        return {**self._known["result"], "paths": self._paths(output)}

    @property
    def reads(self) -> Mapping[str, str | None]:
        """What was read for it, with its digests."""
        files: Mapping[str, str | None] = self._known.get("files", {})
        return files

    def recall(self) -> dict[str, Any] | None:
        """What was remembered without a file, if nothing changed."""
        return self._known["result"] if self.holds else None

    def keep(self, result: Mapping[str, Any], reads: Iterable[str]) -> None:
        """Remember a film of one file, and captions, with what was read for them."""
        film, *captions = (Path(path) for path in result["paths"])
        written = {str(path.absolute()) for path in (film, *captions)}
        self._cache.store(f"{self._name}0", film)
        self.remember(
            result,
            readers_own(reads) - written,
            digest=digest_of(str(film)),
            captions={path.suffix: path.read_text(encoding="utf-8") for path in captions},
        )

    def remember(self, result: Mapping[str, Any], reads: Iterable[str], **more: Any) -> None:
        """Remember a result, with what was read for it."""
        files = {path: digest_of(path) for path in readers_own(reads)}
        known = {"result": dict(result), "files": files, "around": self._around, **more}
        self._cache.write(self._path, json.dumps(known))

    @property
    def holds(self) -> bool:
        """Whether it is known at all, and all that was read is as it was."""
        known = self._known
        if known.get("around") != self._around or not known.get("files"):
            return False
        return all(digest_of(path) == digest for path, digest in known["files"].items())

    def _paths(self, output: Path) -> list[str]:
        return [str(output), *(str(output.with_suffix(end)) for end in self._known["captions"])]

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


def _versions() -> list[str]:
    found = [sys.version]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(name)
    return found


def _around() -> str:
    """A digest of the environment and of which fonts are installed."""
    variables = sorted((k, v) for k, v in os.environ.items() if k not in _IDLE)
    fonts = [_touched(Path(folder).expanduser()) for folder in _FONTS]
    return blake2b(repr((variables, fonts)).encode(), digest_size=16).hexdigest()


def _touched(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _modules() -> set[str]:
    """The sources of all modules; what Python reads of them may be an older compilation."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {os.path.abspath(file) for file in files if isinstance(file, str)}  # noqa: PTH100


def readers_own(reads: Iterable[str]) -> set[str]:
    """What was opened or imported and is the reader's own: no library's, no temporary file's."""
    installed = {
        sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")
    }
    scratch = str(Path(tempfile.gettempdir(), "mlanim-"))
    elsewhere = (*installed, scratch, str(Cache().folder), "/proc/", "/sys/", "/dev/")
    paths = {*reads, *_modules()}
    return {p for p in paths if not p.startswith(elsewhere) and "__pycache__" not in p}


def digest_of(path: str) -> str | None:
    """Of a file's content; None for what is no readable file, which counts as an answer too."""
    try:
        return checksum(Path(path))
    except OSError:
        return None


def digest_of_made(path: Path) -> str | None:
    """Of what was made: a file, or a folder with all that is in it."""
    if not path.is_dir():
        return digest_of(str(path))
    inside = sorted(file for file in path.rglob("*") if file.is_file())
    told = [(file.relative_to(path).as_posix(), digest_of(str(file))) for file in inside]
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()
