"""Every kind of fault, planted in a scene, is found where it is; clean scenes give none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from manim import Scene

from mlanim.catalogue import find, load
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.session import configured
from mlanim.review.check import Report, check

FILE = Path(__file__).with_name("scenes_with_faults.py")


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    """Check one class of the file of planted faults."""
    monkeypatch.setattr(sys, "path", list(sys.path))

    def run(name: str, **options: str) -> Report:
        spec = RenderSpec.from_options(quality="l", **options)
        with configured(spec):
            scene: type[Scene] = load(find(str(FILE)), name)
            return check(scene, spec)

    return run


@pytest.mark.parametrize(
    "name",
    [
        "PlainClean",
        "PlainPanelFromEdgeToEdge",
        "PlainLineBehindABox",
        "PlainRedAndGreenLabelled",
        "DimmedALittle",
    ],
)
def test_clean_scenes_give_nothing(look: Callable[..., Report], name: str) -> None:
    assert look(name).findings == ()


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_a_clean_explainer_gives_nothing(look: Callable[..., Report], theme: str) -> None:
    assert look("Clean", theme=theme).findings == ()


@pytest.mark.parametrize(
    ("name", "rule", "who", "problem"),
    [
        ("PlainOutside", "outside", "Text 'Too far to the right'", "beyond its right edge"),
        ("PlainOutside", "outside", "Square", "beyond its top edge"),
        ("PlainInsideTheMargin", "outside", "Text 'Edge'", "inside the margin: 0.10 units"),
        ("PlainStraying", "outside", "Text 'There and back'", "leaves the frame while it moves"),
        ("PlainOverlap", "overlap", "Text 'one' and Text 'two'", "text over text"),
        ("PlainCrossed", "crossed", "Text 'struck' and Line", "Line cuts through it"),
        ("PlainEdgeThroughText", "crossed", "Text 'half and half' and Rectangle", "cuts"),
        ("PlainCovered", "covered", "Text 'half hidden'", "hidden by what is drawn above"),
        ("PlainSmall", "small", "Text 'Tiny print'", "0.178 is the least"),
        ("PlainFaint", "contrast", "Text 'Grey'", "contrast 1.85:1, 4.5:1 is the least"),
        ("PlainTooShort", "reading", "Text 'ten words stand here", "3.0 s"),
        ("PlainFlash", "flash", "the picture", "3 are the most"),
        ("PlainRedAndGreen", "colour-alone", "Dot (#C83C3C) and Dot (#6E7814)", "deuteranopia"),
        ("WrongNumber", "untrue", "TensorBox 'h1' cell 1", "prints 0.75, its value is −1.00"),
        ("WrongCounter", "untrue", "Number '0.25'", "prints 0.25, its value is 0.75"),
        ("WrongColour", "untrue", "TensorBox 'h1' cell 0", "is #00FF00, the scale says"),
        ("WrongColour", "untrue", "AttentionMatrix cell 1", "is #00FF00, the scale says"),
        ("WrongArrows", "untrue", "AttentionArrows", "its thickness is not greater"),
        ("WrongBars", "untrue", "SoftmaxBars", "bar 1 has 0.75 of the length of bar 0"),
        ("WrongSum", "untrue", "SoftmaxBars", "its weights sum to 0.900"),
        ("HurriedCaption", "reading", "caption 'Nobody reads nine words", "its step takes 0.5 s"),
        ("Dimmed", "contrast", "Label 'explained'", "dimmed text has contrast 1.51:1, 3:1"),
        ("SmallLabel", "small", "Label 'Decoder' of Block", "capitals are 0.110 units high"),
    ],
)
def test_a_planted_fault_is_found(
    look: Callable[..., Report], name: str, rule: str, who: str, problem: str
) -> None:
    found = look(name).findings
    for finding in found:
        print(finding)
    assert any(f.rule == rule and f.who.startswith(who) and problem in f.problem for f in found)
    assert {finding.rule for finding in found} == {rule}


def test_frames_that_are_not_drawn_still_take_their_time(look: Callable[..., Report]) -> None:
    report = look("PlainClean")
    assert (report.pictures, report.seconds) == (3, 1.2)


def test_values_tell_every_array_once_a_step_until_it_changes(look: Callable[..., Report]) -> None:
    values = look("Clean").values
    told = [(record["step"], record["name"]) for record in values]
    first = values[0]["step"]
    assert [name for step, name in told if step == first] == ["TensorBox 'h0'", "TensorBox 'h1'"]
    assert sorted(name for step, name in told if step == "attention") == [
        "AttentionArrows",
        "SoftmaxBars",
        *["TensorBox 'h0'"] * 2,
        "TensorBox 'h1'",
    ]
    assert values[0]["values"] == [0.5, -1.0, 0.25]
    assert values[-1]["values"] == [-0.3, 0.8, 1.0]
    assert values[-1]["step"] == "attention"


def test_a_flash_is_seen_although_most_frames_are_not_drawn(look: Callable[..., Report]) -> None:
    (flash,) = look("PlainFlash").findings
    assert flash.rule == "flash"
    assert 4 <= int(flash.problem.split()[0]) <= 8
