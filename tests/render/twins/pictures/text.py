# ruff: noqa: F403, F405 - written as Manim scenes are
"""Glyphs."""

from manim import *


class PlainText(Scene):
    def construct(self):
        self.play(Write(Text("Hidden state h", font_size=96)), run_time=0.8)
        self.wait(0.2)


class Paragraphs(Scene):
    def construct(self):
        text = Paragraph("The quick brown", "fox jumps over", "the lazy dog", font_size=60)
        self.add(text)
        self.play(text.animate.shift(UP), run_time=0.4)
        self.play(FadeOut(text, shift=LEFT), run_time=0.4)


class ColouredText(Scene):
    def construct(self):
        text = Text("query key value", gradient=(BLUE, GREEN), font_size=80)
        self.add(text)
        self.play(Indicate(text[3:6]), run_time=0.4)


class MarkedUpText(Scene):
    def construct(self):
        self.add(MarkupText('<b>bold</b> <span foreground="red">red</span>', font_size=90))
        self.wait(0.2)


class OutlinedText(Scene):
    def construct(self):
        text = Text("outline", font_size=120, stroke_width=6, stroke_color=RED, fill_opacity=0.3)
        self.play(Create(text), run_time=0.6)


class Numbers(Scene):
    def construct(self):
        tracker = ValueTracker(0)
        number = DecimalNumber(0, mob_class=Text, font_size=120).add_updater(
            lambda m: m.set_value(tracker.get_value())
        )
        self.add(number)
        self.play(tracker.animate.set_value(9.87), run_time=0.6)


class TextMorphs(Scene):
    def construct(self):
        a = Text("encoder", font_size=100)
        self.add(a)
        self.play(Transform(a, Text("decoder", font_size=100)), run_time=0.6)
        self.play(ReplacementTransform(a, Text("x", font_size=150)), run_time=0.6)


class LettersOneByOne(Scene):
    def construct(self):
        text = Text("tokens", font_size=120)
        self.play(AddTextLetterByLetter(text, time_per_char=0.2))
        self.play(Unwrite(text), run_time=0.6)


class Tables(Scene):
    def construct(self):
        table = Table([["a", "b"], ["c", "d"]], include_outer_lines=True)
        self.play(table.create(), run_time=0.6)


class Formula(Scene):
    def construct(self):
        self.add(MathTypst("sum_(i=1)^n alpha_i h_i", font_size=90))
        self.wait(0.2)
