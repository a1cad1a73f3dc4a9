"""Teaching steps: what they are, and which of them a reader asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mlanim.errors import UsageError, did_you_mean

__all__ = ["Selection", "Step"]

_PATTERN = re.compile(r"(?P<path>[\w-]+(?:/[\w-]+)*)(?:#(?P<nth>[1-9]\d*)|(?P<all>\*))?")


@dataclass(slots=True)
class Step:
    """One teaching step: a section, a chapter, a caption, and a unit that renders alone.

    `first_play` and `last_play` count the scene's plays and waits from 0, the last not included;
    while the step runs, `last_play` is None. `occurrence` counts steps of the same path from 1.
    """

    name: str
    path: str
    say: str
    depth: int
    occurrence: int
    first_play: int
    last_play: int | None = None
    shown: bool = True


@dataclass(slots=True)
class _Wanted:
    text: str
    path: str
    nth: int | None  # None: all of them
    seen: int = field(default=0)

    def meets(self, path: str) -> bool:
        """Count a step that begins; tell whether it is one that is wanted."""
        if path != self.path and not path.endswith(f"/{self.path}"):
            return False
        self.seen += 1
        return self.nth is None or self.seen == self.nth

    @property
    def met(self) -> bool:
        return self.seen >= (self.nth or 1)


class Selection:
    """The steps of `--steps`: `softmax` is the first of that name, `softmax#2` the second,
    `attention/softmax` a path, `softmax*` all of them. An empty selection is the whole scene.

    >>> wanted = Selection(["softmax#2"])
    >>> [wanted.begins(path) for path in ("score", "attention/softmax", "attention/softmax")]
    [False, False, True]
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._wanted = [self._read(name) for name in names]

    @staticmethod
    def _read(text: str) -> _Wanted:
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise UsageError(
                f"cannot read step {text!r}", "write name, name#2, outer/name or name* for all"
            )
        nth = None if match["all"] else int(match["nth"] or 1)
        return _Wanted(text.strip(), match["path"], nth)

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def begins(self, path: str) -> bool:
        """Tell whether the step that begins now is wanted; every step must be told once."""
        met = [wanted.meets(path) for wanted in self._wanted]  # each of them counts
        return any(met)

    @property
    def paths(self) -> tuple[str, ...]:
        """The steps that are wanted, without which occurrence of each."""
        return tuple(wanted.path for wanted in self._wanted)

    @property
    def exhausted(self) -> bool:
        """Whether nothing that comes later can be wanted."""
        return bool(self._wanted) and all(w.met and w.nth is not None for w in self._wanted)

    def check(self, paths: Iterable[str]) -> None:
        """After a scene: every wanted step must have come.

        Raises:
            UsageError: a wanted step is none of the scene's, or came less often.
        """
        known = list(dict.fromkeys(paths))
        for wanted in self._wanted:
            if wanted.met:
                continue
            if wanted.seen:
                raise UsageError(
                    f"no step {wanted.text!r}", f"{wanted.path!r} occurs {wanted.seen} time(s)"
                )
            names = dict.fromkeys(part for path in known for part in (path.split("/")[-1], path))
            hint = did_you_mean(wanted.path, names) or "this scene has no steps"
            raise UsageError(f"no step {wanted.text!r}", hint)
