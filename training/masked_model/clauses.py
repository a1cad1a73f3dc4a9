"""Sentences for the masked model: what "it" means, what follows from it, and what people liked.

because   "the animal didn't cross the street because it was too tired": which noun is too tired?
then      what the meant one did next: "so the animal slept"
opinions  "i liked the song because it was lovely": was the writer pleased?
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from zlib import crc32

__all__ = ["Clause", "clause", "opinion", "vocabulary"]

ANIMALS = ("animal", "dog", "cat", "horse", "bird", "fox")
WAYS = ("street", "road", "river", "bridge", "field")
THINGS = ("trophy", "lamp", "statue", "violin")
CASES = ("suitcase", "bag", "drawer", "box")
FOODS = ("apple", "soup", "bread", "cheese")
#: One who does not, the other, how, and what each may be too much of.
FRAMES = (
    (ANIMALS, ("cross", "leave", "enter"), WAYS, "tired scared slow sleepy", "wide busy dark long"),
    (THINGS, ("fit",), CASES, "big tall heavy", "small narrow full"),
    (ANIMALS, ("eat", "want"), FOODS, "tired sick sleepy", "hot sour dry old"),
    (WAYS, ("stop", "scare"), ANIMALS, "short quiet small", "brave fast hungry"),
)
#: What the meant noun did next, by its kind.
NEXT = {
    ANIMALS: ("slept", "rested", "went home"),
    WAYS: ("stayed empty", "stayed quiet"),
    THINGS: ("stayed outside", "stayed here"),
    CASES: ("stayed empty", "stayed closed"),
    FOODS: ("stayed here", "got cold"),
}
#: What may come before and between, so that no noun always stands at one place.
BEFORE = ("", "today", "last night", "they say that", "i saw that", "on monday")
BETWEEN = ("", "", "again", "at all", "this morning")
LIKED = ("song", "film", "book", "story")
VERBS = {True: ("liked", "loved", "enjoyed"), False: ("hated", "disliked", "left")}
WORDS = {True: ("lovely", "funny", "clever", "warm"), False: ("boring", "loud", "cold", "sad")}


@dataclass(frozen=True)
class Clause:
    """A sentence with "it": its words, the position of the noun that is meant, what follows."""

    words: tuple[str, ...]
    it: int
    meant: int
    other: int
    then: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """One in five is never trained on; the published example is among them."""
        published = {self.words[self.meant], self.words[self.other]} == {"animal", "street"}
        return published or crc32(" ".join(self.words).encode()) % 5 == 0


def clause(rng: random.Random) -> Clause:
    """A random sentence whose last word tells which of its two nouns is meant.

    >>> " ".join(clause(random.Random(0)).words).count(" because it was too ")
    1
    """
    firsts, verbs, seconds, of_first, of_second = rng.choice(FRAMES)
    first, second = rng.choice(firsts), rng.choice(seconds)
    means_first = rng.random() < 0.5
    why = rng.choice((of_first if means_first else of_second).split())
    before, between = rng.choice(BEFORE).split(), rng.choice(BETWEEN)
    said = f"the {first} didn't {rng.choice(verbs)} the {second} {between} because it was too {why}"
    words = [*before, *said.split()]
    meant = first if means_first else second
    kind = firsts if means_first else seconds
    then = f"so the {meant} {rng.choice(NEXT[kind])}".split()
    start = len(before)
    places = (start + 1, start + 5) if means_first else (start + 5, start + 1)
    return Clause(tuple(words), words.index("it"), *places, tuple(then))


def opinion(rng: random.Random) -> tuple[tuple[str, ...], bool]:
    """A sentence, and whether its writer was pleased; "not" turns the last word round."""
    pleased, thing = rng.random() < 0.5, rng.choice(LIKED)
    if rng.random() < 0.5:
        turned = rng.random() < 0.4
        word = rng.choice(WORDS[pleased != turned])
        return tuple(f"the {thing} was {'not ' * turned}{word}".split()), pleased
    verb, word = rng.choice(VERBS[pleased]), rng.choice(WORDS[pleased])
    return tuple(f"i {verb} the {thing} because it was {word}".split()), pleased


def vocabulary() -> list[str]:
    """All words, sorted."""
    rng = random.Random(0)
    found: set[str] = set()
    for _ in range(20_000):
        sample = clause(rng)
        found.update(sample.words, sample.then, opinion(rng)[0])
    return sorted(found)
