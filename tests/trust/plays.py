"""What happens in random scenes: plays that show a number `$v` or a function `$f` of 0..1.

A play has two texts: what comes before the scene, and its lines in `construct`. `$n` is a name of
its own.
"""

from __future__ import annotations

__all__ = ["AROUND", "PLAYS"]

PLAYS: dict[str, tuple[str, str]] = {
    "a shift": ("", "self.play(Square(1).animate.shift(3 * RIGHT * $v))"),
    "a size": ("", "self.play(Create(Square(0.5 + 3 * $v)))"),
    "a colour": (
        "",
        "self.play(FadeIn(Circle(2, color=ManimColor((1, $v, 0)), fill_opacity=$v)))",
    ),
    "a pace": ("", "self.play(Circle().animate(rate_func=$f).shift(3 * UP))"),
    "a pace of parts": (
        "",
        "self.play(LaggedStart(FadeIn(Square(), rate_func=$f), FadeIn(Dot(RIGHT)), lag_ratio=$v))",
    ),
    "a length": ("", "self.play(Create(Circle(2)), run_time=0.4 + $v)"),
    "a wait": ("", "self.add(Dot(LEFT * 3))\nself.wait(0.2 + $v)\nself.clear()"),
    "a wait until": (
        "",
        "m = Dot().add_updater(lambda m, dt: m.shift(2 * RIGHT * dt))\nself.add(m)\n"
        "self.wait_until(lambda: m.get_x() > 2 * $v, max_time=2)\nm.clear_updaters()",
    ),
    "an updater": (
        "",
        "t = ValueTracker(0)\nm = Square(1)\n"
        "m.add_updater(lambda m: m.set_x(3 * t.get_value() * $v))\n"
        "self.add(m)\nself.play(t.animate.set_value(1))\nm.clear_updaters()\nself.remove(m)",
    ),
    "an updater of time": (
        "",
        "m = Square(1).add_updater(lambda m, dt: m.rotate(2 * dt * $v))\n"
        "self.add(m)\nself.wait(0.8)\nself.remove(m)",
    ),
    "a redraw": (
        "",
        "t = ValueTracker(0)\nm = always_redraw(lambda: Circle(0.5 + 2 * ($f)(t.get_value())))\n"
        "self.add(m)\nself.play(t.animate.set_value(1))\nself.remove(m)",
    ),
    "by alpha": (
        "",
        "self.play(UpdateFromAlphaFunc(Square(), lambda m, a: m.set_x(3 * ($f)(a))))",
    ),
    "an update": (
        "",
        "a, b = Square(1), Dot()\n"
        "self.play(a.animate.shift(RIGHT * 2), UpdateFromFunc(b, lambda m: "
        "m.move_to(a).shift(UP * $v)))",
    ),
    "an animation of its own": (
        "class A$n(Animation):\n    def interpolate_mobject(self, alpha):\n"
        "        self.mobject.set_y(3 * $v * alpha)",
        "self.play(A$n(Square()))",
    ),
    "an animation with a number": (
        "class A$n(FadeIn):\n    k = $v\n    def __init__(self, m):\n"
        "        super().__init__(m, shift=2 * UP * self.k)",
        "self.play(A$n(Square()))",
    ),
    "an animation's method": (
        "class A$n(Transform):\n    def get_sub_alpha(self, alpha, index, parts):\n"
        "        return alpha * $v",
        "self.play(A$n(Square(), Circle(2)))",
    ),
    "a mobject of its own": (
        "class M$n(VGroup):\n    def __init__(self, k=$v):\n        super().__init__()\n"
        "        self.add(Square(1 + k), Dot().shift(UP * k))",
        "self.play(FadeIn(M$n()))",
    ),
    "a mobject that draws itself": (
        "class M$n(VMobject):\n    def generate_points(self):\n"
        "        self.set_points_as_corners([LEFT, UP * 3 * $v, RIGHT])",
        "self.play(Create(M$n()))",
    ),
    "a mobject's method": (
        "class M$n(Square):\n    def get_stroke_width(self, background=False):\n"
        "        return 20 * $v",
        "self.play(FadeIn(M$n(3)))",
    ),
    "a mobject's colours": (
        "class M$n(Square):\n    def get_fill_rgbas(self, *given, **more):\n"
        "        return np.array([[1, $v, 0, 1]])",
        "self.play(M$n(2, fill_opacity=1).animate.shift(RIGHT))",
    ),
    "a mobject between": (
        "class M$n(Square):\n    def interpolate(self, one, other, alpha, *given, **more):\n"
        "        return super().interpolate(one, other, ($f)(alpha), *given, **more)",
        "self.play(M$n(1).animate.shift(3 * RIGHT))",
    ),
    "an own animate": (
        "class M$n(Square):\n    @override_animate(Square.shift)\n"
        "    def _s(self, by, anim_args=None):\n"
        "        return FadeIn(Circle(0.5 + $v))",
        "self.play(M$n().animate.shift(RIGHT))",
    ),
    "a function of points": (
        "",
        "self.play(ApplyPointwiseFunction(lambda p: p * (0.5 + $v), Square(2)))",
    ),
    "a function of a mobject": (
        "",
        "self.play(ApplyFunction(lambda m: m.scale(0.5 + $v).set_color(RED), Square(2)))",
    ),
    "a homotopy": (
        "",
        "self.play(Homotopy(lambda x, y, z, t: (x + ($f)(t), y, z), Square(2)))",
    ),
    "a path": (
        "def P$n(one, other, alpha):\n"
        "    return (1 - alpha) * one + alpha * other + UP * $v * alpha",
        "self.play(Transform(Dot(LEFT * 3), Dot(RIGHT * 3), path_func=P$n))",
    ),
    "an arc": ("", "self.play(Transform(Dot(LEFT), Dot(RIGHT * 3), path_arc=3 * $v))"),
    "along a path": (
        "",
        "self.play(MoveAlongPath(Dot(), Circle(3 * $v)))",
    ),
    "a turn": ("", "self.play(Rotating(Square(2), angle=PI * $v, run_time=0.8))"),
    "a graph": (
        "",
        "self.play(Create(FunctionGraph(lambda x: ($f)(x / 6 + 0.5) * 2, x_range=[-3, 3, 0.5])))",
    ),
    "a curve": (
        "",
        "self.play(Create(ParametricFunction(lambda t: (t, 3 * $v * t, 0), t_range=[0, 1, 0.5])))",
    ),
    "a set of moves": (
        "",
        "self.play(Succession(FadeIn(Dot(UP * $v * 3)), FadeOut(Square(2)), run_time=0.8))",
    ),
    "a picture": (
        "",
        "self.play(FadeIn(ImageMobject(np.full((8, 8, 3), int(250 * $v), np.uint8)).scale(20)))",
    ),
    "a gradient": (
        "",
        "self.play(FadeIn(Square(3, fill_opacity=1).set_color_by_gradient(RED, ManimColor((0, "
        "$v, 1)))))",
    ),
    "points": ("", "self.play(FadeIn(PointCloudDot(radius=0.5 + $v, density=4)))"),
    "a trace": (
        "",
        "d = Dot()\nself.add(TracedPath(d.get_center, stroke_width=9))\n"
        "self.play(d.animate.shift(RIGHT * 4 * $v + UP))\nself.clear()",
    ),
    "a background": (
        "",
        "self.camera.background_color = ManimColor((0, $v, $v))\nself.play(FadeIn(Dot()))",
    ),
    "what stays": ("", "self.add(Square(4 * $v))\nself.play(FadeIn(Dot(LEFT * 2)))"),
    "what is in front": (
        "",
        "self.add_foreground_mobject(Square(3 * $v))\nself.play(FadeIn(Circle(2)))\nself.clear()",
    ),
    "an attribute": (
        "",
        "m = Square(1)\nm.k = $v\nself.play(m.animate.set_width(0.5 + 4 * m.k))",
    ),
    "a replaced method": (
        "",
        "m = Square(1)\nm.get_stroke_width = lambda background=False: 20 * $v\n"
        "self.play(FadeIn(m))",
    ),
    "text": ("", "self.play(FadeIn(Text(str($v)).scale(3)))"),
    "stroke": ("", "self.play(Create(Line(LEFT * 3, RIGHT * 3, stroke_width=40 * $v)))"),
    "a branch": (
        "",
        "if $v > 0.5:\n    self.play(FadeIn(Square()))\nelse:\n    self.play(FadeIn(Circle()))",
    ),
    "a loop": (
        "",
        "for i in range(int(5 * $v)):\n    self.add(Dot(RIGHT * i))\nself.wait(0.2)\nself.clear()",
    ),
    "a transform": (
        "",
        "self.play(ReplacementTransform(Square(1), RegularPolygon(3 + int(5 * $v)).scale(2)))",
    ),
    "a target": (
        "",
        "m = Square(1)\nm.generate_target()\nm.target.shift(RIGHT * 4 * $v)\n"
        "self.play(MoveToTarget(m))",
    ),
    "a swell": ("", "self.play(GrowFromPoint(Square(2), LEFT * 5 * $v))"),
    "a wiggle": ("", "self.play(Wiggle(Square(2), scale_value=1 + $v))"),
    "a flash": ("", "self.play(Indicate(Square(2), scale_factor=1 + $v, rate_func=$f))"),
}

# what lies around more plays than its own
AROUND: dict[str, tuple[str, str]] = {
    "a default": ("", "Circle.set_default(radius=0.5 + $v)\nself.play(FadeIn(Circle()))"),
    "a default of animations": (
        "",
        "FadeIn.set_default(shift=2 * UP * $v)\nself.play(FadeIn(Circle()))",
    ),
    "the configuration": (
        "config.background_color = ManimColor((0, 0, $v))",
        "self.play(FadeIn(Dot()))",
    ),
    "a patched method": (
        "_s$n = Mobject.shift\nMobject.shift = lambda self, *by: _s$n(self, *[$v * b for b in by])",
        "self.play(Dot().animate.shift(3 * RIGHT))",
    ),
    "patched drawing": (
        "VMobject.get_stroke_width = lambda self, background=False: 20 * $v",
        "self.play(FadeIn(Square(2)))",
    ),
    "a patched pace": (
        "import manim.animation.animation as a$n\n_i$n = Animation.interpolate\n"
        "Animation.interpolate = lambda self, alpha: _i$n(self, alpha * $v)",
        "self.play(FadeIn(Square(2)))",
    ),
    "a patched function": (
        "import manim.utils.paths\nimport manim.animation.transform as t$n\n"
        "t$n.straight_path = lambda: (lambda a, b, alpha: a + (b - a) * alpha * $v)",
        "self.play(Transform(Square(1), Circle(3)))",
    ),
    "a patched wait": (
        "_w$n = Scene.wait\n"
        "Scene.wait = lambda self, *a, **k: (self.add(Dot(UP * 3 * $v)), _w$n(self, 0.4))",
        "self.wait(1)\nself.clear()",
    ),
    "a patched number": (
        "import manim.utils.bezier as b$n\n_i$n = b$n.interpolate\n"
        "import manim.mobject.types.vectorized_mobject as v$n\n"
        "v$n.interpolate = lambda a, b, t: _i$n(a, b, t * $v)",
        "self.play(Square(1).animate.shift(RIGHT * 3))",
    ),
    "a class's constant": (
        "Square.k = $v",
        "self.play(FadeIn(Square(0.5 + 3 * Square.k)))",
    ),
}
