"""Colour arithmetic: sRGB, linear light, OKLab, CIELAB, contrast, and how the colour-blind see it.

Colours are float arrays (..., 3) of sRGB in 0..1; hex strings only at the edges. Sources:
W3C WCAG 2.2 (contrast), Ottosson 2020 (OKLab), CIE 15 (L*a*b*, D65), Machado, Oliveira and
Fernandes 2009 (colour vision deficiency, severity 1.0).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Vision",
    "contrast",
    "delta_e76",
    "from_hex",
    "lab",
    "lightness",
    "linear",
    "luminance",
    "mix",
    "oklab",
    "oklab_to_rgb",
    "oklch_to_rgb",
    "simulate",
    "srgb",
    "to_hex",
]

Colours = NDArray[np.float64]
Vision = Literal["normal", "deuteranopia", "protanopia", "tritanopia"]

_RGB_TO_XYZ = np.array(
    [
        [0.4123907993, 0.3575843394, 0.1804807884],
        [0.2126390059, 0.7151686788, 0.0721923154],
        [0.0193308187, 0.1191947798, 0.9505321522],
    ]
)
_WHITE = _RGB_TO_XYZ.sum(axis=1)

_RGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_OKLAB_TO_LMS = np.linalg.inv(_LMS_TO_OKLAB)
_LMS_TO_RGB = np.linalg.inv(_RGB_TO_LMS)

# Machado et al. 2009, table 1, severity 1.0; they act on linear light.
_SEEN_AS: dict[str, Colours] = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def from_hex(colour: str) -> Colours:
    """Read "#RRGGBB" as sRGB (3,).

    >>> from_hex("#FF8000").round(2).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def to_hex(rgb: ArrayLike) -> str:
    """Write one sRGB colour (3,) as "#RRGGBB"."""
    levels = np.round(np.clip(np.asarray(rgb, dtype=float), 0, 1) * 255).astype(int)
    return "#" + "".join(f"{level:02X}" for level in levels)


def linear(rgb: ArrayLike) -> Colours:
    """Undo sRGB's transfer curve: light that can be added."""
    level = np.asarray(rgb, dtype=float)
    return np.where(
        level <= 0.04045, level / 12.92, ((np.maximum(level, 0) + 0.055) / 1.055) ** 2.4
    )


def srgb(light: ArrayLike) -> Colours:
    """Apply sRGB's transfer curve; light outside 0..1 is clipped."""
    amount = np.clip(np.asarray(light, dtype=float), 0, 1)
    return np.where(amount <= 0.0031308, amount * 12.92, 1.055 * amount ** (1 / 2.4) - 0.055)


def luminance(rgb: ArrayLike) -> Colours:
    """WCAG relative luminance, 0 (black) to 1 (white)."""
    return linear(rgb) @ _RGB_TO_XYZ[1]


def contrast(one: ArrayLike, other: ArrayLike) -> Colours:
    """WCAG contrast ratio, 1 to 21.

    >>> float(contrast([0, 0, 0], [1, 1, 1]).round(3))
    21.0
    """
    first, second = luminance(one), luminance(other)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def lab(rgb: ArrayLike) -> Colours:
    """CIE L*a*b* (D65), L* from 0 to 100."""
    ratio = linear(rgb) @ _RGB_TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def lightness(rgb: ArrayLike) -> Colours:
    """CIE L*: what is left of a colour in a grey print, 0 to 100."""
    return lab(rgb)[..., 0]


def delta_e76(one: ArrayLike, other: ArrayLike, vision: Vision = "normal") -> Colours:
    """Distance in L*a*b* between two colours as that eye sees them; about 2 is just noticeable."""
    return np.linalg.norm(lab(simulate(one, vision)) - lab(simulate(other, vision)), axis=-1)


def simulate(rgb: ArrayLike, vision: Vision) -> Colours:
    """Show colours as someone with that colour vision sees them."""
    return srgb(linear(rgb) @ _SEEN_AS[vision].T)


def oklab(rgb: ArrayLike) -> Colours:
    """OKLab (L, a, b): equal steps look equal, L from 0 to 1."""
    return np.cbrt(linear(rgb) @ _RGB_TO_LMS.T) @ _LMS_TO_OKLAB.T


def oklab_to_rgb(colour: ArrayLike) -> Colours:
    """Turn OKLab into sRGB; what a screen cannot show is clipped."""
    return srgb((np.asarray(colour, dtype=float) @ _OKLAB_TO_LMS.T) ** 3 @ _LMS_TO_RGB.T)


def oklch_to_rgb(lightness: float, chroma: float, hue: float) -> Colours:
    """Turn OKLCH (hue in degrees) into sRGB; chroma is lowered until a screen can show it."""
    angle = np.deg2rad(hue)
    for part in np.linspace(1, 0, 101):
        reach = chroma * part
        colour = np.array([lightness, reach * np.cos(angle), reach * np.sin(angle)])
        light = (colour @ _OKLAB_TO_LMS.T) ** 3 @ _LMS_TO_RGB.T
        if np.all((light > -1e-4) & (light < 1 + 1e-4)):
            break
    return srgb(light)


def mix(start: ArrayLike, end: ArrayLike, part: ArrayLike) -> Colours:
    """Blend from start (part 0) to end (part 1) in OKLab; part (...) gives colours (..., 3)."""
    along = np.asarray(part, dtype=float)[..., np.newaxis]
    return oklab_to_rgb((1 - along) * oklab(start) + along * oklab(end))
