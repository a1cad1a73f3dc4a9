from __future__ import annotations

import io

from rich.console import Console

from mlanim.render.progress import ProgressBar


def test_a_terminal_sees_step_frames_and_time(lesson, make):
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=120)
    steps = ["first", "attention", "attention/score", "attention/softmax"]
    with ProgressBar(steps, console=console) as progress:
        make(lesson, "a.gif", progress=progress)
        progress._bar.refresh()
    assert "attention/softmax (3 of 3)" in seen.getvalue()
    assert "31 frames, 3.0 s" in seen.getvalue()


def test_nothing_is_written_where_nobody_looks(lesson, make):
    for force, quiet in [(False, False), (True, True)]:
        seen = io.StringIO()
        console = Console(file=seen, force_terminal=force)
        with ProgressBar(["first"], console=console, quiet=quiet) as progress:
            make(lesson, "a.gif", progress=progress)
        assert seen.getvalue().strip() == ""
