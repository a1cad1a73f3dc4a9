"""The visual language: roles, not colours. A role looks the same in every scene.

>>> from mlanim.theme import LIGHT
>>> LIGHT.role("encoder").ink
'#107823'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from mlanim.colour import Colours, contrast, from_hex, mix, oklch_to_rgb, to_hex
from mlanim.errors import UsageError, did_you_mean
from mlanim.fonts import MONO, SANS

__all__ = [
    "DARK",
    "LIGHT",
    "PRINT",
    "THEMES",
    "Fonts",
    "Role",
    "Sizes",
    "Strokes",
    "Theme",
    "get_theme",
]


@dataclass(frozen=True, slots=True)
class Role:
    """A role's two colours, "#RRGGBB": ink for lines and text, fill for areas."""

    ink: str
    fill: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font families by use."""

    sans: str = SANS
    mono: str = MONO


@dataclass(frozen=True, slots=True)
class Sizes:
    """Cap heights in Manim units; the frame's shorter side is 8, so small is 1/45 of it."""

    small: float = 0.18
    body: float = 0.22
    title: float = 0.34


@dataclass(frozen=True, slots=True)
class Strokes:
    """Stroke widths as Manim counts them (4 is its own default)."""

    thin: float = 1.5
    normal: float = 2.5
    bold: float = 4.5


@dataclass(frozen=True)
class Theme:
    """Everything a picture's look is computed from; immutable, shared by all scenes."""

    name: str
    surface: str
    ink: str
    muted: str
    roles: Mapping[str, Role]
    negative: str
    fonts: Fonts = field(default_factory=Fonts)
    sizes: Sizes = field(default_factory=Sizes)
    stroke: Strokes = field(default_factory=Strokes)
    corner: float = 0.08
    margin: float = 0.4
    gap: float = 0.25
    dim: float = 0.3

    def role(self, name: str) -> Role:
        """Look a role up; UsageError with the nearest name for an unknown one."""
        try:
            return self.roles[name]
        except KeyError:
            raise UsageError(f"unknown role {name!r}", did_you_mean(name, self.roles)) from None

    def signed(self, values: ArrayLike, limit: float, role: str = "hidden") -> Colours:
        """Colour values (...) on a diverging scale, as sRGB (..., 3) in 0..1.

        0 is near the surface, +limit the role's colour, -limit the common negative colour;
        beyond the limits the colour stays. A limit of 0 gives the zero colour.
        """
        part = _portion(values, limit)
        up, down = from_hex(self.role(role).ink), from_hex(self.negative)
        zero = mix(from_hex(self.surface), from_hex(self.ink), 0.04)
        return np.where(
            (part >= 0)[..., None], mix(zero, up, abs(part)), mix(zero, down, abs(part))
        )

    def weight(self, values: ArrayLike, role: str = "score", limit: float = 1.0) -> Colours:
        """Colour weights (...) on a sequential scale: 0 near the surface, limit the role's ink."""
        zero = mix(from_hex(self.surface), from_hex(self.ink), 0.04)
        return mix(zero, from_hex(self.role(role).ink), np.clip(_portion(values, limit), 0, 1))

    def on(self, rgb: ArrayLike) -> str:
        """Pick the text colour, ink or surface, that reads better upon a cell of colour (3,)."""
        return max(self.ink, self.surface, key=lambda text: float(contrast(from_hex(text), rgb)))


def _portion(values: ArrayLike, limit: float) -> Colours:
    values = np.asarray(values, dtype=float)
    return np.clip(values / limit, -1, 1) if limit > 0 else np.zeros_like(values)


_HUES = {
    "encoder": 145,
    "decoder": 310,
    "hidden": 60,
    "context": 250,
    "query": 310,
    "key": 75,
    "value": 235,
    "score": 10,
    "output": 350,
    "positive": 60,
    "negative": 250,
    "class_a": 250,
    "class_b": 60,
}


def _roles(ink: tuple[float, float], fill: tuple[float, float]) -> Mapping[str, Role]:
    return MappingProxyType(
        {
            name: Role(to_hex(oklch_to_rgb(*ink, hue)), to_hex(oklch_to_rgb(*fill, hue)))
            for name, hue in _HUES.items()
        }
    )


LIGHT = Theme(
    "light", "#FFFFFF", "#1B1F27", "#5C6470", _roles((0.5, 0.15), (0.92, 0.05)), "#0865AE"
)
DARK = Theme("dark", "#0E1218", "#EDF0F5", "#9AA4B2", _roles((0.8, 0.12), (0.34, 0.07)), "#7CB8FF")
PRINT = Theme(
    "print", "#FFFFFF", "#111111", "#555555", _roles((0.45, 0.1), (0.92, 0.03)), "#444444"
)
THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, PRINT)})


def get_theme(theme: str | Theme) -> Theme:
    """Give the theme of that name, or the theme itself; UsageError for an unknown name."""
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        raise UsageError(f"unknown theme {theme!r}", did_you_mean(theme, THEMES))
    return THEMES[theme]
