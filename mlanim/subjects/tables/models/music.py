"""The tables of the tour: seven artists who do not exist, and who listens to them."""

from __future__ import annotations

from typing import Any

from mlanim.subjects.tables.models.pandas_extra import pd

__all__ = ["artists", "homes", "newcomers", "seasons", "winter_hits"]

_MISSING = float("nan")


def artists() -> Any:
    """One row an artist; the hours of two were not counted."""
    return pd.DataFrame(
        {
            "artist": ["Nova", "Ember", "Lark", "Ondine", "Flint", "Wren", "Cobalt"],
            "genre": ["jazz", "rock", "folk", "jazz", "rock", "folk", "jazz"],
            "plays": [120, 310, 45, 80, 205, 150, 60],
            "hours": [8.5, _MISSING, 3.0, 6.25, 12.0, _MISSING, 4.0],
        }
    )


def seasons() -> Any:
    """One row an artist and season, that is: a long table. Lark did not play in winter."""
    return pd.DataFrame(
        {
            "artist": ["Nova", "Nova", "Ember", "Ember", "Lark"],
            "season": ["summer", "winter", "summer", "winter", "summer"],
            "plays": [70, 50, 190, 120, 45],
        }
    )


def winter_hits() -> Any:
    """Songs and their artists: Nova has two."""
    return pd.DataFrame(
        {
            "artist": ["Nova", "Nova", "Ember", "Lark"],
            "song": ["Frost", "Comet", "Ash", "Dawn"],
        }
    )


def homes() -> Any:
    """Towns in which they live: Nova has two of them as well, and Lark has none."""
    return pd.DataFrame(
        {
            "artist": ["Nova", "Nova", "Ember", "Wren"],
            "town": ["Oslo", "Riga", "Kyiv", "Bern"],
        }
    )


def newcomers() -> Any:
    """Two more artists, whose hours nobody counts."""
    return pd.DataFrame(
        {"artist": ["Sable", "Quill"], "genre": ["folk", "rock"], "plays": [95, 30]}
    )
