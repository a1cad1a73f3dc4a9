"""Colour bars: a still told what its colours stand for, for figures in papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from manim import Group, Mobject, Scene
from manim.utils.iterables import list_update

from mlanim.burnt_caption import BurntCaption
from mlanim.errors import MlanimError
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.heat_image import HeatImage
from mlanim.primitives.scales.colour_bar import ColourBar
from mlanim.primitives.seen import meaning_of
from mlanim.primitives.tensor_box import TensorBox
from mlanim.render.stills.seeking import Glimpse
from mlanim.words.table import AsIs

__all__ = ["bars_of", "with_colour_bars"]

_MOST = 3  # scales of one picture: beside more, nobody finds which is whose
_NAMED = 3  # nouns of one scale that are each named
_GAP, _BETWEEN = 0.3, 0.45  # units
_LOWEST = 1.5  # units of height, in which the numbers stand apart


def with_colour_bars(glimpse: Glimpse) -> Glimpse:
    """The frame with a colour bar beside each scale of its colours.

    What is on the page moves to the left for it, and becomes smaller where that is not enough.

    Raises:
        MlanimError: no colour of the frame stands for a number, or too many scales do.
    """
    scene = glimpse.scene
    edge = _make_room(glimpse, bars_of(scene.mobjects))
    bars = bars_of(scene.mobjects)  # of what is smaller now
    for bar in bars:
        bar.shift([edge - bar.get_left()[0], 0, 0])
        edge += bar.width + _BETWEEN
    shown = [*list_update(scene.mobjects, scene.foreground_mobjects), *bars]
    camera: Any = scene.camera
    camera.reset()
    camera.capture_mobjects(shown)
    return replace(glimpse, pixels=camera.pixel_array.copy(), layers=lambda: [shown])


def bars_of(mobjects: Sequence[Mobject]) -> list[ColourBar]:
    """A bar for each scale: those of pictures of arrays, else of tables, else of vectors."""
    heated = list(_heated(mobjects))
    kinds = [isinstance(noun, HeatImage) for noun in heated], [_is_table(n) for n in heated]
    for kind in kinds:
        if any(kind):
            heated = [noun for noun, is_one in zip(heated, kind, strict=True) if is_one]
            break
    scales: dict[tuple[str, float, bool], list[Any]] = {}
    for noun in sorted(heated, key=lambda noun: -noun.width * noun.height):
        scale = noun.role, noun.limit, bool((_values(noun) < 0).any())
        scales.setdefault(scale, []).append(noun)
    if not scales:
        raise MlanimError(
            "--colour-bar: no colour in this frame stands for a number that is not written there",
            "choose another moment by --at, or a step by --steps",
        )
    if len(scales) > _MOST:
        raise MlanimError(
            f"--colour-bar: this frame has {len(scales)} scales, and at most {_MOST} are explained",
            "choose another moment by --at, or a step by --steps",
        )
    return [_bar_of(alike) for alike in scales.values()]


def _bar_of(alike: Sequence[Any]) -> ColourBar:
    """A bar as high as all that it explains."""
    cells = [getattr(noun, "cells", noun) for noun in alike]
    top = max(cell.get_top()[1] for cell in cells)
    bottom = min(cell.get_bottom()[1] for cell in cells)
    bar = ColourBar(alike[0], height=max(_LOWEST, top - bottom), title=_title_of(alike))
    bar.shift([0, (top + bottom) / 2 - bar.bar.get_center()[1], 0])
    return bar


def _title_of(alike: Sequence[Any]) -> str:
    """What nouns of one scale are: each by its label, or, where many have one, all together."""
    means = dict.fromkeys(meaning_of(noun) for noun in alike)
    if len(means) > _NAMED:
        means = dict.fromkeys(meaning_of(noun, labelled=False) for noun in alike)
    title = ", ".join(filter(None, means)) if len(means) <= _NAMED else ""
    return AsIs(title)


def _heated(mobjects: Sequence[Mobject]) -> Iterator[Any]:
    """What is coloured by numbers that do not stand there."""
    for thing in mobjects:
        if isinstance(thing, HeatImage):
            if thing.pixel_array[..., 3].any():
                yield thing
        elif isinstance(thing, TensorBox | AttentionMatrix):
            if not len(thing.numbers) and thing.cells[0].get_fill_opacity() > 0:
                yield thing
        else:
            yield from _heated(thing.submobjects)


def _values(noun: Any) -> np.ndarray:
    return np.asarray(noun.weights if isinstance(noun, AttentionMatrix) else noun.values)


def _is_table(noun: Any) -> bool:
    return _values(noun).ndim > 1 and min(_values(noun).shape[-2:]) > 1


def _make_room(glimpse: Glimpse, bars: Sequence[ColourBar]) -> float:
    """Make room for bars to the right of what is drawn at their height; where the first begins."""
    scene, camera = glimpse.scene, glimpse.scene.camera
    theme = bars[0].theme
    left, right = (side * camera.frame_width / 2 for side in (-1, 1))
    left, right = left + theme.margin, right - theme.margin
    wide = sum(bar.width for bar in bars) + _GAP + _BETWEEN * (len(bars) - 1)
    top, bottom = max(b.get_top()[1] for b in bars), min(b.get_bottom()[1] for b in bars)
    edge = _inked(glimpse, top + 0.1, bottom - 0.1)[1]
    page = Group(*_on_page(scene))
    if (lacks := edge + wide - right) > 0:
        free = max(0.0, min(page.get_left()[0], _inked(glimpse)[0]) - left)
        page.shift([-min(free, lacks), 0, 0])
        edge -= min(free, lacks)
    if edge + wide > right:
        share = (right - wide - left) / (edge - left)
        page.scale(share, about_point=np.array([left, (top + bottom) / 2, 0.0]))
        edge = right - wide
    return edge + _GAP


def _on_page(scene: Scene) -> Iterator[Mobject]:
    """What may move: neither headings nor what stands on every page."""
    fixed = {id(mobject) for mobject in getattr(scene, "brand", ())}
    fixed.add(id(getattr(scene, "heading", None)))
    for mobject in scene.mobjects:
        if id(mobject) not in fixed and not isinstance(mobject, BurntCaption):
            yield mobject


def _inked(glimpse: Glimpse, top: float = np.inf, bottom: float = -np.inf) -> tuple[float, float]:
    """The first and last place, in units, where anything is drawn between two heights."""
    camera = glimpse.scene.camera
    high, wide = glimpse.pixels.shape[:2]
    unit = high / camera.frame_height
    rows = np.clip([high / 2 - top * unit, high / 2 - bottom * unit], 0, high).astype(int)
    drawn = (glimpse.pixels != camera.background).any(axis=-1)[rows[0] : rows[1]]
    columns = np.flatnonzero(drawn.any(axis=0))
    return (float(columns[0]) - wide / 2) / unit, (float(columns[-1]) + 1 - wide / 2) / unit
