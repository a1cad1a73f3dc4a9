"""Handovers: where a segment is drawn by another process than the one before it.

Both sides tell the state in which the scene stands there; a film is one run's if they agree.
"""

from __future__ import annotations

from collections import Counter

from mlanim.render.watched.shared_run import GivenUp

__all__ = ["Handovers"]


class Handovers:
    """The segments that children draw, and the states that were told of them.

    Attributes:
        plays: how many the scene has come to.
        made: the frames of the segments that children have made, or that the cache had.
        due: the frames that each must have.
    """

    def __init__(self) -> None:
        self.plays = 0
        self.made: dict[int, int] = {}
        self.due: Counter[int] = Counter()
        self._given: set[int] = set()
        self._here: dict[int, str] = {}
        self._there: dict[int, str] = {}
        self._play_of: dict[int, int] = {}  # at which a segment began

    def begins(self, index: int) -> None:
        """A segment begins with the play that the scene has come to."""
        self._play_of[index] = self.plays

    def give(self, index: int) -> None:
        """A child draws it."""
        self._given.add(index)

    def take_back(self, index: int) -> None:
        """Nobody needs to draw it after all."""
        self._given.discard(index)

    def given(self, index: int) -> bool:
        """Whether a child draws it."""
        return index in self._given

    def stands(self, index: int, state: str, *, here: bool) -> None:
        """Where the scene stands as a segment begins, as it was found here or by a child.

        Raises:
            GivenUp: the others have found it otherwise.
        """
        told, others = (self._here, self._there) if here else (self._there, self._here)
        told[index] = state
        if others.get(index, state) != state:
            raise GivenUp(self.at_play("the scene differs from run to run", index))

    def check(self, segments: int) -> None:
        """All must be made, in the lengths that were counted here.

        Only a scene that looks at clocks or processes has others; it cannot be shared out.

        Raises:
            GivenUp: they are not.
        """
        if any(self.made.get(index, due) != due for index, due in self.due.items()):
            raise GivenUp("the scene's length differs from run to run")
        if any(index not in self.made for index in range(segments)):
            raise GivenUp("a worker died")

    def at_play(self, reason: str, index: int | None = None) -> str:
        """A reason with the play at which a segment began, or the one that the scene is at.

        >>> Handovers().at_play("the scene writes a.log")
        'the scene writes a.log'
        """
        play = self.plays if index is None else self._play_of.get(index, self.plays)
        return f"{reason} (play {play})" if play else reason
