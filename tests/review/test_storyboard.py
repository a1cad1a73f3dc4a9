"""The storyboard: one picture a step, laid out to be read."""

from __future__ import annotations

import numpy as np
import pytest
from manim import (
    BLACK,
    BLUE,
    RED,
    RIGHT,
    UP,
    WHITE,
    FadeIn,
    FadeOut,
    Scene,
    Square,
    Text,
    VGroup,
)
from PIL import Image

from mlanim.errors import UsageError
from mlanim.explainer import Explainer
from mlanim.primitives.text import Label
from mlanim.render.asked.spec import RenderSpec
from mlanim.render.stage.session import configured
from mlanim.review.sheet import Panel, draw_sheet
from mlanim.review.storyboard import panels_of
from mlanim.theme import DARK, LIGHT

SMALL = RenderSpec(width=160, height=90, fps=10)


class Plays(Scene):
    def construct(self) -> None:
        self.play(FadeIn(Square(3, color=RED, fill_opacity=1)), run_time=0.5)
        self.play(FadeIn(Text("hello").shift(UP * 3)), run_time=0.5)


class Sections(Scene):
    def construct(self) -> None:
        self.next_section("red")
        self.add(Square(3, color=RED, fill_opacity=1))
        self.wait(0.5)
        self.next_section("blue")
        self.add(Square(3, color=BLUE, fill_opacity=1))
        self.wait(0.5)


class Still(Scene):
    def construct(self) -> None:
        self.add(Square(3, color=RED, fill_opacity=1))


class Steps(Explainer):
    """Steps inside steps."""

    def construct(self) -> None:
        label = Label("attention", theme=self.theme, size="title")
        with self.step("outer", say="Outside."):
            self.wait(0.2)
            for _ in range(2):
                with self.step("inner", say="Inside."):
                    self.play(FadeIn(label), run_time=0.4)
                    self.play(FadeOut(label), run_time=0.2)
            self.wait(0.2)


def panels(scene: type[Scene], spec: RenderSpec = SMALL, every: float | None = None) -> list[Panel]:
    with configured(spec):
        return panels_of(scene, spec, every=every)


def test_each_play_of_a_plain_scene_is_shown_at_its_end() -> None:
    first, second = panels(Plays)
    assert [(p.step, p.start, p.end) for p in (first, second)] == [
        ("play 1", 0, 0.5),
        ("play 2", 0.5, 1.0),
    ]
    assert first.image.size == (160, 90)
    assert first.image.getpixel((80, 45))[0] > 200  # the square is there in full
    assert np.array(second.image)[:20].max() > 150  # and then the text above it
    assert np.array(first.image)[:20].max() < 30


def test_sections_go_before_plays() -> None:
    assert [panel.step for panel in panels(Sections)] == ["red", "blue"]


def test_a_scene_that_plays_nothing_is_one_picture() -> None:
    (only,) = panels(Still)
    assert only.image.getpixel((80, 45))[0] > 200


def test_steps_repeat_nest_and_are_shown_before_they_clear_up() -> None:
    shown = panels(Steps)
    assert [panel.step for panel in shown] == ["outer", "outer/inner", "outer/inner#2"]
    assert [panel.say for panel in shown] == ["Outside.", "Inside.", "Inside."]
    assert [p.start for p in shown] == pytest.approx([0, 0.2, 0.8])
    assert [p.end for p in shown] == pytest.approx([0.2, 0.8, 1.4])
    assert np.array(shown[1].image).min() < 120  # ink on white, though the step ends empty


class Pales(Explainer):
    """A step that ends with all that it showed, in less ink."""

    def construct(self):
        with self.step("pales", say="It pales."):
            crowd = VGroup(*(Square(0.8, fill_opacity=1) for _ in range(8))).arrange(RIGHT)
            crowd.set_color(BLACK)
            self.play(FadeIn(crowd), run_time=0.2)
            self.play(crowd[1:].animate.set_fill(WHITE).set_stroke(width=0), run_time=0.2)
            self.wait(0.2)


def test_a_picture_that_pales_has_not_cleared_up() -> None:
    (only,) = panels(Pales)
    dark = (np.array(only.image).max(axis=-1) < 60).any(axis=0)
    assert 0 < dark.sum() < 20  # one square of eight is left to see


class Shrinks(Explainer):
    """A step of which most goes, and what stays takes another form: that is its end."""

    def construct(self):
        with self.step("shrinks", say="Most of it goes."):
            crowd = VGroup(*(Square(0.8, fill_opacity=1) for _ in range(8))).arrange(RIGHT)
            self.play(FadeIn(crowd.set_color(BLACK)), run_time=0.2)
            self.play(FadeOut(crowd), FadeIn(Square(1, color=RED, fill_opacity=1)), run_time=0.2)
            self.wait(0.2)


def test_what_comes_while_much_goes_is_the_end_of_a_step() -> None:
    (only,) = panels(Shrinks)
    red, green, _ = only.image.getpixel((80, 45))
    assert red > 200 > green


def test_chosen_steps_alone_are_shown() -> None:
    spec = RenderSpec(width=160, height=90, fps=10, steps=("inner#2",), theme="dark")
    (only,) = panels(Steps, spec)
    assert only.step == "outer/inner#2"
    assert only.image.getpixel((0, 0)) == tuple(int(DARK.surface[i : i + 2], 16) for i in (1, 3, 5))


def test_every_so_many_seconds_adds_pictures() -> None:
    shown = panels(Plays, every=0.2)
    times = [panel.end for panel in shown]
    assert times == pytest.approx([0.2, 0.4, 0.5, 0.6, 0.8, 1.0])  # and the ends of both plays
    reds = [panel.image.getpixel((80, 45))[0] for panel in shown[:3]]
    assert reds == sorted(set(reds))  # it fades in
    assert [panel.end for panel in panels(Still, every=0.2)] == [0]
    for wrong in (0, -1, float("nan"), float("inf")):
        with pytest.raises(UsageError, match="above 0"):
            panels(Plays, every=wrong)


@pytest.mark.parametrize("size", [(320, 180), (180, 180), (180, 320)])
@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_sheet_holds_every_panel_whole(size: tuple[int, int], count: int) -> None:
    # Each panel has a colour of its own, so that it can be found again.
    colours = [(i * 10 + 5, 255 - i * 10, 90) for i in range(count)]
    boards = [
        Panel(Image.new("RGB", size, colour), f"step-{i}", i, i + 1, "Some words. " * 12)
        for i, colour in enumerate(colours)
    ]
    sheet = draw_sheet(boards, title="title", subtitle="under it", theme=LIGHT)
    pixels = np.array(sheet)
    for colour in colours:
        rows, columns = np.nonzero((pixels == colour).all(axis=-1))
        assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == size
    if count > 2:
        assert 0.5 < sheet.width / sheet.height < 3


def test_what_is_said_stands_under_its_panel() -> None:
    def draw(say: str) -> np.ndarray:
        board = Panel(Image.new("RGB", (320, 180), "#FFFFFF"), "score", 0, 2, say)
        return np.array(draw_sheet([board], title="t", subtitle="", theme=LIGHT).convert("L"))

    silent, said = draw(""), draw("Each hidden state gets a score. " * 3)
    assert said.shape[0] > silent.shape[0]  # wrapped into lines of their own
    assert (said[silent.shape[0] - 64 : -20] < 100).any()  # and written in ink
