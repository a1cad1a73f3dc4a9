"""Desk: all that the page shows, as one state, and what changes it.

The page gets the whole state whenever something has changed: it is small, and nothing can be
missed by who comes late or comes again.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any

import mlanim
from mlanim.errors import MlanimError
from mlanim.studio.asked import Asked
from mlanim.studio.snippet import snippet
from mlanim.studio.warm import Warm

__all__ = ["Desk"]

_KEPT = 3  # films: the page may still show one that is no longer the newest
_PACKAGE = Path(mlanim.__file__).parent


class Desk:
    """Renders what is asked, then runs the lint; a new wish ends what is under way.

    Args:
        asked: what to begin with.
        warm: who does the jobs.
        folder: for films, the desk's own.

    Attributes:
        files: what the scene was made from: when one changes, call `refresh`.
    """

    def __init__(self, asked: Asked, warm: Warm, folder: Path) -> None:
        self.asked = asked
        self.files: frozenset[Path] = frozenset({Path(asked.scene).absolute()})
        self._warm, self._folder = warm, folder
        self._films: dict[int, Path] = {}
        self._picture: tuple[int, Path] | None = None  # the last one, and its number
        self._count = self._renders = 0
        self._again = False
        self._version = 0
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._state: dict[str, Any] = {
            "status": "rendering",  # or "ready", "error"
            "scene": None,
            "picture": None,  # the number of one that is there before there is anything of the film
            "film": None,
            "steps": [],
            "planned": 0.0,
            "drawn": 0.0,
            "working": "",  # what the scene computes before it plays
            "notes": [],  # lines that a render on the command line writes to stderr
            "error": None,
            "findings": None,
            "looking": False,
        }

    async def states(self) -> AsyncIterator[dict[str, Any]]:
        """The state now, and again whenever it has changed; what was skipped is not missed."""
        seen = -1
        while True:
            async with self._changed:
                while self._version == seen:
                    await self._changed.wait()
                seen = self._version
            yield self.state()

    def state(self) -> dict[str, Any]:
        """What the page shows."""
        asked = self.asked
        spec = asked.spec("mp4")
        choice = {
            "quality": asked.quality,
            "aspect": asked.aspect,
            "theme": asked.theme or "light",
            "width": spec.width,
            "height": spec.height,
        }
        return {"version": self._version, "asked": choice, **self._state}

    def film(self, number: int) -> Path | None:
        """The file of a film that is still there."""
        return self._films.get(number)

    def picture(self, number: int) -> Path | None:
        """The file of a picture, if it is the last one: a page may be late to ask for it."""
        return self._picture[1] if self._picture and self._picture[0] == number else None

    async def ask(self, **changes: Any) -> None:
        """Show the scene in another way.

        Raises:
            UsageError: what cannot be; then all stays as it was.
        """
        self.asked = self.asked.changed(**changes)
        await self.refresh()

    async def refresh(self) -> None:
        """Render anew: what was asked, or what it is made from, has changed."""
        await self.rest()
        self._task = asyncio.create_task(self._work())

    async def rest(self) -> None:
        """End what is under way."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def files_changed(self, changed: set[Path]) -> None:
        """Follow the files; mlanim's own are imported in the warm process, which begins anew."""
        if any(path.is_relative_to(_PACKAGE) for path in changed):
            await self.rest()
            await self._warm.cool()
        await self.refresh()

    async def keep(self, format: str, at: float | None) -> Path:
        """Render a file for the reader to keep, beside all else that is under way.

        Raises:
            MlanimError: a format that cannot be, or a scene that fails.
        """
        asked = self.asked
        asked.spec(format, at=at)
        film = self._state["film"]
        name = Path(asked.scene).stem.replace("_", "-")
        self._count += 1
        target = self._folder / "kept" / str(self._count) / f"{name}.{format}"
        if format == "mp4" and self._whole() and self._state["status"] == "ready":
            target.parent.mkdir(parents=True)
            shutil.copyfile(self._films[film["number"]], target)
            return target
        request = {"asked": asked.to_json(), "format": format, "output": str(target), "at": at}
        async with aclosing(self._warm.do("keep", **request)) as reports:
            async for say, what in reports:
                if say == "error":
                    raise MlanimError(what["line"])
        return target

    def kept(self, number: int, name: str) -> Path | None:
        """A file that was rendered to keep."""
        path = self._folder / "kept" / str(number) / Path(name).name
        return path if path.is_file() else None

    def embed_code(self) -> str:
        """HTML that shows the film in an article, and the command that makes its files."""
        return snippet(self.asked, self.state())

    async def _work(self) -> None:
        """The film, then what the lint says of it."""
        await self._set(
            status="rendering",
            picture=None,
            drawn=0.0,
            planned=0.0,
            working="",
            notes=[],
            looking=False,
        )
        self._renders += 1
        folder = self._folder / str(self._renders)
        folder.mkdir()
        try:
            if await self._render(folder):
                await self._look()
        finally:
            await self._set(looking=False)

    async def _render(self, folder: Path) -> bool:
        """Render, showing what is done on the way; whether it came to its end."""
        request = {"asked": self.asked.to_json(), "folder": str(folder), "again": self._again}
        steps: list[dict[str, Any]] = []
        ended = False
        async with aclosing(self._warm.do("film", **request)) as reports:
            async for say, what in reports:
                if say == "scene":
                    await self._set(scene=what)
                elif say == "working":
                    await self._set(working=what)
                elif say == "noted" and what not in self._state["notes"]:
                    await self._set(notes=[*self._state["notes"], what])
                elif say == "plan":
                    steps = what["steps"]
                    await self._set(steps=steps, planned=what["seconds"], working="")
                elif say == "drawn":
                    await self._set(drawn=what)
                elif say == "picture":
                    self._count += 1
                    self._picture = self._count, Path(what["path"])
                    await self._set(picture=self._count)
                elif say == "part" and not self._whole():
                    film = self._new_film(what, steps, whole=False)
                    await self._set(film=film, picture=None)
                elif say == "film":
                    ended = self._again = True
                    film = self._new_film(what, what["steps"], whole=True)
                    changes = {"error": None, "film": film, "picture": None, "took": what["took"]}
                    await self._set(status="ready", **changes)
                elif say == "error":
                    await self._set(status="error", error=what, picture=None)
                elif say == "files":
                    self._follow(what)
        return ended

    def _whole(self) -> bool:
        """Whether there is a whole film: one of what is done would be less."""
        film = self._state["film"]
        return film is not None and film["whole"]

    def _new_film(self, made: Any, steps: list[dict[str, Any]], *, whole: bool) -> dict[str, Any]:
        """Give a film a number, and let go of one that is no longer shown."""
        self._count += 1
        self._films[self._count] = Path(made["path"])
        for number in sorted(self._films)[:-_KEPT]:
            self._films.pop(number).unlink(missing_ok=True)
        spec = self.asked.spec("mp4")
        size = {"width": spec.width, "height": spec.height, "fps": spec.fps}
        told = {"seconds": made.get("seconds"), "steps": steps, "whole": whole}
        return {"number": self._count, **size, **told}

    async def _look(self) -> None:
        """Let the lint look."""
        await self._set(looking=True, findings=None)
        async with aclosing(self._warm.do("findings", asked=self.asked.to_json())) as reports:
            async for say, what in reports:
                if say == "findings":
                    await self._set(findings=what)
                elif say == "error":
                    await self._set(status="error", error=what)

    def _follow(self, files: list[str]) -> None:
        own = {Path(file) for file in files if not file.startswith(str(self._folder))}
        self.files = frozenset({Path(self.asked.scene).absolute(), *own})

    async def _set(self, **changes: Any) -> None:
        self._state |= changes
        self._version += 1
        async with self._changed:
            self._changed.notify_all()
