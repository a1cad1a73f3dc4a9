"""Random small scenes, which take their numbers from all over: python -m tests.trust.edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.trust.functions import FUNCTIONS
from tests.trust.plays import AROUND, PLAYS
from tests.trust.ways import NUMBERS

__all__ = ["Number", "Play", "RandomScene", "random_play", "random_scene"]

_NUMBERS = tuple(round(i / 10, 1) for i in range(1, 10))
_HEAD = "from manim import *\nimport numpy as np\n"


@dataclass(frozen=True)
class Number:
    """A number, the way it comes, and a name of its own: two letters, as `$n` has in archives."""

    value: float
    way: str
    name: str

    def of(self, text: str) -> str:
        """A text of the way's with its number and name put in."""
        return text.replace("$k", str(self.value)).replace("$n", self.name)

    @property
    def told(self) -> str:
        """The expression that gives it."""
        return self.of(NUMBERS[self.way].told)

    @property
    def head(self) -> str:
        """What comes before that."""
        return self.of(NUMBERS[self.way].head)

    def files(self) -> dict[str, bytes]:
        """The files from which it comes."""
        found = {}
        for name, content in NUMBERS[self.way].files.items():
            name = self.of(name)
            made = self.of(content).encode() if isinstance(content, str) else content(self.value)
            if name.endswith("*"):
                found |= {name[:-1] + str(i): b"" for i in range(1, len(made) + 1)}
            else:
                found[name] = made.replace(b"$n", self.name.encode())
        return found


@dataclass(frozen=True)
class Play:
    """What happens next, by which number, and with which function of a number in 0..1."""

    kind: str
    number: Number
    function: str
    elsewhere: bool  # the function is that of a module

    def parts(self) -> tuple[str, str, dict[str, bytes]]:
        """What comes before the scene, the lines of the play, and the files that they need."""
        number, (head, told) = self.number, FUNCTIONS[self.function]
        play = PLAYS.get(self.kind) or AROUND[self.kind]
        before, files = f"{number.head}\n", number.files()
        made = number.of(head.replace("$v", number.told))
        name = number.of(told.replace("$v", number.told))
        if "$f" in "".join(play):
            if self.elsewhere and head and number.way not in ("a tracker",):
                module = f"m{number.name}"
                files[f"{module}.py"] = f"{_HEAD}{before}{made}\n".encode()
                before += f"from {module} import {number.of('F$n')}\n"
                name = number.of("F$n")
            else:
                before += f"{made}\n"
                name = number.of("F$n") if head else name
        texts = [number.of(text.replace("$f", name).replace("$v", number.told)) for text in play]
        return before + texts[0], texts[1], files


@dataclass(frozen=True)
class RandomScene:
    """A scene of a few plays, in some sections."""

    plays: tuple[Play, ...]
    base: str = "Scene"

    def files(self) -> dict[str, bytes]:
        """All that lies in its folder, `s.py` among it."""
        heads, lines, found = [], [], {}
        for place, play in enumerate(self.plays):
            head, body, files = play.parts()
            heads.append(head)
            lines += [f"self.next_section('{place}')", *body.splitlines()]
            found |= files
        body = "".join(f"        {line}\n" for line in lines)
        scene = f"\n\nclass S({self.base}):\n    def construct(self):\n{body}"
        found["s.py"] = (_HEAD + "\n".join(heads) + scene).encode()
        return found

    def environ(self) -> Mapping[str, str]:
        """What it finds in the environment."""
        numbers = [play.number for play in self.plays]
        return {
            n.of(name): n.of(value)
            for n in numbers
            for name, value in NUMBERS[n.way].environ.items()
        }

    def with_play(self, place: int, play: Play) -> RandomScene:
        """The same with another play in a place."""
        return replace(self, plays=(*self.plays[:place], play, *self.plays[place + 1 :]))


def random_number(chance: Random, name: str) -> Number:
    """Any number by any way."""
    return Number(chance.choice(_NUMBERS), chance.choice(list(NUMBERS)), name)


def other_value(chance: Random, number: Number) -> Number:
    """Another number by the same way."""
    others = [value for value in _NUMBERS if value != number.value]
    return replace(number, value=chance.choice(others))


def random_play(chance: Random, name: str) -> Play:
    """Any play; what lies around all plays is rarer."""
    kinds = list(PLAYS) if chance.random() < 0.85 else list(AROUND)
    function, elsewhere = chance.choice(list(FUNCTIONS)), chance.random() < 0.3
    return Play(chance.choice(kinds), random_number(chance, name), function, elsewhere)


def random_scene(chance: Random) -> RandomScene:
    """A scene of two to four plays."""
    plays = tuple(random_play(chance, f"{i:02}") for i in range(chance.randint(2, 4)))
    return RandomScene(plays, chance.choice(("Scene", "Scene", "MovingCameraScene")))
