"""Teaching steps: what they are, and which of them a reader asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mlanim.errors import UsageError, did_you_mean

__all__ = ["LEFT_OUT", "Selection", "Step", "step_title"]

LEFT_OUT = "!"  # before the name of a step that is not to be shown
_PATTERN = re.compile(r"(?P<path>[\w-]+(?:/[\w-]+)*)(?:#(?P<nth>[1-9]\d*)|(?P<all>\*))?")


@dataclass(slots=True)
class Step:
    """One teaching step: a section, a chapter, a caption, and a unit that renders alone.

    `first_play` and `last_play` count the scene's plays and waits from 0, the last not included;
    while the step runs, `last_play` is None. `occurrence` counts steps of the same path from 1.
    `left_out`: the reader wants it not to be shown, and so nothing that is inside of it.
    `title`: of a translated film, the first heading over it, or its name in that language; "" in
    English, where its name stands for it.
    """

    name: str
    path: str
    say: str
    depth: int
    occurrence: int
    first_play: int
    last_play: int | None = None
    shown: bool = True
    left_out: bool = False
    title: str = ""


def step_title(step: str) -> str:
    """A step's path as words.

    >>> step_title("attention/weighted-sum"), step_title("kv_cache#2")
    ('Weighted sum', 'Kv cache, 2')
    """
    name, _, nth = step.rpartition("/")[2].partition("#")
    words = re.sub(r"[-_]+", " ", name).strip()
    words = words[:1].upper() + words[1:]
    return f"{words}, {nth}" if nth else words


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
    `!softmax` leaves a step out, whatever else is chosen.

    >>> wanted = Selection(["softmax#2"])
    >>> [wanted.begins(path) for path in ("score", "attention/softmax", "attention/softmax")]
    [False, False, True]
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        given = [name.strip() for name in names]
        self._wanted = [self._read(name) for name in given if not name.startswith(LEFT_OUT)]
        left_out = [name.removeprefix(LEFT_OUT) for name in given if name.startswith(LEFT_OUT)]
        self._left_out = [self._read(name) for name in left_out]

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

    def leaves_out(self, path: str) -> bool:
        """Tell whether the step that begins now is left out; every step must be told once."""
        met = [left_out.meets(path) for left_out in self._left_out]
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
        """After a scene: every step that was named must have come.

        Where the chosen ones end a scene early, those to be left out may lie behind its end.

        Raises:
            UsageError: such a step is none of the scene's, or came less often.
        """
        known = list(dict.fromkeys(paths))
        for wanted in (*self._wanted, *(() if self.exhausted else self._left_out)):
            if wanted.met:
                continue
            if wanted.seen:
                raise UsageError(
                    f"no step {wanted.text!r}", f"{wanted.path!r} occurs {wanted.seen} time(s)"
                )
            names = dict.fromkeys(part for path in known for part in (path.split("/")[-1], path))
            hint = did_you_mean(wanted.path, names) or "this scene has no steps"
            raise UsageError(f"no step {wanted.text!r}", hint)
