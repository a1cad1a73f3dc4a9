"""No film makes its process more urgent than it was."""

from __future__ import annotations

import os
import threading
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from mlanim.render.sinks.port import Film
from mlanim.render.sinks.priority import kept_priority
from mlanim.render.sinks.segment import SegmentWriter

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir() or not hasattr(os, "sched_getscheduler"),
    reason="urgency is told by Linux",
)


def urgency() -> set[int]:
    """The policies by which this process's threads are scheduled."""
    return {os.sched_getscheduler(int(thread.name)) for thread in Path("/proc/self/task").iterdir()}


@pytest.mark.parametrize(("codec", "format"), [("av1", "mp4"), ("h264", "mp4"), ("vp9", "webm")])
def test_an_encoder_computes_as_its_caller_does(tmp_path: Path, codec: str, format: str) -> None:
    before = urgency()
    film = Film(64, 36, Fraction(10), format, transparent=False, codec=codec)
    writer = SegmentWriter(tmp_path / f"a.{format}", film)
    for shade in range(8):
        writer.frame(np.full((36, 64, 4), 20 * shade, np.uint8), 1)
        assert urgency() <= before
    writer.close()
    assert urgency() <= before


def test_threads_that_begin_meanwhile_are_set_back_too() -> None:
    """What anybody may ask for, who is not root either, stands for what an encoder takes."""
    usual, other = os.sched_getscheduler(0), os.SCHED_BATCH
    ready, over = threading.Event(), threading.Event()

    def compute() -> None:
        ready.set()
        over.wait(60)

    with kept_priority():
        os.sched_setscheduler(0, other, os.sched_param(0))
        thread = threading.Thread(target=compute)
        thread.start()
        ready.wait(60)
        assert other in urgency()
    assert os.sched_getscheduler(0) == usual
    assert other not in urgency()
    over.set()
    thread.join()
