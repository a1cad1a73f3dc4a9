"""A step by itself leaves the page that it leaves within the whole film."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from manim import Mobject, Scene

from mlanim.catalogue import find, load
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.observer import Observer
from mlanim.render.stills.walking import Sight, walk
from mlanim.review.moment import moment_of

Page = Counter[tuple]  # how often each thing is drawn: its kind, its box in tenths, its colours

# One whose film is quickly walked through, and leaves pages out where they are not asked for.
SCENES = {"gpt2": ("masked-attention", "windows")}


def drawn(mobject: Mobject) -> tuple | None:
    """What a reader sees of one mobject without its parts; None of what is not seen."""
    if not mobject.has_points():
        return None
    low, high = mobject.points.min(axis=0)[:2], mobject.points.max(axis=0)[:2]
    box = tuple(np.round([*low, *high], 1) + 0.0)  # without the sign of zero
    if not hasattr(mobject, "stroke_width"):
        return (type(mobject).__name__, box)
    fill = (mobject.get_fill_color().to_hex(), round(float(mobject.get_fill_opacity()), 1))
    width = float(mobject.stroke_width) * float(mobject.get_stroke_opacity())
    stroke = (mobject.get_stroke_color().to_hex(), round(width)) if width else ()
    return (type(mobject).__name__, box, fill, stroke) if fill[1] or stroke else None


def page_of(scene: Scene) -> Page:
    leaves = (drawn(part) for top in scene.mobjects for part in top.get_family())
    return Counter(leaf for leaf in leaves if leaf)


def pages(scene: str, *steps: str) -> dict[str, Page]:
    """What each step leaves: undrawn, two looks a second."""
    found: dict[str, Page] = {}

    def look(sight: Sight) -> None:
        moment = moment_of(sight.scene)
        if sight.ends and moment.shown:
            found[moment.step] = page_of(sight.scene)

    walk(load(find(scene)), RenderSpec(width=320, height=180, fps=2, steps=steps), look, Observer())
    return found


@pytest.mark.parametrize("scene", SCENES)
def test_a_step_leaves_the_same_page_alone_and_within_the_film(scene: str) -> None:
    whole = pages(scene)
    for step in SCENES[scene]:
        (alone,) = pages(scene, step).values()
        assert len(alone) > 10 and alone == whole[step], step
