from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.render.plays.timeline import PlayRecord, Timeline


@dataclass
class Step:
    name: str
    path: str
    first_play: int
    last_play: int | None
    depth: int = 0
    say: str = ""
    title: str = ""


def line(*shown: bool) -> Timeline:
    """Plays of one second each at 10 frames a second."""
    made = Timeline(fps=10)
    for i, is_shown in enumerate(shown):
        made.add(PlayRecord(i, i + 1, 10 if is_shown else 0, is_shown))
    return made


def test_what_was_skipped_takes_no_time():
    made = line(True, False, True)
    assert made.seconds == 2
    assert [made.output_time(t) for t in (0.5, 1.0, 1.9, 2.0, 2.5, 9)] == [0.5, 1, 1, 1, 1.5, 2]


@given(st.lists(st.booleans(), max_size=8), st.lists(st.floats(0, 9), max_size=8))
def test_output_time_never_runs_backwards(shown, moments):
    made = line(*shown)
    times = [made.output_time(moment) for moment in sorted(moments)]
    assert times == sorted(times)
    assert all(0 <= time <= made.seconds for time in times)


def test_steps_are_told_at_output_times_and_skipped_ones_not_at_all():
    made = line(False, True, True)
    steps = [Step("a", "a", 0, 1), Step("b", "b", 1, None), Step("c", "b/c", 2, 3, depth=1)]
    assert [(s.path, s.start, s.end) for s in made.steps(steps)] == [("b", 0, 2), ("b/c", 1, 2)]
    assert [s.path for s in made.steps(steps, depth=0)] == ["b"]


@pytest.mark.parametrize(("start", "end", "seen"), [(0, 1, False), (0.5, 1.5, True), (1, 2, True)])
def test_shown_between(start, end, seen):
    assert line(False, True).shown_between(start, end) is seen
