"""Small scenes about what is over, around and outside; from `Grounds` on without fault."""

from __future__ import annotations

import numpy as np
from manim import (
    BLACK,
    BLUE,
    DOWN,
    LEFT,
    ORIGIN,
    RED,
    RIGHT,
    UP,
    Arc,
    Arrow,
    Axes,
    BackgroundRectangle,
    Circle,
    Circumscribe,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    FullScreenRectangle,
    ImageMobject,
    Line,
    MovingCameraScene,
    NumberPlane,
    Polygon,
    Rectangle,
    RegularPolygon,
    ReplacementTransform,
    RoundedRectangle,
    Scene,
    Square,
    Star,
    SurroundingRectangle,
    Table,
    Text,
    Transform,
    VGroup,
    VMobject,
    Write,
    config,
)

from mlanim.motion import highlight

PANEL = {"fill_opacity": 1, "fill_color": "#203040", "stroke_width": 0}


def words(text: str = "words", **options: object) -> Text:
    return Text(text, font_size=48, **options)


class WiderThanTheFrame(Scene):
    def construct(self) -> None:
        self.add(Text("one line of many words that go on and on and do not end in the frame"))
        self.wait(6)


class PanelOver(Scene):
    def construct(self) -> None:
        self.add(words())
        self.play(FadeIn(Rectangle(width=6, height=3, **PANEL)))
        self.wait(1)


class PanelAddedOver(Scene):
    def construct(self) -> None:
        self.add(words())
        self.wait(1)
        self.add(RoundedRectangle(width=6, height=3, **PANEL))
        self.play(Create(Line(LEFT, RIGHT).shift(3 * DOWN)))


class NeverOnTop(Scene):
    def construct(self) -> None:
        self.add(words(), Square(4, **PANEL))
        self.wait(1)


class ImageOver(Scene):
    def construct(self) -> None:
        self.add(words())
        self.wait(1)
        picture = ImageMobject(np.full((4, 8, 4), 255, np.uint8)).scale_to_fit_width(5)
        self.play(FadeIn(picture), run_time=0.5)
        self.wait(1)


class BandOver(Scene):
    def construct(self) -> None:
        self.add(words().to_edge(UP))
        self.wait(1)
        self.play(FadeIn(Rectangle(width=config.frame_width, height=2, **PANEL).to_edge(UP, 0)))
        self.wait(1)


class FarFigures(Scene):
    def construct(self) -> None:
        self.add(VGroup(Circle(), Star().shift(8 * RIGHT), Square().shift(3 * LEFT)))
        self.wait(0.2)


class TipOutside(Scene):
    def construct(self) -> None:
        self.add(Arrow(ORIGIN, 8 * RIGHT))
        self.wait(0.2)


class ArcOutside(Scene):
    def construct(self) -> None:
        self.add(Arc(2, 0, 3).shift(3 * UP))
        self.wait(0.2)


class ImageOutside(Scene):
    def construct(self) -> None:
        picture = ImageMobject(np.full((4, 8, 4), 255, np.uint8)).scale_to_fit_width(5)
        self.add(picture.shift(5 * RIGHT))
        self.wait(0.2)


class TableOutside(Scene):
    def construct(self) -> None:
        self.add(Table([["aaaa", "bbbb"] * 3], include_outer_lines=True).scale(1.5))
        self.wait(2)


class NeverInside(Scene):
    def construct(self) -> None:
        self.add(RegularPolygon(5).shift(9 * RIGHT), Dot())
        self.wait(0.2)


class FrameAroundTwoOfThree(Scene):
    def construct(self) -> None:
        cards = VGroup(*(Square(1.5, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=1)
        self.add(cards, SurroundingRectangle(VGroup(cards[0], cards[2])))
        self.wait(0.2)


class FrameAroundWords(Scene):
    def construct(self) -> None:
        names = VGroup(*map(words, ("one", "two", "three"))).arrange(DOWN)
        self.add(names)
        self.play(Create(SurroundingRectangle(names[0], names[2], buff=0.3)))
        self.wait(1)


class HighlightHoldsAStranger(Scene):
    """The cards are near enough to be one thing, and yet there is a word between them."""

    def construct(self) -> None:
        cards = VGroup(*(Square(2, color=BLUE) for _ in range(2))).arrange(RIGHT, buff=0.9)
        self.add(cards, words("no").set(width=0.8))
        self.play(highlight(cards, stays=True))


class PassingHighlight(Scene):
    """It goes again within its own play."""

    def construct(self) -> None:
        cards = VGroup(*(Square(2, color=BLUE) for _ in range(2))).arrange(RIGHT, buff=0.9)
        self.add(cards, words("no").set(width=0.8))
        self.wait(0.2)
        self.play(highlight(cards))


class FrameBecomesTooWide(Scene):
    def construct(self) -> None:
        cards = VGroup(*(Square(1.5, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=1)
        frame = SurroundingRectangle(cards[0])
        self.add(cards, frame)
        self.play(Transform(frame, SurroundingRectangle(VGroup(cards[0], cards[2]))))


class FrameCutsItsNeighbour(Scene):
    def construct(self) -> None:
        cards = VGroup(*(Circle(0.7, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=0.3)
        self.add(cards, SurroundingRectangle(cards[0], buff=1))
        self.wait(0.2)


class FrameMovedOntoAnEdge(Scene):
    def construct(self) -> None:
        cards = VGroup(*(Square(1.5, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=1)
        frame = SurroundingRectangle(cards[0], buff=0.3)
        self.add(cards, frame)
        self.play(frame.animate.shift(1.3 * RIGHT))


def row() -> VGroup:
    return VGroup(*(Square(1.5, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=1)


class OutlineMovedToTwoOfThree(Scene):
    def construct(self) -> None:
        cards = row()
        ends = VGroup(cards[0], cards[2])
        outline = Rectangle(width=ends.width + 0.4, height=ends.height + 0.4)
        self.add(cards, outline.move_to(ends.get_center()))
        self.wait(0.2)


class OutlineLaidAroundTwoOfThree(Scene):
    def construct(self) -> None:
        cards = row()
        self.add(cards)
        self.play(FadeIn(RoundedRectangle().surround(VGroup(cards[0], cards[2]), stretch=True)))


class OutlineCutsItsNeighbour(Scene):
    def construct(self) -> None:
        cards = row()
        self.add(cards, Rectangle(width=3.2, height=2).move_to(cards[0]).shift(0.7 * RIGHT))
        self.wait(0.2)


class CircumscribesTwoOfThree(Scene):
    def construct(self) -> None:
        cards = row()
        self.add(cards)
        self.wait(0.2)
        self.play(Circumscribe(VGroup(cards[0], cards[2])))


class RingsTwoOfThree(Scene):
    def construct(self) -> None:
        cards = row().scale(0.8)
        self.add(cards)
        self.wait(0.2)
        self.play(Circumscribe(VGroup(cards[0], cards[2]), Circle, fade_out=True))


class OutlineAsThePage(Scene):
    def construct(self) -> None:
        self.camera.background_color = "#fdfdfd"
        self.add(Square().shift(3 * LEFT), Circle(color=RED), Dot(3 * RIGHT, color=BLACK))
        self.wait(0.2)


class SaysItsWidth(Scene):
    def construct(self) -> None:
        self.add(words(f"{config.pixel_width} pixels").to_edge(LEFT, buff=0.1))
        self.wait(1)


class Grounds(Scene):
    """Panels under texts, frames around them."""

    def construct(self) -> None:
        text = words().shift(2 * UP)
        self.add(BackgroundRectangle(text, color=BLACK, buff=0.2), text)
        self.add(SurroundingRectangle(text, buff=0.4))
        other = words("other")
        self.add(Rectangle(width=4, height=1.5, **PANEL), other, SurroundingRectangle(other))
        behind = words("behind").shift(2 * DOWN).add_background_rectangle()
        self.add(behind)
        self.wait(1)


class InPassing(Scene):
    """A cover that fades in and out again, and one under which the text is removed."""

    def construct(self) -> None:
        text, cover = words(), Rectangle(width=6, height=3, **PANEL)
        self.add(text)
        self.wait(1)
        self.play(FadeIn(cover))
        self.play(FadeOut(cover))
        self.play(FadeIn(cover))
        self.remove(text)
        self.wait(1)


class NewPage(Scene):
    """A cover of the whole frame, and words upon it."""

    def construct(self) -> None:
        self.add(words())
        self.wait(1)
        self.play(FadeIn(FullScreenRectangle(fill_color="#101010", fill_opacity=1)))
        self.play(Write(words("next")))
        self.wait(1)


class SetBack(Scene):
    """All that is there is dimmed under a card."""

    def construct(self) -> None:
        self.add(words("a longer line of words"))
        self.wait(2)
        self.add(FullScreenRectangle(fill_color=BLACK, fill_opacity=0.8, stroke_width=0))
        self.add(Rectangle(width=4, height=3, **PANEL), words("card"))
        self.wait(1)


class Revealed(Scene):
    """The answer lies under a lid until it is asked for."""

    def construct(self) -> None:
        lid = Rectangle(width=4, height=2, **PANEL)
        self.add(words("answer"), lid)
        self.wait(2)
        self.play(lid.animate.shift(2.5 * UP))
        self.wait(1)


class FliesInAndOut(Scene):
    def construct(self) -> None:
        text, star = words().shift(12 * LEFT), Star().shift(7 * UP)
        self.add(text, star)
        self.wait(0.2)
        self.play(text.animate.move_to(ORIGIN), star.animate.move_to(2 * UP))
        self.wait(1)
        self.play(text.animate.shift(12 * RIGHT), star.animate.shift(9 * RIGHT))
        self.wait(0.5)


class Plotted(Scene):
    """Grids, curves and lines that lead out of the frame."""

    def construct(self) -> None:
        self.add(NumberPlane(), Line(ORIGIN, 9 * RIGHT), Line(9 * LEFT, 9 * RIGHT).shift(UP))
        axes = Axes(x_range=[-3, 3], y_range=[-2, 2])
        self.add(axes, axes.plot(lambda x: x**3, x_range=[-3, 3]))
        self.wait(0.2)


class Framed(Scene):
    """Frames in a close row, around parts of a text, around a plot, and one that walks."""

    def construct(self) -> None:
        cells = VGroup(*(Square(0.8) for _ in range(5))).arrange(RIGHT, buff=0).to_edge(UP, 1)
        numbers = VGroup(*(words(str(i)).move_to(cell) for i, cell in enumerate(cells)))
        frame = SurroundingRectangle(cells[1])
        self.add(cells, numbers, frame, SurroundingRectangle(cells, buff=0.2))
        term = words("a long sum").shift(DOWN)
        self.add(term, SurroundingRectangle(term[1:5]))
        axes = Axes(x_length=3, y_length=1.5, tips=False).shift(2.7 * DOWN + 4 * LEFT)
        self.add(axes, Dot(axes.c2p(2, 1)), SurroundingRectangle(axes))
        sides = VGroup(words("x"), words("y")).arrange(RIGHT, buff=1).shift(2.7 * DOWN + 3 * RIGHT)
        self.add(sides, words("=").move_to(sides), SurroundingRectangle(sides))
        self.play(frame.animate.move_to(cells[3]))
        self.play(Transform(frame, SurroundingRectangle(cells[4])))
        self.wait(1)


class Highlighted(Scene):
    """Neighbours in one frame, and what lies apart in two, with a word between."""

    def construct(self) -> None:
        cells = VGroup(*(Square(0.8) for _ in range(5))).arrange(RIGHT, buff=0).to_edge(UP, 1)
        cards = VGroup(*(Square(1.5, color=BLUE) for _ in range(3))).arrange(RIGHT, buff=1)
        self.add(cells, cards)
        self.play(highlight(cells[1:3], stays=True))
        self.play(highlight(VGroup(cards[0], cards[2]), stays=True))


class HighlightedInPassing(Scene):
    """Of a row, and of what leaves or comes while the frame does."""

    def construct(self) -> None:
        cards = VGroup(*(Square(2, color=BLUE) for _ in range(2))).arrange(RIGHT, buff=0.9)
        word, other = words("no").set(width=0.8), words("yes").set(width=0.8)
        self.add(cards, word)
        self.wait(0.2)
        self.play(highlight(cards[1]))
        self.play(highlight(cards), FadeOut(word))
        self.play(highlight(cards), FadeIn(other.shift(2.5 * UP)))
        self.wait(0.2)


class Outlined(Scene):
    """Panels with a title, outlines of one card, of all, ports on a border, two that overlap."""

    def construct(self) -> None:
        cards = row()
        panel = Rectangle(width=9, height=5).move_to(VGroup(cards[0], cards[2]))
        self.add(cards, panel, words("title").move_to(2 * UP))
        self.add(Dot(panel.get_corner(UP + LEFT)), Circle(0.3).move_to(panel.get_left()))
        self.add(Rectangle(width=1.8, height=1.8).move_to(cards[1]))
        low = Rectangle(width=2, height=1).move_to(3 * DOWN)
        self.add(low, low.copy().shift(0.5 * RIGHT))
        self.wait(1)
        self.play(Circumscribe(cards), Circumscribe(cards[0], Circle))


class Zoomed(MovingCameraScene):
    def construct(self) -> None:
        self.add(words().shift(5 * LEFT), Square())
        self.wait(1)
        self.play(self.camera.frame.animate.scale(0.4).move_to(ORIGIN))
        self.wait(0.2)


class Becoming(Scene):
    def construct(self) -> None:
        shape: VMobject = Polygon(LEFT, RIGHT, UP, color=RED)
        self.add(shape)
        self.play(ReplacementTransform(shape, words("one")))
        self.wait(1)
