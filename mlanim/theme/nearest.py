"""What a role's ink has to be, and the nearest colour that is.

Text needs a contrast of 4.5:1 with the surface (WCAG 2.2, AA); roles that one picture may show
together differ by 20 in ΔE76 for every eye, in a grey-safe theme by 12 in L*. Nearest: by ΔE76.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mlanim.colour import contrast, delta_e76, from_hex, lightness, mix, to_hex
from mlanim.theme import MEETING, READABLE, Role, Theme

__all__ = ["fill_of", "met_by", "nearest", "trouble"]

_APART = {"deuteranopia": 20.0, "protanopia": 20.0}  # ΔE76
_GREY = 12.0  # L*
_SPARE = 0.02  # so that rounding to 8 bits leaves what passes passing
_STEPS = 33  # levels of each of red, green and blue that are tried


def met_by(role: str) -> list[str]:
    """The roles that one picture may show together with this one."""
    met = {other for roles in MEETING.values() if role in roles for other in roles}
    return sorted(met - {role})


def fill_of(ink: str, theme: Theme) -> str:
    """The strongest tint of the surface with an ink on which that ink and the theme's read."""
    for part in (0.16, 0.13, 0.1, 0.07, 0.04, 0.0):
        fill = to_hex(mix(from_hex(theme.surface), from_hex(ink), part))
        if min(contrast(from_hex(text), from_hex(fill)) for text in (ink, theme.ink)) >= READABLE:
            break
    return fill


def trouble(role: str, pair: Role, roles: Mapping[str, Role], theme: Theme) -> str:
    """Why a role cannot look so beside those others; "" if it can."""
    ink = from_hex(pair.ink)
    for ground, name in ((theme.surface, "the surface"), (pair.fill, "its fill")):
        found = float(contrast(ink, from_hex(ground)))
        if found < READABLE:
            return f"has {found:.1f}:1 on {name} {ground}, and text needs {READABLE}:1"
    if (found := float(contrast(from_hex(theme.ink), from_hex(pair.fill)))) < READABLE:
        return f"has a fill {pair.fill} with {found:.1f}:1 to the text {theme.ink} of {READABLE}:1"
    for other in met_by(role):
        if other not in roles:
            continue
        if theme.grey_safe:
            steps = (
                abs(float(lightness(from_hex(one)) - lightness(from_hex(two))))
                for one, two in ((pair.ink, roles[other].ink), (pair.fill, roles[other].fill))
            )
            if (step := max(steps)) < _GREY:
                return f"is {step:.0f} in L* from {other}, and a grey print needs {_GREY:g}"
            continue
        for vision, least in _APART.items():
            found = float(delta_e76(ink, from_hex(roles[other].ink), vision))  # type: ignore[arg-type]
            if found < least:
                return f"is ΔE {found:.0f} from {other} under {vision}, and needs {least:g}"
    return ""


def nearest(role: str, ink: str, roles: Mapping[str, Role], theme: Theme) -> str | None:
    """The nearest ink with which the role passes, with a fill of its own; None if there is none."""
    level = np.linspace(0, 1, _STEPS)
    tried = np.stack(np.meshgrid(level, level, level), axis=-1).reshape(-1, 3)
    tried = np.round(tried * 255) / 255
    good = contrast(tried, from_hex(theme.surface)) >= READABLE + _SPARE
    for other in met_by(role):
        if other not in roles:
            continue
        there = from_hex(roles[other].ink)
        if theme.grey_safe:
            good &= np.abs(lightness(tried) - lightness(there)) >= _GREY + _SPARE
        else:
            for vision, least in _APART.items():
                good &= delta_e76(tried, there, vision) >= least + _SPARE  # type: ignore[arg-type]
    if not good.any():
        return None
    passing = tried[good]
    return to_hex(passing[int(delta_e76(passing, from_hex(ink)).argmin())])
