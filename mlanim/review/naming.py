"""What things on screen are called in a finding: "Label 'suis'", "TensorBox 'h1' cell 3"."""

from __future__ import annotations

import re
from typing import Any

from manim import Mobject

__all__ = ["name_of", "words_of"]

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
    """Name the last of a chain from a mobject of the scene down to one of its parts."""
    ours = [i for i, mobject in enumerate(chain) if _is_ours(mobject)]
    if not ours:
        named = [m for m in chain if type(m).__name__ not in _NAMELESS] or [chain[0]]
        return _title(named[-1])
    said = [i for i in ours if words_of(chain[i])]
    if said and said[-1] == ours[-1] and len(ours) > 1:  # a label or number inside another of ours
        owner = chain[ours[-2]]
        part = _part(chain[ours[-2] :])
        where = f" {part}" if part and part.split()[0] != "label" else ""
        if where:
            return f"{_title(owner)}{where}"
        return f"{_title(chain[ours[-1]])} of {type(owner).__name__}"
    owner = chain[ours[-1]]
    part = _part(chain[ours[-1] :])
    return f"{_title(owner)} {part}" if part else _title(owner)


def _is_ours(mobject: Mobject) -> bool:
    kind = type(mobject)
    return kind.__name__ not in _NAMELESS and kind.__module__.startswith("mlanim.primitives")


def _title(mobject: Mobject) -> str:
    """The class, and what it says or is called."""
    kind = type(mobject).__name__
    words = words_of(mobject) or words_of(getattr(mobject, "label", None))
    if words:
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        return f"{kind} {short!r}"
    named = getattr(mobject, "name", kind)
    return kind if named == kind else f"{kind} {named!r}"


def _part(chain: tuple[Mobject, ...]) -> str:
    """Which part of the first the last is: "cell 3" for `.cells[3]`, "frame" for `.frame`."""
    owner, below = chain[0], {id(mobject): mobject for mobject in chain[1:]}
    best = ""
    for attribute, value in vars(owner).items():
        if attribute.startswith("_") or not isinstance(value, Mobject):
            continue
        if attribute.endswith("s") and not words_of(value):
            for index, child in enumerate(value.submobjects):
                if id(child) in below:
                    return f"{attribute[:-1].replace('_', ' ')} {index}"
        elif id(value) in below:
            best = attribute.replace("_", " ")
    return best


def _plain(words: Any) -> str:
    return " ".join(str(words).split())
