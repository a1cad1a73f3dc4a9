"""Whose a module is."""

from __future__ import annotations

import pytest

from mlanim.render.known.others import is_ours


@pytest.mark.parametrize(
    ("module", "ours"),
    [
        ("manim.animation.fading", True),
        ("mlanim", True),
        ("mlanim.motion.appear", True),
        ("mlanim.scenes.seq2seq", False),  # a reader's scene may derive from it
        ("mlanim_of_somebody", False),
        ("numpy", False),
        (None, False),
    ],
)
def test_bundled_scenes_are_like_a_readers(module: object, ours: bool) -> None:
    assert is_ours(module) is ours
