"""Formulas are set once, and what was half written or damaged is set anew."""

from __future__ import annotations

import pytest
from manim import MathTypst, Scene
from manim.mobject.text import typst_mobject

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.memory.cache import Cache

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 0 0 L 9 0 L 9 9 Z"/></svg>'


class Formula(Scene):
    def construct(self):
        self.add(MathTypst("x^2"))


@pytest.fixture
def typeset(tmp_path, monkeypatch):
    """Render a formula; how often that called for the typesetter, which is not installed here."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    calls = []

    def typst_to_svg_file(code, **options):
        calls.append(code)
        path = tmp_path / "made.svg"
        path.write_text(SVG)
        return path

    monkeypatch.setattr(typst_mobject, "typst_to_svg_file", typst_to_svg_file)

    def run():
        before = len(calls)
        spec = RenderSpec(width=64, height=36, format="png", output=tmp_path / "a.png")
        render(Formula, spec)
        return len(calls) - before, (tmp_path / "a.png").read_bytes()

    return run


def test_a_formula_is_set_once(typeset):
    first, picture = typeset()
    assert first > 0
    assert typeset() == (0, picture)


def test_a_damaged_one_is_set_anew(typeset):
    first, picture = typeset()
    for path in Cache().folder.glob("films/*/*.svg"):
        path.write_text(SVG[:40])
    assert typeset() == (first, picture)
    assert typeset() == (0, picture)


def test_one_that_failed_leaves_nothing_for_the_next(typeset, monkeypatch):
    whole = typst_mobject.typst_to_svg_file

    def full(code, **options):
        whole(code, **options).write_text(SVG[:40])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(typst_mobject, "typst_to_svg_file", full)
    with pytest.raises(Exception, match="No space left"):
        typeset()
    monkeypatch.setattr(typst_mobject, "typst_to_svg_file", whole)
    assert typeset()[0] > 0
