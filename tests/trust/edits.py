"""Random edits of random scenes, each rendered through a warm cache and without one.

    python -m tests.trust.edits --count 500 --seed 0

A scene is rendered, then edited again and again: any number, function, attribute, play or data
file of it, by another one, or back to what it was. After each edit it is rendered warm and without
a cache: the same frames, or the film is stale. What came of the record is rendered once more
without that, by its segments alone. What fails must fail in the same way.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from mlanim.render.sinks.digests import digests
from tests.trust.corpus import Stage
from tests.trust.random_edits import edited
from tests.trust.random_scenes import random_scene

_EDITS_OF_A_SCENE = 6
_SIZE, _RATE = (64, 36), 5


@dataclass(frozen=True)
class Edit:
    """What came of an edit.

    Attributes:
        told: what was edited.
        matters: whether it shows.
        stale: the ways in which another film came.
        failed: what the scene says if it fails, or that a render takes too long to be judged.
        differs: whether it is another film each time, so that none can be told to be stale.
        recalled: whether the warm film came of what was read alone.
    """

    told: str
    matters: bool
    stale: tuple[str, ...]
    failed: str
    differs: bool = False
    recalled: bool = False


class Desk:
    """A folder with a scene and the cache of its films.

    Attributes:
        recalled: whether the last film came of what was read alone, with nothing played.
    """

    def __init__(self, stage: Stage, place: Path, jobs: int) -> None:
        self.folder, self._place = place / "desk", place
        self._stage, self._jobs = stage, jobs
        self._environ: dict[str, str] = {}
        self.recalled = False
        for folder in (self.folder, place / "made", place / "tmp"):
            folder.mkdir(parents=True)

    def lay(self, files: Mapping[str, bytes], environ: Mapping[str, str], *, old: bool) -> None:
        """Bring the files to what they are to be; `old`: with the times that they had."""
        self._environ = dict(environ)
        there = [p for p in self.folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
        for path in there:
            if str(path.relative_to(self.folder)) not in files:
                path.unlink()
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.stat() if path.exists() else None
            if before is None or path.read_bytes() != content:
                path.write_bytes(content)
                if old and before is not None:
                    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def forget(self) -> None:
        """Of all renders; what they drew stays."""
        shutil.rmtree(self._place / "cache" / "mlanim" / "renders", ignore_errors=True)

    def film(self, how: str) -> list[bytes] | str:
        """Its frames, or what went wrong."""
        made = self._place / "made"
        output, answer = made / "film.digests", made / "answer"
        for path in (output, answer):
            path.unlink(missing_ok=True)
        told = self._stage.ask(
            {
                "file": "s.py",
                "scene": "S",
                "desk": str(self.folder),
                "folder": str(made),
                "output": str(output),
                "answer": str(answer),
                "size": _SIZE,
                "rate": _RATE,
                "how": how,
                "jobs": 1 if how == "anew" else self._jobs,
                "environ": {
                    "XDG_CACHE_HOME": str(self._place / "cache"),
                    "TMPDIR": str(self._place / "tmp"),
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **self._environ,
                },
            }
        )
        self.recalled = told.get("recalled", False)
        wrong = " ".join(filter(None, (told["ended"], told.get("error", ""))))
        return wrong or digests(output)


def edits_of(stage: Stage, place: Path, seed: str, count: int) -> Iterator[Edit]:
    """A random scene and what comes of so many edits of it."""
    chance = Random(seed)
    scene = random_scene(chance)
    desk = Desk(stage, place, chance.choice((1, 2)))
    files, seen = scene.files(), [(scene, scene.files())]
    desk.lay(files, scene.environ(), old=False)
    before = desk.film("recall")
    for _ in range(count):
        scene, files, told = edited(chance, scene, files, seen)
        seen.append((scene, files))
        desk.lay(files, scene.environ(), old=chance.random() < 0.3)
        warm, recalled = desk.film("recall"), desk.recalled
        right, stale = desk.film("anew"), []
        if warm != right:
            stale.append("recalled" if recalled else "segments")
        if recalled:
            desk.forget()
            if desk.film("recall") != right:
                stale.append("segments")
        hangs = [film for film in (warm, right) if isinstance(film, str) and "hangs" in film]
        differs = bool(stale) and not hangs and desk.film("anew") != right
        failed = hangs[0] if hangs else right if isinstance(right, str) else ""
        yield Edit(
            told,
            before != right,
            () if differs or hangs else tuple(stale),
            failed,
            differs,
            recalled,
        )
        before = right


def main(words: list[str]) -> int:
    """Run them, say what was stale, and give the number of those."""
    parser = argparse.ArgumentParser(description="Random edits of random scenes.")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=600, help="no more scenes after that")
    parser.add_argument("--scene", type=int, help="only this one, and keep its folder")
    parser.add_argument("--seconds", type=float, default=60, help="a render of more hangs")
    given = parser.parse_args(words)
    edits: list[Edit] = []
    began = monotonic()
    stage = Stage("mlanim", given.seconds)
    folder, number = Path(tempfile.mkdtemp(prefix="edits-")), 0
    try:
        while len(edits) < given.count and monotonic() < began + 60 * given.minutes:
            seed = f"{given.seed}/{number if given.scene is None else given.scene}"
            place = folder / seed.replace("/", "-")
            for edit in edits_of(stage, place, seed, min(_EDITS_OF_A_SCENE, given.count)):
                edits.append(edit)
                if edit.stale:
                    print(f"STALE {' and '.join(edit.stale)}, scene {seed}: {edit.told}")
                elif edit.failed or edit.differs or given.scene is not None:
                    how = edit.failed or ("differs each time" if edit.differs else "right")
                    print(f"scene {seed}: {edit.told}: {how}")
                sys.stdout.flush()
            number += 1
            if given.scene is not None:
                print(f"its folder: {place}")
                break
            shutil.rmtree(place)
    finally:
        stage.end()
        if given.scene is None:
            shutil.rmtree(folder)
    return summed_up(edits, given.seed)


def summed_up(edits: list[Edit], seed: int) -> int:
    """Print how many mattered and how many were stale; the latter's number."""
    mattered = sum(edit.matters and not edit.failed for edit in edits)
    failed = sum(bool(edit.failed) for edit in edits)
    differ = sum(edit.differs for edit in edits)
    recalled = sum(edit.recalled for edit in edits)
    stale = [edit for edit in edits if edit.stale]
    print(
        f"{len(edits)} edits, seed {seed}: {mattered} mattered, {recalled} recalled, "
        f"{failed} failed, {differ} differ each time, {len(stale)} stale"
    )
    return len(stale)


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
