"""What a forked child does: it draws a segment of the film, which its parent does not draw."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mlanim.errors import MlanimError
from mlanim.render.memory.cache import Cache
from mlanim.render.plays.segments import Segments
from mlanim.render.sinks.port import Film
from mlanim.render.workers.children import Ends, fork

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Drawer"]

_A_WORD = 0.1  # seconds between two of them: each wakes the parent, which needs a core too


class Drawer(Segments):
    """Draws one segment, and ends with it.

    Args:
        ends: of its pipes to the parent.
        cache: where segments are kept.
        explain: turns an exception of the scene into the line that the reader sees.
    """

    is_worker = True
    looks = False

    def __init__(
        self,
        folder: Path,
        film: Film,
        output: Path,
        *,
        ends: Ends,
        cache: Cache | None,
        explain: Callable[[BaseException], MlanimError],
    ) -> None:
        super().__init__(folder, film, output)
        self._ends, self._cache, self._explain = ends, cache, explain
        self._found_again = cache is not None
        self._frames = self._untold = 0
        self._told = 0.0
        self._address: str | None = None  # as the twin found it

    def begin(self, index: int, opening: str | None = None, *, fills: bool = False) -> NoReturn:
        """The next segment is another's."""
        self._tell_state(index)
        self._complete()

    def draw(self, index: int, *, looks: bool) -> None:
        """Draw this segment from here on; if it `looks`, the cache may have it."""
        self._begun, self.address = index + 1, self.new_address()
        if looks and self._cache is not None:
            self._look(index, self._cache)
        if self.paints:
            super().begin(index)

    def frame(self, rgba: np.ndarray, repeat: int, rows: range | None) -> None:
        """Encode a frame, and tell the parent; a twin only counts it."""
        if self.address is not None:
            self.address.shown(repeat)
        self._frames += repeat
        if self.paints:
            super().frame(rgba, repeat, rows)
            self._untold += repeat
            if (now := time.monotonic()) - self._told > _A_WORD:
                self._tell_frames()
                self._told = now

    def _tell_frames(self) -> None:
        self._ends.say({"frames": self._untold})
        self._untold = 0

    def play_left(self) -> None:
        """Wait until the parent has run the code up to the next play.

        Texts and formulas made there are files: two processes at once would meet half-written ones.
        """
        self._ends.wait_until_let_on()

    def finish(self) -> NoReturn:
        """The scene is over."""
        self._tell_state(self._begun)
        self._complete()

    def give_up(self, reason: str) -> NoReturn:
        """End before the scene does what must not be done twice, or reads what is not here."""
        self._ends.say({"gives_up": reason})
        os._exit(1)

    def _tell_state(self, index: int) -> None:
        """Tell the parent where the scene stands as a segment begins, to be compared."""
        if self.paints and self.state is not None:
            self._ends.say({"state": self.state(), "at": index})

    def fail(self, error: BaseException) -> NoReturn:
        """Tell the parent what went wrong, in the reader's words."""
        if not self.paints:  # who draws will meet it too
            os._exit(1)
        shown = self._explain(error)
        self._ends.say({"error": str(shown), "exit_code": shown.exit_code})
        os._exit(1)

    def _complete(self) -> NoReturn:
        """Close the segment, tell that it is there, and end."""
        address = self.address.value() if self.address is not None else self._address
        if not self.paints:
            plays = self._ends.plays
            self._ends.say({"address": address, "frames": self._frames, "plays": plays})
            os._exit(0)
        try:
            self.close()
        except MlanimError as error:
            self.fail(error)
        if self._cache is not None and address is not None:
            self._cache.store(address, self.path(self._begun - 1))
        self._end(address)

    def _end(self, address: str | None) -> NoReturn:
        if self._untold:
            self._tell_frames()
        self._ends.say({"made": self._begun - 1, "of": self._frames, "address": address})
        os._exit(0)

    def _look(self, index: int, cache: Cache) -> None:
        """Let a twin find the segment's address without drawing; end if the cache has it.

        The twin comes back as well: it only looks, and ends with its segment. If there is nothing
        to be taken, this process stands where the segment begins, whatever its updaters count.
        """
        answer, ours = os.pipe()
        twin = fork()
        if not twin:
            os.close(answer)
            self.paints, self._ends.report = False, ours
            return
        os.close(ours)
        with os.fdopen(answer, "rb") as pipe:
            found = json.loads(pipe.read() or b"{}")
        os.waitpid(twin, 0)
        self._ends.waited(found.get("plays"))
        self.address, self._address = None, found.get("address")
        if self._address and cache.fetch(self._address, self.path(index)):
            self._frames = found["frames"]
            self._ends.say({"frames": self._frames})
            self._end(self._address)
