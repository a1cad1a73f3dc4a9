"""A formula is made of what it includes as well: no LaTeX is needed to find that."""

from __future__ import annotations

import pytest
from manim import MathTex, Scene
from manim.mobject.text import tex_mobject

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.memory.included import included
from mlanim.render.watched.watching import watch_reads

NAMED = {
    r"\input{macros}": "macros.tex",
    r"\input macros ": "macros.tex",
    r"\input{parts/macros.tex}": "parts/macros.tex",
    r"\include{ parts/macros }": "parts/macros.tex",
    r"\usepackage[a,b]{amsmath, own}": "own.sty",
    r"\RequirePackage {own}": "own.sty",
    r"\documentclass[preview]{own}": "own.cls",
    r"\includegraphics[width=2cm]{curve}": "curve.png",
    r"\graphicspath{{parts/}} \includegraphics{curve}": "parts/curve.png",
    r"\import{parts/}{macros}": "parts/macros.tex",
    r"\lstinputlisting{program.py}": "program.py",
    r"\InputIfFileExists{own.cfg}{}{}": "own.cfg",
    r"\pgfplotstableread{runs.csv}\runs": "runs.csv",
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "parts").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("TEXINPUTS", "TEXMFHOME", "TEXMFLOCAL", "TEXMFCONFIG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("text", NAMED)
def test_files_that_a_text_names_are_found(here, text):
    assert not included(text)
    path = here / NAMED[text]
    path.write_text("one")
    ((found, first),) = included(text)
    assert found == str(path)
    path.write_text("two")
    assert included(text) != [(found, first)]


def test_what_included_files_include_is_found_and_nothing_twice(here):
    (here / "a.tex").write_text(r"\input{b}")
    (here / "b.tex").write_text(r"\input{a} % \input{\name}")
    (here / "c.tex").write_text("nobody reads it")
    assert [path for path, _ in included(r"\input{a} % \input{c}")] == [
        str(here / "a.tex"),
        str(here / "b.tex"),
    ]


def test_folders_that_the_environment_names_are_searched(here, monkeypatch):
    monkeypatch.setenv("TEXINPUTS", str(here / "parts"))
    (here / "parts" / "own.sty").write_text("")
    assert [path for path, _ in included(r"\usepackage{own}")] == [str(here / "parts" / "own.sty")]


@pytest.mark.parametrize(
    ("variable", "value", "place"),
    [
        ("HOME", "user", "user/texmf/tex/latex/parts"),
        ("TEXMFHOME", "{user/one,user/two}", "user/two/tex"),
        ("TEXMFLOCAL", "!!user/all", "user/all/tex/latex"),
        ("TEXINPUTS", ".:user/styles//:", "user/styles/own"),
    ],
)
def test_trees_of_the_readers_own_are_searched(here, monkeypatch, variable, value, place):
    style = here / place / "own.sty"
    style.parent.mkdir(parents=True)
    (style.parent / "around").symlink_to(style.parent.parent)
    monkeypatch.setenv(variable, value if variable != "HOME" else str(here / value))
    assert included(r"\usepackage{own}") == []
    style.write_text("one")
    ((found, first),) = included(r"\usepackage{own}")
    assert (here / found).resolve() == style
    style.write_text("two")
    assert included(r"\usepackage{own}") not in ([], [(found, first)])


@pytest.mark.parametrize("text", [r"\input{\name}", r"\input\name", r"\openin5=a", r"\directlua{}"])
def test_what_only_latex_can_name_is_not_told(here, text):
    assert included(text) is None
    (here / "a.tex").write_text(text)
    assert included(r"\input{a}") is None


class Formula(Scene):
    def construct(self):
        self.add(MathTex(r"\input{macros} x^2"))


def test_a_formula_is_set_anew_when_what_it_includes_changes(here, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "cache"))
    calls = []

    def tex_to_svg_file(expression, environment=None, tex_template=None):
        calls.append(expression)
        path = here / "made.svg"
        path.write_text(
            '<svg xmlns="http://www.w3.org/2000/svg"><path d="M 0 0 L 9 0 L 9 9 Z"/></svg>'
        )
        return path

    monkeypatch.setattr(tex_mobject, "tex_to_svg_file", tex_to_svg_file)

    def calls_of_a_render():
        before = len(calls)
        with watch_reads() as reads:
            render(Formula, RenderSpec(width=64, height=36, format="png", output=here / "a.png"))
        assert str(here / "macros.tex") in set(reads) or not (here / "macros.tex").exists()
        return len(calls) - before

    macros = here / "macros.tex"
    assert calls_of_a_render() > 0 == calls_of_a_render()
    macros.write_text(r"\def\a{1}")
    assert calls_of_a_render() > 0 == calls_of_a_render()
    macros.write_text(r"\def\a{2}")
    assert calls_of_a_render() > 0 == calls_of_a_render()
    tree = here / "home" / "texmf" / "tex"
    tree.mkdir(parents=True)
    assert calls_of_a_render() == 0
    (tree / "macros.tex").write_text("")
    assert calls_of_a_render() > 0 == calls_of_a_render()
