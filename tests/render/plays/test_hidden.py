"""What a scene hides from its plays: an edit there is drawn, whatever the cache has."""

from __future__ import annotations

import functools
import itertools
import math
import types

import manim
import numpy as np
import pytest
from manim import RIGHT, UP, Circle, Dot, FadeIn, Homotopy, Scene, Square, Transform, smooth

from mlanim.render.known.as_imported import _AsImported, untouched, untouched_drawing
from mlanim.render.known.known_code import is_known, is_plain
from mlanim.render.known.proven import proven
from mlanim.render.plays import cutting


class Held:
    """What a scene's functions read: an edit changes it between two renders."""

    value = 1.0


@pytest.fixture(autouse=True)
def short(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cutting, "_ENOUGH", 2)
    monkeypatch.setattr(Held, "value", 1.0)


def played(animation):
    class Story(Scene):
        def construct(self):
            self.play(animation(), run_time=0.4)

    return Story


@functools.lru_cache
def remembered(t):
    return Held.value * t


class Pace:
    def __call__(self, t):
        return Held.value * t


class Paced(Square):
    """A mobject whose property Manim comes upon."""

    @property
    def points(self):
        return self._held * Held.value

    @points.setter
    def points(self, points):
        self._held = points


class Bent(Square):
    def interpolate(self, *args, **kwargs):
        super().interpolate(*args, **kwargs)
        self.points = self.points * Held.value


class Wide(Transform):
    def interpolate_mobject(self, alpha):
        super().interpolate_mobject(alpha * Held.value)


def shadowed():
    square = Square()
    square.get_fill_rgbas = lambda background=False: np.array([[Held.value, 1, 0, 1]])
    return FadeIn(square)


@functools.wraps(smooth)
def disguised(t, **_):
    return Held.value * t


HIDDEN = {
    "a global": lambda: Square().animate(rate_func=lambda t: Held.value * t).shift(RIGHT),
    "a call": lambda: Square().animate(rate_func=Pace()).shift(RIGHT),
    "a cache": lambda: Square().animate(rate_func=remembered).shift(RIGHT),
    "a partial": lambda: (
        Square().animate(rate_func=functools.partial(lambda h, t: h.value * t, Held)).shift(RIGHT)
    ),
    "a disguise": lambda: Square().animate(rate_func=disguised).shift(RIGHT),
    "within a pace of Manim's": lambda: (
        Square()
        .animate(rate_func=manim.squish_rate_func(lambda t: Held.value * t, 0, 0.9))
        .shift(RIGHT)
    ),
    "a homotopy": lambda: Homotopy(
        lambda x, y, z, t: np.array([x + Held.value * t, y, z]), Square()
    ),
    "a path": lambda: (
        Square().animate(path_func=lambda a, b, t: a + (b - a) * t * Held.value).shift(RIGHT)
    ),
    "a property": lambda: FadeIn(Paced()),
    "a method": lambda: FadeIn(Bent(), shift=UP),
    "an animation": lambda: Wide(Square(), Circle()),
    "something in a mobject's way": shadowed,
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_is_hidden_is_drawn_when_it_changes(make, monkeypatch, kind):
    scene = played(HIDDEN[kind])

    def film(**options):
        given = {"jobs": 1 + options["cache"], "fps": 5, "rendered_before": True, **options}
        return make(scene, "a.mp4", **given).paths[0].read_bytes()

    before = film(cache=True)
    monkeypatch.setattr(Held, "value", 0.5)
    remembered.cache_clear()
    after = film(cache=True)
    assert after == film(cache=False)
    assert after != before


def loud(self, *args, **kwargs):
    return None


PATCHES = [
    (Square, "n_points_per_curve", 3),
    (manim.VMobject, "set_points", loud),
    (manim.Mobject, "interpolate", manim.Mobject.become),
    (manim.utils.rate_functions, "smooth", manim.rush_into),
    (
        manim.utils.rate_functions,
        "sigmoid",
        functools.partial(manim.utils.simple_functions.sigmoid),
    ),
    (manim.utils.bezier, "interpolate", loud),
    (manim.Dot, "anything", 1),
    (np, "linspace", loud),
    (math, "sqrt", math.sin),
    (math, "pi", 3.0),
    (np, "pi", 3.0),
    (smooth, "__defaults__", (7.0,)),
    (manim.utils.space_ops.rotate_vector, "__code__", loud.__code__),
]
DRAWING = [
    (manim.Camera, "apply_stroke", loud),
    (manim.VMobject, "get_stroke_width", loud),
    (Circle, "get_fill_rgbas", loud),
    (manim.utils.family, "remove_list_redundancies", loud),
    (manim.MovingCamera, "capture_mobjects", loud),
]


@pytest.mark.parametrize(("owner", "name", "value"), [*PATCHES, *DRAWING])
def test_a_patch_is_seen_and_its_end_too(monkeypatch, owner, name, value):
    assert untouched()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, value, raising=False)
        assert not untouched()
    assert untouched()


@pytest.mark.parametrize(("owner", "name", "value"), DRAWING)
def test_a_patch_of_what_draws_leaves_no_address(monkeypatch, owner, name, value):
    assert untouched_drawing()
    monkeypatch.setattr(owner, name, value, raising=False)
    assert not untouched_drawing()


@pytest.mark.parametrize("place", ["/home/reader/scene.py", "<ipython-input-1>", "<stdin>"])
def test_what_was_replaced_before_anybody_looked_is_not_taken_for_manims(place):
    def module(filename):
        made = types.ModuleType("manim.made")
        exec(compile("def shown(): return 1", filename, "exec"), vars(made))
        return made

    plain, replaced = _AsImported(), _AsImported()
    plain.take_in(module(manim.__file__))
    replaced.take_in(module(place))
    assert replaced.replaced and not plain.replaced


def test_a_constant_that_was_written_into_is_seen():
    up = manim.UP.copy()
    try:
        manim.UP[1] = 2
        assert not untouched()
    finally:
        manim.UP[:] = up
    assert untouched()


WITHIN = {
    "a named default": (manim.Mobject.rotate.__kwdefaults__, "about_point", manim.UP),
    "a list that is a default": (manim.BarChart.__init__.__defaults__[4], 0, "#ffffff"),
    "a colour": (vars(manim.YELLOW), "_ManimColor__value", np.zeros(4)),
    "a colour's numbers": (vars(manim.YELLOW)["_ManimColor__value"], 0, 0.5),
    "a template of formulas": (vars(manim.TexTemplateLibrary.ctex), "preamble", "%"),
}


@pytest.mark.parametrize("kind", WITHIN)
def test_what_is_changed_within_is_seen_and_its_end_too(kind):
    held, place, value = WITHIN[kind]
    before = held[place]
    assert untouched()
    held[place] = value
    try:
        assert not untouched()
    finally:
        held[place] = before
    assert untouched()


def test_what_a_closure_holds_is_seen():
    """Manim's paces are wrapped in one that keeps them within their bounds."""
    (cell,) = smooth.__closure__
    before = cell.cell_contents
    try:
        cell.cell_contents = manim.linear
        assert not untouched()
    finally:
        cell.cell_contents = before
    assert untouched()


def of_manims(name, text):
    made = types.ModuleType(name)
    exec(compile(text, manim.__file__, "exec"), vars(made))
    return made


def test_what_was_changed_within_before_anybody_looked_is_seen_too():
    """As a scene's file does that is loaded before anything is drawn."""
    text = "SIZES = [1]\ndef act(*, size=1): return SIZES, size\ndef play(): return act()"
    made = of_manims("manim.made", text)
    known = _AsImported()
    known.take_in(made)
    made.act.__kwdefaults__["size"] = 2
    made.SIZES.append(2)
    assert known.all().differing() is None
    made.SIZES.pop()
    assert known.all().differing() is None
    made.act.__kwdefaults__["size"] = 1
    assert known.all().differing() == []


def test_what_manim_keeps_in_tables_of_its_own_is_no_change():
    made = of_manims("manim.made", "KEPT = [{}]\ndef act(kind, n): KEPT[kind - 1][n] = 1")
    known = _AsImported()
    known.take_in(made)
    made.act(1, 2)
    assert made.KEPT == [{2: 1}]
    assert known.all().differing() == []


def test_what_another_library_was_is_known_before_a_scene_comes(monkeypatch):
    """Also at names that only those ask for who are imported later."""
    known = _AsImported()
    known.take_in(of_manims("manim.first", "import math\ndef act(): return math.sqrt(1)"))
    known.look_around()
    monkeypatch.setattr(math, "erfc", math.erf)
    known.take_in(of_manims("manim.second", "import math\ndef act(): return math.erfc(1)"))
    assert [(space.owner, names) for space, names in known.all().differing()] == [(math, ["erfc"])]


def test_an_edit_within_a_function_of_manims_is_drawn(make, monkeypatch):
    scene = played(lambda: FadeIn(Square(), scale=2))

    def film(**options):
        given = {"jobs": 1 + options["cache"], "fps": 5, "rendered_before": True, **options}
        return make(scene, "a.mp4", **given).paths[0].read_bytes()

    before = film(cache=True)
    monkeypatch.setitem(manim.VMobject.scale.__kwdefaults__, "about_point", 2 * UP)
    monkeypatch.setitem(manim.Mobject.scale.__kwdefaults__, "about_point", 2 * UP)
    after = film(cache=True)
    assert after == film(cache=False)
    assert after != before


def test_what_manim_remembers_of_its_own_answers_is_no_change():
    """Smooth curves leave a table behind, longer ones a longer table."""
    for corners in (40, 80):
        points = np.random.default_rng(0).uniform(-1, 1, (corners, 3))
        manim.VMobject().set_points_smoothly(points)
        assert untouched()


def test_defaults_that_are_set_are_told(make):
    def film(**options):
        scene = played(lambda: FadeIn(Dot()))
        given = {"jobs": 1 + options["cache"], "rendered_before": True, **options}
        return make(scene, "a.mp4", **given).paths[0].read_bytes()

    film(cache=True)
    try:
        Dot.set_default(radius=2)
        assert untouched()
        assert film(cache=True) == film(cache=False)
    finally:
        Dot.set_default()


COUNT = 2.0
NUMBERS = [1.0]


def test_what_is_proven_and_what_is_not():
    number = 3
    counter = itertools.count()
    for function in (
        lambda t: 1 - (1 - t) ** 2,
        lambda t: np.sin(COUNT * t),
        lambda t: min(1, smooth(t) * number),
        lambda x, y, z, t: np.array([x + t, y, z]),
    ):
        assert proven(function) is not None
        assert is_known(function)
    for function in (
        lambda t: Held.value * t,
        lambda t: NUMBERS[0] * t,
        lambda t: t + next(counter),
        lambda t: np.random.random(),
        lambda a, b, t: np.add(a, b, a),
        lambda t, seen=[]: len(seen) * t,
        lambda t: [x for x in t],  # noqa: C416
        Held.__init__,
        remembered,
        disguised,
    ):
        assert proven(function) is None
        assert not is_known(function)


def test_a_class_may_add_what_nobody_asks_for():
    class Adding(Square):
        my_very_own_number = 3

        def does_my_very_own_thing(self):
            return self.my_very_own_number

    class Listening(Square):
        def __getattribute__(self, name):
            return super().__getattribute__(name)

    assert is_plain(Adding)
    assert not is_plain(Listening)
    assert not is_plain(Paced)
    assert not is_plain(Bent)
