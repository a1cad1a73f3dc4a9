"""Who is asked to end tidies up and says by which signal; children do not outlive their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlanim.ending import Ended, end_with, exit_code

WAITING = """
import signal, sys
from mlanim.ending import exit_code, hear_endings
from mlanim.left_behind import scratch

hear_endings()
try:
    with scratch() as place:
        print(place, flush=True)
        signal.pause()
except KeyboardInterrupt as interrupt:
    sys.exit(exit_code(interrupt))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_after_tidying_up(number):
    process = subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True)
    place = Path(process.stdout.readline().strip())
    assert place.is_dir()
    process.send_signal(number)
    assert process.wait(60) == 128 + number
    assert not place.exists()


def test_what_is_ignored_stays_ignored():
    """As with nohup."""
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    place = Path(process.stdout.readline().strip())
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 128 + signal.SIGTERM
    assert not place.exists()


def test_exit_codes_are_those_of_shells():
    assert exit_code(Ended(signal.SIGTERM)) == 143
    assert exit_code(KeyboardInterrupt()) == exit_code(None) == 130


def test_a_child_ends_with_its_parent():
    reading, writing = os.pipe()
    parent = os.fork()
    if not parent:
        parent = os.getpid()
        if not os.fork():
            end_with(parent)
            os.write(writing, b".")
            time.sleep(600)
            os._exit(0)
        time.sleep(600)
        os._exit(0)
    os.close(writing)
    assert os.read(reading, 1) == b"."
    os.kill(parent, signal.SIGKILL)
    assert os.read(reading, 1) == b""  # nobody has the other end any more
    os.waitpid(parent, 0)
    os.close(reading)
