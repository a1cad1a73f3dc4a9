"""What things on screen are called in a finding: "Label 'suis'", "TensorBox 'h1' cell 3"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from manim import Mobject
from manim.mobject.geometry.tips import ArrowTip

from mlanim.primitives.text import Label, Number

__all__ = ["Names", "name_of", "words_of"]

_NAMELESS = {"VGroup", "Group", "VMobject", "Mobject", "VMobjectFromSVGPath", "VDict", "Glyph"}
_LONGEST = 40  # characters of a text that a name quotes


def words_of(mobject: Any) -> str:
    """The text that a mobject says, as far as it knows: of labels, Manim's texts and formulas."""
    if hasattr(mobject, "lines_text"):  # Paragraph; its Text has lost the spaces
        return _plain(getattr(mobject.lines_text, "original_text", mobject.lines_text.text))
    if hasattr(mobject, "get_value") and hasattr(mobject, "num_decimal_places"):
        return f"{mobject.get_value():.{mobject.num_decimal_places}f}"
    if mobject.__class__.__name__ == "MarkupText":
        return _plain(re.sub(r"<[^>]*>", "", mobject.original_text))
    for attribute in ("original_text", "text", "source", "typst_code", "tex_string"):
        words = getattr(mobject, attribute, None)
        if isinstance(words, str) and words.strip():
            return _plain(words)
    return ""


def name_of(chain: tuple[Mobject, ...]) -> str:
    """Name the last of a chain from a mobject of the scene down to one of its parts.

    The innermost primitive of mlanim gives the name, or its place in the primitive around it.
    """
    return Names().of(chain)


class Names:
    """What the things of one moment are called; a primitive's parts are looked up once."""

    def __init__(self) -> None:
        self._parts: dict[int, dict[int, str]] = {}  # by the ids of a primitive and of its part
        self._titles: dict[int, str] = {}  # by the id of what they are of

    def of(self, chain: tuple[Mobject, ...]) -> str:
        """Name the last of a chain, as `name_of` does."""
        ours = [i for i, mobject in enumerate(chain) if _is_ours(mobject)]
        if not ours:
            named = [m for m in chain if type(m).__name__ not in _NAMELESS] or [chain[0]]
            if isinstance(named[-1], ArrowTip) and len(named) > 1:
                return f"{self._title(named[-2])} tip"
            return self._title(named[-1])
        inner = chain[ours[-1]]
        if len(ours) > 1:
            outer = chain[ours[-2]]
            place = self._part(chain[ours[-2] : ours[-1] + 1])
            if not isinstance(inner, Label) or isinstance(inner, Number):
                return f"{self._title(outer)} {place}" if place else self._title(inner)
            return f"{self._title(inner)} of {type(outer).__name__}"
        part = self._part(chain[ours[-1] :])
        return f"{self._title(inner)} {part}" if part else self._title(inner)

    def _title(self, mobject: Mobject) -> str:
        key = id(mobject)
        if key not in self._titles:
            self._titles[key] = _title(mobject)
        return self._titles[key]

    def _part(self, chain: tuple[Mobject, ...]) -> str:
        """Which part of the first the last is; of several that hold it, the smallest."""
        key = id(chain[0])
        if key not in self._parts:
            self._parts[key] = _parts_of(chain[0])
        parts = self._parts[key]
        return next((parts[id(m)] for m in reversed(chain[1:]) if id(m) in parts), "")


def _is_ours(mobject: Mobject) -> bool:
    kind = type(mobject)
    return _makes_ours(kind.__name__, kind.__module__)


@lru_cache(maxsize=4096)
def _makes_ours(name: str, module: str) -> bool:
    return name not in _NAMELESS and module.startswith(("mlanim.primitives", "mlanim.subjects"))


def _title(mobject: Mobject) -> str:
    """The class, and what it says or is called."""
    kind = type(mobject).__name__
    words = words_of(mobject) or words_of(getattr(mobject, "label", None))
    if words:
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        return f"{kind} {short!r}"
    named = getattr(mobject, "name", kind)
    named = words_of(named) or kind if isinstance(named, Mobject) else named
    return kind if named == kind else f"{kind} {named!r}"


def _parts_of(whole: Mobject) -> dict[int, str]:
    """What its parts are called: "cell 3" that in `.cells[3]`, "frame" that in `.frame`."""
    single: dict[int, str] = {}
    several: dict[int, str] = {}
    for attribute, value in vars(whole).items():
        if attribute.startswith("_") or not isinstance(value, Mobject):
            continue
        name = attribute.replace("_", " ")
        single.setdefault(id(value), name)
        if attribute.endswith("s"):
            for index, child in enumerate(value.submobjects):
                several[id(child)] = f"{name[:-1]} {index}"
    return single | several


def _plain(words: Any) -> str:
    return " ".join(str(words).split())
