import pytest
from manim import RIGHT, Dot, Square, tempconfig

from mlanim.errors import UsageError
from mlanim.explainer import Explainer, parameter
from mlanim.theme import get_theme

TINY = {
    "pixel_width": 32,
    "pixel_height": 18,
    "frame_rate": 4,
    "dry_run": True,
    "progress_bar": "none",
    "verbosity": "ERROR",
}


class Lesson(Explainer):
    """Two steps, one of them nested and repeated."""

    side: float = parameter(1.0, "the square's side", low=0.1)

    def construct(self):
        with self.step("intro", say="A square."):
            self.add(Square(self.side))
            self.wait(1)
        with self.step("work", say="It is worked on."):
            for _ in range(2):
                with self.step("move", say="It moves."):
                    self.play(self.mobjects[0].animate.shift(RIGHT))
        with self.step("end"):
            self.add(Dot())
            self.wait(0.5)


def play(settings=TINY, **arguments):
    with tempconfig(settings):
        scene = Lesson(**arguments)
        scene.render()
    return scene


def test_steps_know_their_paths_and_plays():
    steps = play().steps
    assert [(s.path, s.occurrence, s.depth) for s in steps] == [
        ("intro", 1, 0),
        ("work", 1, 0),
        ("work/move", 1, 1),
        ("work/move", 2, 1),
        ("end", 1, 0),
    ]
    assert [(s.first_play, s.last_play) for s in steps] == [(0, 1), (1, 3), (1, 2), (2, 3), (3, 4)]
    assert all(s.shown for s in steps)


def test_innermost_steps_become_captions():
    scene = play()
    captions = scene.renderer.file_writer.subcaptions
    assert [c.content for c in captions] == ["A square.", "It moves.", "It moves."]
    assert captions[0].start.total_seconds() == 0 and captions[0].end.total_seconds() == 1


def test_plain_manim_makes_a_section_of_each_step_and_writes_captions(tmp_path):
    scene = play({**TINY, "dry_run": False, "format": "mp4", "media_dir": str(tmp_path)})
    sections = scene.renderer.file_writer.sections
    assert [s.name for s in sections[:4]] == ["intro", "move", "move", "end"]
    assert "It moves." in next(tmp_path.rglob("*.srt")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["move#2"], ["work/move"]),
        (["work"], ["work", "work/move", "work/move"]),
        (["intro", "work/move"], ["intro", "work/move"]),
        (["end"], ["end"]),
    ],
)
def test_a_selection_shows_its_steps_and_ends_after_the_last(wanted, shown):
    scene = play(steps=wanted)
    assert [s.path for s in scene.steps if s.shown] == shown
    assert all(s.last_play is not None for s in scene.steps)


def test_what_comes_before_a_chosen_step_has_happened():
    scene = play(steps=["move#2"])
    assert scene.mobjects[0].get_x() == pytest.approx(2)
    assert len(scene.steps) == 4  # the scene ended before its last step


def test_parameters_are_attributes_and_python_arguments():
    scene = play(side=2.0)
    assert scene.side == 2.0 and scene.mobjects[0].width == pytest.approx(2)
    assert play().side == 1.0


@pytest.mark.parametrize(
    ("arguments", "teaches"),
    [
        ({"side": "big"}, "side='big' must be a number"),
        ({"sid": 1.0}, "did you mean 'side'"),
        ({"theme": "lihgt"}, "did you mean 'light'"),
        ({"steps": ["mvoe"]}, "did you mean 'move'"),
        ({"steps": ["move#3"]}, "occurs 2 time"),
    ],
)
def test_wrong_arguments_are_answered(arguments, teaches):
    with pytest.raises(UsageError, match=teaches):
        play(**arguments)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_the_theme_paints_the_background(theme):
    scene = play(theme=theme)
    red, green, blue, _ = scene.camera.background[0, 0]
    assert f"#{red:02X}{green:02X}{blue:02X}" == get_theme(theme).surface.upper()


def test_a_layout_starts_from_the_frame():
    area = play().area
    assert area.width < 14.3 and area.height == pytest.approx(8 - 2 * get_theme("light").margin)
