"""Little tales of something lost and found: the text that the language model learns to continue.

Every tale keeps to what it has told: the one who lost, the thing, the place where it was found. A
model that continues well has to look back for them.
"""

from __future__ import annotations

import random
import re

__all__ = ["is_tale", "tale", "vocabulary"]

HEROES = ("robot", "fox", "rabbit", "bear", "owl", "mouse")
MOODS = ("small", "young", "brave", "shy", "clever", "tired")
HOMES = ("by the river", "in a forest", "on a hill", "under a bridge", "near the sea")
TIMES = ("morning", "evening", "night")
THINGS = ("key", "hat", "lamp", "map", "ball", "book")
PLACES = ("under the table", "behind the door", "in the garden", "on the roof", "in the box")
FRIENDS = ("snail", "bird", "cat", "frog", "duck")
THANKS = ("sang a song", "danced all night", "baked a cake", "told a story")
GLAD = ("happy", "glad", "proud")


def tale(rng: random.Random) -> list[str]:
    """One tale as words and full stops.

    >>> " ".join(tale(random.Random(1))).startswith("once there was a ")
    True
    """
    hero, thing, friend = rng.choice(HEROES), rng.choice(THINGS), rng.choice(FRIENDS)
    *empty, found = rng.sample(PLACES, rng.choice((2, 3)))
    lines = [
        f"once there was a {rng.choice(MOODS)} {hero} who lived {rng.choice(HOMES)} .",
        f"one {rng.choice(TIMES)} the {hero} lost a {thing} .",
    ]
    for place in empty:
        lines.append(f"the {hero} looked {place} but the {thing} was not there .")
    lines += [
        f"then a {friend} came and asked what did you lose .",
        f"i lost my {thing} said the {hero} .",
        f"they looked {found} and there was the {thing} .",
        f"the {hero} was {rng.choice(GLAD)} and thanked the {friend} .",
        f"the {hero} and the {friend} {rng.choice(THANKS)} .",
        "the end",
    ]
    return " ".join(lines).split()


def _one_of(words: tuple[str, ...], name: str = "") -> str:
    return f"(?P<{name}>{'|'.join(words)})" if name else f"(?:{'|'.join(words)})"


_TALE = re.compile(
    f"once there was a {_one_of(MOODS)} {_one_of(HEROES, 'hero')} who lived {_one_of(HOMES)} \\. "
    f"one {_one_of(TIMES)} the (?P=hero) lost a {_one_of(THINGS, 'thing')} \\. "
    f"(?P<searches>(?:the (?P=hero) looked {_one_of(PLACES)} "
    "but the (?P=thing) was not there \\. ){1,2})"
    f"then a {_one_of(FRIENDS, 'friend')} came and asked what did you lose \\. "
    "i lost my (?P=thing) said the (?P=hero) \\. "
    f"they looked {_one_of(PLACES, 'found')} and there was the (?P=thing) \\. "
    f"the (?P=hero) was {_one_of(GLAD)} and thanked the (?P=friend) \\. "
    f"the (?P=hero) and the (?P=friend) {_one_of(THANKS)} \\. the end"
)


def is_tale(words: list[str]) -> bool:
    """Whether a text is a tale that keeps to what it tells, and finds the thing at a new place.

    >>> is_tale(tale(random.Random(7)))
    True
    >>> is_tale("the end".split())
    False
    """
    found = _TALE.fullmatch(" ".join(words))
    if found is None:
        return False
    searched = re.findall(f"looked ({_one_of(PLACES)})", found["searches"])
    return len({*searched, found["found"]}) == len(searched) + 1


def vocabulary() -> list[str]:
    """All words, sorted."""
    rng = random.Random(0)
    return sorted({word for _ in range(2000) for word in tale(rng)})
