"""Small scenes, each with one planted fault, and two without; played by the tests of the lint."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    Rectangle,
    Scene,
    Square,
    Text,
    VGroup,
)

from mlanim.explainer import Explainer
from mlanim.motion.dim import dim
from mlanim.primitives.attention_arrows import AttentionArrows
from mlanim.primitives.attention_matrix import AttentionMatrix
from mlanim.primitives.block import Block
from mlanim.primitives.softmax_bars import SoftmaxBars
from mlanim.primitives.tensor_box import TensorBox
from mlanim.primitives.text import Label, Number
from mlanim.primitives.token_row import TokenRow


class PlainClean(Scene):
    def construct(self) -> None:
        box = Rectangle(width=4, height=1.5, fill_color="#1C3A5E", fill_opacity=1)
        self.play(FadeIn(VGroup(box, Text("Hello world", font_size=36))), run_time=0.4)
        line = Line(LEFT * 3, RIGHT * 3).shift(DOWN * 2)
        self.play(FadeIn(line), run_time=0.2)
        self.wait(0.6)


class PlainOutside(Scene):
    def construct(self) -> None:
        self.add(Text("Too far to the right", font_size=36).shift(RIGHT * 6))
        self.add(Square().shift(UP * 4))
        self.wait(2)


class PlainInsideTheMargin(Scene):
    def construct(self) -> None:
        self.add(Text("Edge", font_size=36).to_edge(LEFT, buff=0.1))
        self.wait(2)


class PlainPanelFromEdgeToEdge(Scene):
    def construct(self) -> None:
        self.add(Rectangle(width=20, height=1, fill_opacity=1, fill_color="#203040").to_edge(UP))
        self.wait(0.2)


class PlainOverlap(Scene):
    def construct(self) -> None:
        self.add(Text("one", font_size=48), Text("two", font_size=48).shift(RIGHT * 0.4))
        self.wait(1)


class PlainCrossed(Scene):
    def construct(self) -> None:
        self.add(Text("struck", font_size=48), Line(LEFT * 3, RIGHT * 3))
        self.wait(1)


class PlainEdgeThroughText(Scene):
    def construct(self) -> None:
        box = Rectangle(width=3, height=2, stroke_width=0, fill_color="#404080", fill_opacity=1)
        self.add(box, Text("half and half", font_size=48).shift(RIGHT * 1.5))
        self.wait(1)


class PlainLineBehindABox(Scene):
    def construct(self) -> None:
        line = Line(LEFT * 3, RIGHT * 3)
        box = Rectangle(width=3, height=1.5, fill_color="#101030", fill_opacity=1)
        self.add(line, box, Text("inside", font_size=48))
        self.wait(1)


class PlainCovered(Scene):
    def construct(self) -> None:
        lid = Square(1.5, fill_color="#FF0000", fill_opacity=1, stroke_width=0).shift(RIGHT)
        self.add(Text("half hidden", font_size=60), lid)
        self.wait(1)


class PlainSmall(Scene):
    def construct(self) -> None:
        self.add(Text("Tiny print", font_size=14))
        self.wait(1)


class PlainFaint(Scene):
    def construct(self) -> None:
        box = Square(4, fill_color="#888888", fill_opacity=1)
        self.add(box, Text("Grey", font_size=60, color="#BBBBBB"))
        self.wait(1)


class PlainTooShort(Scene):
    def construct(self) -> None:
        words = Text("ten words stand here and nobody can read them all", font_size=30)
        self.play(FadeIn(words), run_time=0.2)
        self.wait(0.5)
        self.play(FadeOut(words), run_time=0.2)
        self.wait(1)


class PlainFlash(Scene):
    def construct(self) -> None:
        lamp = Square(8, fill_color="#FFFFFF", fill_opacity=1)
        for _ in range(5):
            self.add(lamp)
            self.wait(1 / 15)
            self.remove(lamp)
            self.wait(1 / 15)


class PlainRedAndGreen(Scene):
    def construct(self) -> None:
        self.add(Dot(LEFT, radius=0.5, color="#C83C3C"), Dot(RIGHT, radius=0.5, color="#6E7814"))
        self.wait(0.2)


class PlainRedAndGreenLabelled(Scene):
    def construct(self) -> None:
        left, right = Dot(LEFT * 2, radius=0.5, color="#C83C3C"), Circle(0.5, color="#6E7814")
        right.set_fill("#6E7814", 1).shift(RIGHT * 2)
        self.add(left, right)
        self.add(Text("cats", font_size=36).next_to(left, DOWN))
        self.add(Text("dogs", font_size=36).next_to(right, DOWN))
        self.wait(1)


class PlainStraying(Scene):
    def construct(self) -> None:
        words = Text("There and back", font_size=36)
        self.add(words)
        self.play(words.animate.shift(RIGHT * 12), run_time=1, rate_func=lambda t: 4 * t * (1 - t))
        self.wait(0.5)


class Clean(Explainer):
    """Everything that could be mistaken for a fault."""

    def construct(self) -> None:
        states = np.array([[0.5, -1.0, 0.25], [-0.3, 0.8, 1.0]])
        weights = np.array([0.7, 0.3])
        with self.step("words", say="Two words."):
            row = TokenRow(["je", "suis"], role="encoder", theme=self.theme, boxed=True)
            row.move_to(UP * 2.6)
            block = Block("Encoder", role="encoder", theme=self.theme).move_to(LEFT * 5 + UP * 2.6)
            self.play(FadeIn(row), FadeIn(block), run_time=0.3)
            self.wait(0.6)
        with self.step("states", say="Two states."):
            boxes = VGroup(
                *(
                    TensorBox(v, theme=self.theme, cell=0.7, limit=1, label=f"h{i}")
                    for i, v in enumerate(states)
                )
            ).arrange(RIGHT, buff=1.5)
            self.play(FadeIn(boxes), run_time=0.3)
            self.wait(0.5)
        with self.step("attention", say="Who counts?"):
            bars = SoftmaxBars(weights, theme=self.theme, labels=["je", "suis"]).shift(RIGHT * 4)
            target = Label("am", theme=self.theme).move_to(DOWN * 3)
            arrows = AttentionArrows(list(boxes), target, weights, theme=self.theme)
            self.play(FadeIn(bars), FadeIn(arrows), FadeIn(target), run_time=0.3)
            self.play(boxes[0].animate.set_values(states[1]), run_time=0.3)
            self.wait(0.5)


class Unsaid(Explainer):
    """Two tensors that only their colours tell apart."""

    def construct(self) -> None:
        left, right = (
            TensorBox([1.0, 0.5], role=role, theme=self.theme, limit=1, shape_label=False)
            for role in ("context", "value")
        )
        self.add(left.shift(LEFT), right.shift(RIGHT))
        with self.step("meet"):
            self.wait(0.2)


class WrongNumber(Explainer):
    """A cell prints another value than its array's."""

    def construct(self) -> None:
        box = TensorBox([0.5, -1.0], theme=self.theme, cell=1.2, label="h1")
        box.numbers[1].set_value(0.75)
        self.add(box)
        with self.step("lie"):
            self.wait(1)


class WrongCounter(Explainer):
    """A number that stands alone prints what it is not."""

    def construct(self) -> None:
        number = Number(0.25, theme=self.theme)
        number.value = 0.75
        self.add(number)
        with self.step("lie"):
            self.wait(1)


class WrongColour(Explainer):
    """A cell has another colour than the scale's."""

    def construct(self) -> None:
        box = TensorBox([0.5, -1.0], theme=self.theme, cell=0.4, label="h1")
        box.cells[0].set_fill("#00FF00")
        matrix = AttentionMatrix([[0.9, 0.1]], ["a"], ["b", "c"], theme=self.theme, cell=0.4)
        matrix.cells[1].set_fill("#00FF00")
        self.add(box, matrix.shift(RIGHT * 3))
        with self.step("lie"):
            self.wait(1)


class WrongArrows(Explainer):
    """The thinnest arrow has the greatest weight."""

    def construct(self) -> None:
        ends = [LEFT * 2 + UP * 2, RIGHT * 2 + UP * 2]
        arrows = AttentionArrows(ends, ORIGIN, [0.8, 0.2], theme=self.theme)
        arrows.arrows[0].curve.set_stroke(width=0.6)
        self.add(arrows)
        with self.step("lie"):
            self.wait(0.2)


class WrongBars(Explainer):
    """One bar is stretched."""

    def construct(self) -> None:
        bars = SoftmaxBars([0.8, 0.2], theme=self.theme, labels=["one", "two"])
        bars.bars[1].stretch(3, 0, about_edge=LEFT)
        bars.numbers[1].shift(RIGHT)
        self.add(bars)
        with self.step("lie"):
            self.wait(1)


class WrongSum(Explainer):
    """The weights are not all there."""

    def construct(self) -> None:
        bars = SoftmaxBars([0.8, 0.2], theme=self.theme)
        bars._show(np.array([0.8, 0.1]))
        self.add(bars)
        with self.step("lie"):
            self.wait(1)


class HurriedCaption(Explainer):
    """A sentence in no time."""

    def construct(self) -> None:
        with self.step("hurry", say="Nobody reads nine words in half a second, really."):
            self.wait(0.5)


class Dimmed(Explainer):
    """What was explained is dimmed until nobody can read it."""

    def construct(self) -> None:
        label = Label("explained", theme=self.theme)
        with self.step("explain"):
            self.play(FadeIn(label), run_time=0.2)
            self.wait(0.6)
            self.play(dim(label, opacity=0.2, run_time=0.2))
            self.wait(0.6)


class DimmedALittle(Explainer):
    """Dimmed, and readable still."""

    def construct(self) -> None:
        label, number = Label("explained", theme=self.theme), Number(0.5, theme=self.theme)
        self.add(VGroup(label, number).arrange(RIGHT))
        with self.step("explain"):
            self.wait(0.6)
            self.play(dim(label, opacity=0.7, run_time=0.2))
            self.wait(0.6)


class SmallLabel(Explainer):
    """A label below the smallest size, over its box's edge."""

    def construct(self) -> None:
        block = Block("Decoder", role="decoder", theme=self.theme)
        block.scale(0.5)
        self.add(block)
        with self.step("small"):
            self.wait(1)
