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

__all__ = ["Record", "readers_own", "watch_reads"]

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
    """What is known of one way to render one scene.

    Args:
        question: all that was asked, but for where the output goes.
    """

    def __init__(self, cache: Cache, question: Iterable[Any]) -> None:
        self._cache = cache
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

    def deliver(self, output: Path) -> dict[str, Any] | None:
        """Write the film as it was, if nothing changed; its result, as `--json` prints it."""
        known = self._known
        if known.get("around") != _around() or not known.get("files"):
            return None
        if any(_digest(path) != digest for path, digest in known["files"].items()):
            return None
        written = []
        with replacing(output) as temporary:
            if not self._cache.fetch(f"{self._name}0", temporary):
                return None
            written.append(output)
        if known["captions"]:
            captions = output.with_suffix(".srt")
            with replacing(captions) as temporary:
                temporary.write_text(known["captions"], encoding="utf-8")
            written.append(captions)
        return {**known["result"], "paths": [str(path) for path in written]}

    def keep(self, result: Mapping[str, Any], reads: Iterable[str]) -> None:
        """Remember a film of one file, and captions, with what was read for them."""
        film, *captions = (Path(path) for path in result["paths"])
        written = {str(path.absolute()) for path in (film, *captions)}
        files = {path: _digest(path) for path in readers_own(reads) - written}
        known = {
            "result": dict(result),
            "files": files,
            "around": _around(),
            "captions": captions[0].read_text(encoding="utf-8") if captions else "",
        }
        self._cache.store(f"{self._name}0", film)
        self._cache.write(self._path, json.dumps(known))

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


def _digest(path: str) -> str | None:
    """Of a file's content; None for what is no readable file, which counts as an answer too."""
    try:
        return checksum(Path(path))
    except OSError:
        return None
