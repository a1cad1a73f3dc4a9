from __future__ import annotations

import io

import pytest
from rich.console import Console

from mlanim.explainer import Explainer
from mlanim.render.stage.observer import Observer
from mlanim.render.stage.progress import ProgressBar


def test_a_terminal_sees_step_frames_and_time(lesson, make):
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=120)
    steps = ["first", "attention", "attention/score", "attention/softmax"]
    with ProgressBar(steps, console=console) as progress:
        make(lesson, "a.mp4", jobs=2, progress=progress)
        progress._bar.refresh()
    assert "attention/softmax (3 of 3)" in seen.getvalue()
    assert "31 frames, 3.1 s" in seen.getvalue()


def test_the_bar_goes_on_while_a_gif_is_written(lesson, make):
    shares = []

    class Watcher(Observer):
        def writing(self, share: float) -> None:
            shares.append(share)

    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=120)
    with ProgressBar(console=console) as progress:
        make(lesson, "a.gif", progress=progress, observer=Watcher())
        progress._bar.refresh()
    assert "writing" in seen.getvalue()
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 10


def test_nothing_is_written_where_nobody_looks(lesson, make):
    for force, quiet in [(False, False), (True, True)]:
        seen = io.StringIO()
        console = Console(file=seen, force_terminal=force)
        with ProgressBar(["first"], console=console, quiet=quiet) as progress:
            make(lesson, "a.gif", progress=progress)
        assert seen.getvalue().strip() == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_what_a_render_has_to_say_is_said_without_progress_too(make, quiet):
    seen = io.StringIO()
    with ProgressBar(console=Console(file=seen), quiet=quiet) as progress:
        make(Reckoning, "a.mp4", progress=progress)
    assert seen.getvalue() == "mlanim: xgboost is not installed\n"


class Reckoning(Explainer):
    def construct(self):
        told = self.working("fitting")
        for done in (1, 2, 4):
            told(done, 4)
        self.note("xgboost is not installed")
        self.wait(0.2)


def test_a_scene_that_computes_first_is_followed_too(make):
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=120)
    with ProgressBar(console=console) as progress:
        update = progress._bar.update
        heard = []
        progress._bar.update = lambda task, **how: (heard.append(how), update(task, **how))
        make(Reckoning, "a.mp4", progress=progress)
    fitting = [how for how in heard if how.get("description") == "fitting"]
    assert [how["completed"] for how in fitting] == [0.25, 0.5, 0]
    assert "mlanim: xgboost is not installed" in seen.getvalue()
