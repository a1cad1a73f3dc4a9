"""Asked: what the page shows at the moment, small enough to be sent to a worker as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlanim.errors import UsageError, did_you_mean
from mlanim.render.asked.spec import RenderSpec

if TYPE_CHECKING:
    from mlanim.parameters import Parameter

__all__ = ["Asked"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A scene with all that the page can change about it.

    Attributes:
        scene: the path of its file, or the name of another package's.
        quality, aspect, resolution, fps, theme, steps, seed: as `mlanim render` has them.
        texts: parameters as a reader writes them, by name.
        given: parameters from a file, by name.
        words: files of words in another language.

    >>> Asked(scene="a.py", aspect="1:1").changed(quality="m").spec("mp4").width
    720
    """

    scene: str
    class_name: str | None = None
    quality: str = "l"
    aspect: str = "16:9"
    resolution: str | None = None
    fps: float | None = None
    theme: str | None = None
    steps: tuple[str, ...] = ()
    seed: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @classmethod
    def of_json(cls, record: Mapping[str, Any]) -> Asked:
        """What `to_json` gave."""
        lists = {name: tuple(record.get(name, ())) for name in ("steps", "words")}
        return cls(**{**record, **lists})

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    def changed(self, **changes: Any) -> Asked:
        """The same but for what a reader chose on the page.

        Raises:
            UsageError: something that the page does not offer, or that cannot be.
        """
        offered = ("quality", "aspect", "theme", "texts")
        if unknown := next((name for name in changes if name not in offered), None):
            raise UsageError(f"no choice {unknown!r}", did_you_mean(unknown, offered))
        words = {name: changes[name] for name in offered[:3] if name in changes}
        texts = changes.get("texts", {})
        if not isinstance(texts, dict) or not all(
            isinstance(word, str) for word in (*words.values(), *texts, *texts.values())
        ):
            raise UsageError("a choice that is no text", "send the words of the form")
        if "aspect" in words:
            words["resolution"] = None
        asked = replace(self, **words, texts={**self.texts, **texts})
        asked.spec("mp4")  # refuses what cannot be
        return asked

    def spec(self, format: str, output: Path | None = None, at: float | None = None) -> RenderSpec:
        """What to render, but for the parameters, which only the scene can read."""
        return RenderSpec.from_options(
            quality=self.quality,
            aspect=None if self.resolution else self.aspect,
            resolution=self.resolution,
            fps=self.fps,
            theme=self.theme,
            words=tuple(Path(file) for file in self.words),
            steps=self.steps,
            seed=self.seed,
            format=format,
            output=output,
            at=at,
        )

    def values(self, parameters: Mapping[str, Parameter]) -> dict[str, Any]:
        """Parameter values by their declared types; what the scene no longer has is left out.

        Raises:
            UsageError: a value that is not allowed; it begins with the parameter's name.
        """
        from mlanim.parameters import read_values

        collects = any(parameter.collects for parameter in parameters.values())
        given = {n: value for n, value in self.given.items() if collects or n in parameters}
        texts = {n: text for n, text in self.texts.items() if collects or n in parameters}
        return read_values(parameters, given, texts)
