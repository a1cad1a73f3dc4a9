"""Listening sessions: songs that somebody heard one after the other, as a text is words in a row.

Five kinds of music, each with its songs, and one hit that comes up in most sessions, whatever else
is heard: what is trained on them shows both what works and what goes wrong.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

__all__ = ["HIT", "SONGS", "sessions"]

HIT = "Everywhere"
#: kind: its songs, all invented
SONGS = {
    "jazz": ("Late Bus", "Blue Stairs", "Slow Rain", "Smoke Ring", "Low Tide", "Old Hat"),
    "metal": ("Iron Tooth", "Black Forge", "Rust", "Anvil", "Loud Grave", "Steel Sky"),
    "folk": ("Hay Barn", "Mill Wheel", "Two Crows", "Oak Table", "Long Road", "Wool"),
    "techno": ("Pulse 9", "Grid", "Strobe", "Loop 4", "Night Line", "Zero"),
    "opera": ("The Duel", "Veil", "Last Letter", "Grand Hall", "The Oath", "Mask"),
}
_WITH_HIT = 0.9  # of the sessions
_STRAY = 0.04  # of the songs are of another kind


def sessions(count: int, seed: int = 0) -> Iterator[list[str]]:
    """So many sessions of three to five songs.

    >>> all(2 <= len(heard) <= 5 for heard in sessions(20, seed=1))
    True
    """
    draw = random.Random(seed)
    everything = [song for songs in SONGS.values() for song in songs]
    for _ in range(count):
        kind = draw.choice(list(SONGS))
        heard = draw.sample(SONGS[kind], draw.randint(3, 4))
        heard = [draw.choice(everything) if draw.random() < _STRAY else song for song in heard]
        if draw.random() < _WITH_HIT:
            heard.insert(draw.randint(0, len(heard)), HIT)
        yield list(dict.fromkeys(heard))
