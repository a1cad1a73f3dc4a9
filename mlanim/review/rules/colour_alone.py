"""Colour as the only carrier: marks that look alike but for their colour must differ for every eye.

Two colours tell two things apart when they are 20 apart in ΔE76 under deuteranopia and protanopia;
in the `print` theme, which must survive a grey copy, when they are 12 apart in L*. A shape, a
label, a pattern or another thickness of a line makes up for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from mlanim.colour import delta_e76, lightness, to_hex
from mlanim.review.finding import Finding
from mlanim.review.picture import Mark, Picture

__all__ = ["GREY", "HUE", "colour_alone"]

HUE = 20.0  # ΔE76
GREY = 12.0  # L*


def colour_alone(picture: Picture) -> Iterator[Finding]:
    """Pairs of marks of one look that only a colour parts, and not for everyone."""
    kinds: dict[tuple[str, str, str], Mark] = {}
    for mark in picture.marks:  # one example of each look and colour is enough
        kinds.setdefault((mark.look, mark.label, mark.role or to_hex(mark.color)), mark)
    for one, other in combinations(kinds.values(), 2):
        if one.look != other.look or one.label != other.label:
            continue
        meant = one.role != other.role if one.role and other.role else False
        if not meant and delta_e76(one.color, other.color) < HUE:
            continue  # shades of one colour, not a difference that is meant to be seen
        if problem := _confusable(one, other, picture.theme):
            names = (_said(one), _said(other))
            advice = "label them, give them other shapes, or roles that differ for every eye"
            yield Finding(picture.step, picture.time, "colour-alone", names, problem, advice)


def _confusable(one: Mark, other: Mark, theme: str) -> str:
    if theme == "print":
        grey = abs(float(lightness(one.color) - lightness(other.color)))
        return f"differ by {grey:.0f} in L*, a grey print needs {GREY:g}" if grey < GREY else ""
    distances = {
        "deuteranopia": float(delta_e76(one.color, other.color, "deuteranopia")),
        "protanopia": float(delta_e76(one.color, other.color, "protanopia")),
    }
    vision, distance = min(distances.items(), key=lambda pair: pair[1])
    if distance >= HUE:
        return ""
    return f"differ in colour alone, by ΔE {distance:.0f} under {vision}; {HUE:g} is the least"


def _said(mark: Mark) -> str:
    return f"{mark.name} ({mark.role or to_hex(mark.color)})"
