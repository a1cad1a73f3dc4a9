"""Who lives in a process beside the scene: told, and not invented."""

from __future__ import annotations

import subprocess
import sys

SAYS = """
import os, threading, time
import numpy as np
from mlanim.render.workers import company

def told():
    return company.in_company() or ""

print(told(), flush=True)
np.ones((500, 500)) @ np.ones((500, 500))  # its library has begun threads of its own
print(told(), flush=True)
child = os.fork()
if not child:
    np.ones((500, 500)) @ np.ones((500, 500))  # and begins them anew in a copy
    print(told(), flush=True)
    os._exit(0)
os.waitpid(child, 0)
threading.Thread(target=time.sleep, args=(60,), name="a reader's", daemon=True).start()
print(told(), flush=True)
os._exit(0)
"""


def test_a_copy_that_computes_is_alone_and_who_runs_a_thread_is_not():
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True)
    assert done.stdout.splitlines() == ["", "", "", "threads are running (a reader's)"], done.stderr
