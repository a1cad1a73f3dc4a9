"""The visual language: roles, not colours. A role looks the same in every scene.

>>> from mlanim.theme import LIGHT
>>> LIGHT.role("encoder").ink
'#014F20'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from mlanim.colour import (
    Colours,
    contrast,
    delta_e76,
    from_hex,
    lightness,
    mix,
    oklab,
    oklab_to_rgb,
    to_hex,
)
from mlanim.errors import UsageError, did_you_mean
from mlanim.fonts import MONO, SANS
from mlanim.theme import palettes
from mlanim.words.table import ENGLISH, AsIs, Words

__all__ = [
    "DARK",
    "LIGHT",
    "MEETING",
    "PRINT",
    "READABLE",
    "THEMES",
    "AsIs",
    "Fonts",
    "Logo",
    "Role",
    "Sizes",
    "Strokes",
    "Theme",
    "Words",
    "get_theme",
]

READABLE = 4.5  # the least contrast of text with what lies behind it (WCAG 2.2, AA)

# Roles that one picture shows together, and that colour must therefore tell apart.
MEETING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seq2seq": ("encoder", "decoder", "hidden", "context", "score", "output", "negative"),
        "transformer": (
            "encoder",
            "decoder",
            "query",
            "key",
            "value",
            "score",
            "output",
            "negative",
        ),
        "boundaries": ("class_a", "class_b", "positive", "negative"),
        "classes": ("class_a", "class_b", "class_c", "class_d", "class_e", "class_f"),
    }
)


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
class Logo:
    """A picture in a corner ("top right", "bottom left", "bottom right"), in Manim units."""

    file: str
    corner: str
    height: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """Cap heights in Manim units; the frame's shorter side is 8, and small is 1/45 of it."""

    small: float = 0.18
    body: float = 0.22
    title: float = 0.34


@dataclass(frozen=True, slots=True)
class Strokes:
    """Stroke widths as Manim counts them (its own default is 4)."""

    thin: float = 1.5
    normal: float = 2.5
    bold: float = 4.5


@dataclass(frozen=True, repr=False)
class Theme:
    """Everything that a picture's look is computed from; immutable, shared by all scenes.

    surface, ink, muted: "#RRGGBB" of the background, of text, of lesser text.
    corner, margin, gap: a box's corner radius, the frame's margin, the space between things, in
    Manim units. dim: the opacity of what was explained already, at which text still reads (3:1).
    grey_safe: roles are told apart by lightness, so that a grey print keeps them.
    words: the table that texts pass; English has none.
    logo, watermark: of a university, say: a picture, and a line of text, on every page.
    font_files, source: what a theme of a file was read of; "" for those that ship.
    """

    name: str
    surface: str
    ink: str
    muted: str
    roles: Mapping[str, Role]
    grey_safe: bool = False
    fonts: Fonts = field(default_factory=Fonts)
    sizes: Sizes = field(default_factory=Sizes)
    stroke: Strokes = field(default_factory=Strokes)
    corner: float = 0.08
    margin: float = 0.4
    gap: float = 0.25
    dim: float = 0.5
    words: Words = field(default=ENGLISH, compare=False)
    logo: Logo | None = None
    watermark: str = ""
    font_files: tuple[str, ...] = ()
    source: str = ""

    def __repr__(self) -> str:
        """Its name: signatures with a theme as default stay a line long."""
        return f"<theme {self.name}>"

    def __deepcopy__(self, memo: object) -> Theme:
        """Copies of what is drawn in a theme share it: it cannot change."""
        return self

    def role(self, name: str) -> Role:
        """Look a role up; UsageError with the nearest name for an unknown one."""
        if name not in self.roles:
            raise UsageError(f"unknown role {name!r}", did_you_mean(str(name), self.roles))
        return self.roles[name]

    def signed(self, values: ArrayLike, limit: float, role: str = "hidden") -> Colours:
        """Colour values (...) on a diverging scale, as sRGB (..., 3) in 0..1.

        0 lies near the surface, +limit is the role's ink, -limit the ink of "negative"; beyond the
        limits the colour stays, and what is no number is muted. UsageError for a limit below 0.

        >>> LIGHT.signed([[-1, 0, 1]], limit=1).shape
        (1, 3, 3)
        """
        part = _portion(values, limit)
        up, down = (
            self._ramp(self.role(role).ink, part),
            self._ramp(self.roles["negative"].ink, -part),
        )
        colours = np.where(part[..., np.newaxis] < 0, down, up)
        return np.where(np.isnan(part)[..., np.newaxis], from_hex(self.muted), colours)

    def weight(self, values: ArrayLike, role: str = "score", limit: float = 1.0) -> Colours:
        """Colour weights (...) on a sequential scale, as sRGB (..., 3) in 0..1.

        0 lies near the surface, limit is the role's ink. UsageError for a limit below 0.
        """
        part = _portion(values, limit)
        colours = self._ramp(self.role(role).ink, part)
        return np.where(np.isnan(part)[..., np.newaxis], from_hex(self.muted), colours)

    def on(self, rgb: ArrayLike) -> str:
        """Choose the colour of text upon a cell of colour (3,): it always reads (4.5:1 or more).

        That is the theme's ink or surface; where neither reads, black or white does.
        """
        for pair in ((self.ink, self.surface), ("#000000", "#FFFFFF")):
            text = max(pair, key=lambda colour: float(contrast(from_hex(colour), rgb)))
            if contrast(from_hex(text), rgb) >= READABLE:
                return text
        raise AssertionError("black or white has 4.58:1 upon every colour")

    def fill_under(self, role: str, *texts: str) -> str:
        """Choose the role's fill, as pale as texts in the inks of these roles need to read on it.

        UsageError for a role that the theme does not have.
        """
        fill, inks = from_hex(self.role(role).fill), [from_hex(self.role(t).ink) for t in texts]
        for part in (0.0, 0.25, 0.5, 0.75):
            paler = mix(fill, from_hex(self.surface), part)
            if all(contrast(ink, paler) >= READABLE for ink in inks):
                return to_hex(paler)
        return self.surface

    def told_apart(self, one: str, other: str) -> bool:
        """Tell whether colour alone parts two roles, for every eye this theme is made for.

        Inks differ by 20 in ΔE76 under deuteranopia and protanopia; in a grey-safe theme inks or
        fills differ by 12 in L*. (Text needs 4.5:1 on white, so inks fit into L* 0..49 only: not
        six of them twelve apart. Ink and fill together say which role it is.)
        """
        first, second = self.role(one), self.role(other)
        if self.grey_safe:
            inks = lightness(from_hex(first.ink)) - lightness(from_hex(second.ink))
            fills = lightness(from_hex(first.fill)) - lightness(from_hex(second.fill))
            return bool(max(abs(inks), abs(fills)) >= 12)
        return all(
            delta_e76(from_hex(first.ink), from_hex(second.ink), vision) >= 20
            for vision in ("deuteranopia", "protanopia")
        )

    def _ramp(self, ink: str, part: Colours) -> Colours:
        """Blend from near the surface (0) to the ink (1); hue comes in early, so mid-tones glow."""
        zero, end = (
            oklab(mix(from_hex(self.surface), from_hex(self.ink), 0.04)),
            oklab(from_hex(ink)),
        )
        along = np.clip(part, 0, 1)
        early = along * (2 - along)
        return oklab_to_rgb(zero + (end - zero) * np.stack([along, early, early], axis=-1))


def _portion(values: ArrayLike, limit: float) -> Colours:
    """Scale values to -1..1; a limit of 0, of an array of zeros, gives zeros."""
    if not limit >= 0:
        raise UsageError(f"a colour scale's limit of {limit}", "give 0 or more")
    array = np.asarray(values, dtype=float)
    return np.clip(array / limit, -1, 1) if limit else array * 0


def _theme(
    name: str, surface: str, ink: str, muted: str, pairs: palettes.Pairs, *, grey_safe: bool = False
) -> Theme:
    roles = MappingProxyType({role: Role(*pair) for role, pair in pairs.items()})
    return Theme(name, surface, ink, muted, roles, grey_safe)


LIGHT = _theme("light", "#FFFFFF", "#1B1F27", "#5C6470", palettes.LIGHT)
DARK = _theme("dark", "#0E1218", "#EDF0F5", "#9AA4B2", palettes.DARK)
PRINT = _theme("print", "#FFFFFF", "#111111", "#555555", palettes.PRINT, grey_safe=True)
THEMES: Mapping[str, Theme] = MappingProxyType({t.name: t for t in (LIGHT, DARK, PRINT)})


def get_theme(theme: str | Theme) -> Theme:
    """Give the theme of that name or .toml file, or the theme itself.

    Raises:
        UsageError: an unknown name, or a file that cannot be.
    """
    if isinstance(theme, Theme):
        return theme
    if theme.endswith(".toml"):
        from mlanim.theme.reading import read_theme

        return read_theme(Path(theme))
    if theme not in THEMES:
        hint = f"{did_you_mean(str(theme), THEMES)}, or a .toml file"
        raise UsageError(f"unknown theme {theme!r}", hint)
    return THEMES[theme]
