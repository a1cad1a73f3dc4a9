"""What lies over a text, outside the frame, or in a frame that is not its own, is found."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mlanim.catalogue import find, load
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.session import configured
from mlanim.review.check import check
from mlanim.review.finding import Finding

FILE = Path(__file__).with_name("scenes_of_covers.py")


def found(monkeypatch: pytest.MonkeyPatch, name: str, quality: str = "l") -> tuple[Finding, ...]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = RenderSpec.from_options(quality=quality, fps=5)
    with configured(spec):
        return check(load(find(str(FILE)), name), spec).findings


@pytest.mark.parametrize(
    ("name", "rule", "who", "problem"),
    [
        ("WiderThanTheFrame", "outside", "Text 'one line", "beyond its left edge"),
        ("PanelOver", "covered", "Text 'words'", "is hidden by what is drawn above: Rectangle"),
        ("PanelAddedOver", "covered", "Text 'words'", "above: RoundedRectangle"),
        ("NeverOnTop", "covered", "Text 'words'", "above: Square"),
        ("ImageOver", "covered", "Text 'words'", "above: ImageMobject"),
        ("BandOver", "covered", "Text 'words'", "above: Rectangle"),
        ("FarFigures", "outside", "Star", "beyond its right edge"),
        ("TipOutside", "outside", "Arrow tip", "beyond its right edge"),
        ("ArcOutside", "outside", "Arc", "beyond its top edge"),
        ("ImageOutside", "outside", "ImageMobject", "beyond its right edge"),
        ("TableOutside", "outside", "Paragraph 'bbbb'", "beyond its left edge"),
        ("NeverInside", "outside", "RegularPolygon", "and never in it"),
        ("FrameAroundTwoOfThree", "frame", "SurroundingRectangle and Square", "encloses Square"),
        ("FrameAroundWords", "frame", "SurroundingRectangle and Text 'two'", "encloses Text"),
        ("HighlightHoldsAStranger", "frame", "SurroundingRectangle and Text 'no'", "encloses Text"),
        ("PassingHighlight", "frame", "SurroundingRectangle and Text 'no'", "encloses Text"),
        ("FrameBecomesTooWide", "frame", "SurroundingRectangle and Square", "encloses Square"),
        ("FrameCutsItsNeighbour", "frame", "SurroundingRectangle and Circle", "cuts through"),
        ("FrameMovedOntoAnEdge", "frame", "SurroundingRectangle and Square", "cuts through"),
        ("OutlineMovedToTwoOfThree", "frame", "Rectangle and Square", "encloses Square"),
        ("OutlineLaidAroundTwoOfThree", "frame", "RoundedRectangle and Square", "encloses Square"),
        ("OutlineCutsItsNeighbour", "frame", "Rectangle and Square", "cuts through"),
        ("CircumscribesTwoOfThree", "frame", "SurroundingRectangle and Square", "encloses Square"),
        ("OutlineAsThePage", "contrast", "Square", "nobody sees it"),
        ("RingsTwoOfThree", "frame", "Circle and Square", "encloses Square"),
    ],
)
def test_a_fault_is_found(
    monkeypatch: pytest.MonkeyPatch, name: str, rule: str, who: str, problem: str
) -> None:
    findings = found(monkeypatch, name)
    for finding in findings:
        print(finding)
    assert any(f.rule == rule and f.who.startswith(who) and problem in f.problem for f in findings)
    assert {finding.rule for finding in findings} == {rule}


@pytest.mark.parametrize(
    "name",
    [
        *("Grounds", "InPassing", "NewPage", "SetBack", "Revealed", "FliesInAndOut", "Plotted"),
        *("Framed", "Highlighted", "HighlightedInPassing", "Outlined", "Zoomed", "Becoming"),
    ],
)
def test_what_is_meant_is_no_fault(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert found(monkeypatch, name) == ()


def test_the_layout_is_that_of_the_size_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scene writes down how many pixels its words are laid out for."""
    widths = {q: found(monkeypatch, "SaysItsWidth", q)[0].who for q in ("l", "h")}
    assert widths == {"l": "Text '854 pixels'", "h": "Text '1920 pixels'"}
