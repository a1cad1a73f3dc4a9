"""What is read is known as it was when it was read; what nobody can see makes no record.

A render stands here for any work: a scene file is run while it is watched, Manim left out.
"""

from __future__ import annotations

import os
import py_compile
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from mlanim.render.watched.reads import unchanged
from mlanim.render.watched.stamps import RealPaths
from mlanim.render.watched.watching import watch_reads
from mlanim.scene_module import run_file


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working folder of the reader's, with Python as it was afterwards."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = tmp_path / "mlanim-work"  # a reader's folder may be called so
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(sys, "path", list(sys.path))
    modules = set(sys.modules)
    yield work
    for name in set(sys.modules) - modules:
        del sys.modules[name]
    sys.path_importer_cache.clear()


def read_by(source: str) -> dict | None:
    """What a scene file reads; None if nobody can know."""
    Path("s.py").write_text(source)
    with watch_reads() as reads:
        run_file(Path("s.py"))
        return reads.inputs()


def put(**texts: str) -> None:
    """Write files by name; `_` stands for the dot."""
    for name, text in texts.items():
        Path(name.replace("__", "/").replace("_", ".")).write_text(text)


READING = {
    "open": 'open("k.txt").read()',
    "as bytes": 'open(b"k.txt").read()',
    "pathlib": 'from pathlib import Path\nPath("k.txt").read_text()',
    "os.open": 'import os\nos.read(os.open("k.txt", os.O_RDONLY), 9)',
    "a folder's number": (
        'import os\nd = os.open("sub", os.O_RDONLY)\n'
        'os.read(os.open("k.txt", os.O_RDONLY, dir_fd=d), 9)'
    ),
    "working elsewhere": 'import os\nos.chdir("sub")\nopen("k.txt").read()\nos.chdir("..")',
    "a size": 'import os\nos.path.getsize("k.txt")',
    "a name of a function": 'from os import stat\nstat("k.txt").st_size',
    "a map": (
        'import mmap\nf = open("k.txt", "rb")\nmmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)'
    ),
    "NumPy": 'import numpy\nnumpy.fromfile("k.txt", dtype="u1")',
    "run": 'exec(open("k.txt").read())',
    "runpy": 'import runpy\nrunpy.run_path("k.txt")',
    "a link": 'open("link.txt").read()',
    "a module": "import helper",
    "a module that is dropped": 'import helper, sys\ndel sys.modules["helper"]',
    "a package's part": "from package.part import k",
    "a module by its file": (
        "import importlib.util as u\n"
        's = u.spec_from_file_location("zz", "helper.py")\n'
        "s.loader.exec_module(u.module_from_spec(s))"
    ),
    "a zip": 'import sys\nsys.path.insert(0, "lib.zip")\nimport zipped',
    "in a child": (
        "import os\nfrom mlanim.render.workers.children import fork\n"
        'pid = fork()\nif not pid:\n    open("k.txt").read()\n    os._exit(0)\nos.waitpid(pid, 0)'
    ),
}


@pytest.mark.parametrize("way", READING)
def test_a_change_of_what_was_read_is_seen(here, way):
    def write(text: str) -> None:
        for name in ("k.txt", "helper.py", "sub/k.txt", "package/part.py"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(text)
        with ZipFile("lib.zip", "w") as file:
            file.writestr("zipped.py", text)

    write("k = 1")
    Path("link.txt").symlink_to("k.txt")
    inputs = read_by(READING[way])
    assert inputs is not None
    assert unchanged(inputs)
    write("k = 22")
    assert not unchanged(inputs)


def test_a_change_that_leaves_size_and_time_is_seen(here):
    put(k_txt="1")
    os.utime("k.txt", (1e9, 1e9))
    inputs = read_by('open("k.txt").read()')
    put(k_txt="2")
    os.utime("k.txt", (1e9, 1e9))
    assert not unchanged(inputs)


def test_touching_is_no_change_of_what_was_only_opened(here):
    put(k_txt="1")
    inputs = read_by('open("k.txt").read()')
    Path("k.txt").touch()
    assert unchanged(inputs)


def test_a_file_that_changes_while_it_is_shown_makes_no_record(here):
    put(k_txt="1")
    Path("s.py").write_text('open("k.txt").read()')
    with watch_reads() as reads:
        run_file(Path("s.py"))
        put(k_txt="2")
        assert reads.inputs() is None


LOOKING = {
    "exists": ('import os\nos.path.exists("flag")', "flag"),
    "is a folder": ('from pathlib import Path\nPath("flag").is_dir()', "flag/"),
    "opened": ('try: open("flag")\nexcept OSError: pass', "flag"),
    "listed": ('import os\nos.listdir("d")', "d/new"),
    "globbed": ('import glob\nglob.glob("d/*.txt")', "d/new.txt"),
    "walked": ('import os\nlist(os.walk("d"))', "d/new/"),
    "tried": ("try: import maybe\nexcept ImportError: pass", "maybe.py"),
    "looked up": ('import importlib.util\nimportlib.util.find_spec("maybe")', "maybe.py"),
    "hidden by a package": ("import helper", "helper/"),
    "hidden by a nearer file": ('import sys\nsys.path.append("lib")\nimport far', "far.py"),
}


@pytest.mark.parametrize("way", LOOKING)
def test_what_appears_where_it_was_looked_for_is_seen(here, way):
    for folder in ("d", "lib"):
        Path(folder).mkdir()
    put(helper_py="", lib__far_py="", d__old_txt="")
    source, appears = LOOKING[way]
    inputs = read_by(source)
    assert inputs is not None
    assert unchanged(inputs)
    put(made_mp4="")  # what nobody asked for
    assert unchanged(inputs)
    if appears.endswith("/"):
        Path(appears).mkdir()
    else:
        Path(appears).write_text("")
    assert not unchanged(inputs)


def test_a_link_that_leads_elsewhere_is_seen_though_the_text_is_the_same(here):
    for folder in ("one", "two"):
        Path(folder).mkdir()
        Path(folder, "k.txt").write_text("1")
    Path("k.txt").symlink_to("one/k.txt")
    inputs = read_by('open("k.txt").read()')
    Path("k.txt").unlink()
    Path("k.txt").symlink_to("two/k.txt")
    assert not unchanged(inputs)


def test_where_paths_lead_is_told_as_python_does_it_with_a_look_a_folder(here, monkeypatch):
    Path("deep/er").mkdir(parents=True)
    put(deep__er__k_txt="1", k_txt="2")
    Path("to_folder").symlink_to("deep")
    Path("to_file").symlink_to("to_folder/er/k.txt")
    Path("round").symlink_to("round")
    Path("deep/up").symlink_to("..")
    Path("nowhere").symlink_to("absent/k.txt")
    names = [
        "k.txt",
        "deep/er/k.txt",
        "to_folder/er/k.txt",
        "to_file",
        "round/k",
        "deep/up/to_file",
    ]
    names += ["nowhere", "absent/k.txt", "k.txt/below", "deep/../k.txt", "./k.txt", "deep//er", ""]
    paths = [f"{here}/{name}" for name in names]
    looks: list[str] = []
    look = os.lstat
    monkeypatch.setattr(
        "mlanim.render.watched.stamps._lstat", lambda path: (looks.append(path), look(path))[1]
    )
    places = RealPaths()
    assert [places.of(path) for path in paths] == [os.path.realpath(path) for path in paths]
    looks.clear()
    places.of(f"{here}/deep/er/other.txt")
    assert looks == [f"{here}/deep/er/other.txt"]


def test_what_the_record_looks_at_is_nobodys_question(here, monkeypatch):
    asked, look = [], os.lstat
    for number in range(40):
        put(**{f"h{number}_txt": "1"})
    Path("s.py").write_text("for n in range(40):\n    open(f'h{n}.txt').read()")
    with watch_reads() as reads:
        run_file(Path("s.py"))
        with monkeypatch.context() as patch:
            patch.setattr(os, "lstat", lambda path, **more: (asked.append(path), look(path))[1])
            assert reads.inputs() is not None
    assert len(asked) < 5


def test_a_variable_of_the_shell_counts_where_it_is_read(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    asked = read_by('import os\nos.environ["COLUMNS"]')
    listed = read_by("import os\ndict(os.environ)")
    neither = read_by("")
    monkeypatch.setenv("COLUMNS", "160")
    assert [unchanged(each) for each in (asked, listed, neither)] == [False, False, True]


UNSEEN = {
    "a process": 'import subprocess\nsubprocess.run(["true"])',
    "a shell": 'import os\nos.system("true")',
    "a fork": "import os\nif not os.fork(): os._exit(0)",
    "C": "import ctypes\nctypes.CDLL(None)",
    "a database": 'import sqlite3\nsqlite3.connect("k.db")',
    "the net": 'import socket\nsocket.gethostbyname("localhost")',
    "a library that opens files itself": "from safetensors import safe_open",
    "one that is imported already": "import av",
    "by name": 'import importlib\nimportlib.import_module("cairo")',
    "a clock": "import time\ntime.time()",
    "a clock by name": "from time import perf_counter\nperf_counter()",
    "the date": "import datetime\ndatetime.date.today()",
    "chance": "import os\nos.urandom(1)",
    "secrets": "import secrets\nsecrets.token_hex(2)",
    "no seed": "import random\nrandom.Random()",
    "a seed that is drawn": "import random\nrandom.seed()",
    "NumPy without a seed": "import numpy\nnumpy.random.default_rng()",
    "uuid": "import uuid\nuuid.uuid4()",
    "a file written": 'open("made.txt", "w").write("1")',
    "a folder made": 'import os\nos.mkdir("made")',
    "a file removed": 'import os\nos.remove("k.txt")',
    "the kernel": 'open("/proc/loadavg").read()',
    "the command": "import sys\nsys.argv",
    "the process": "import os\nos.getpid()",
    "the process by another name": "import os\ngetattr(os, 'get' + 'pid')()",
    "the terminal": "import sys\nsys.__stdout__.isatty()",
    "the disk": "import shutil\nshutil.disk_usage('.')",
    "the time that was used": "import os\nos.times()",
    "the date in a letter": "import email.utils\nemail.utils.formatdate()",
    "how long it takes": "import timeit\ntimeit.timeit('1', number=1)",
    "NumPy's clock": "import numpy\nnumpy.datetime64('now')",
    "a module without its source": "import compiled",
}


@pytest.mark.parametrize("way", UNSEEN)
def test_what_leaves_sight_makes_no_record(here, way):
    import av  # noqa: F401
    import cairo  # noqa: F401

    put(k_txt="1", c_py="K = 1")
    py_compile.compile("c.py", cfile="compiled.pyc")
    sys.path.insert(0, str(here))
    assert read_by(UNSEEN[way]) is None


SEEN = {
    "nothing": "",
    "seeded": "import random, numpy\nrandom.seed(1)\nrandom.Random(2)\nnumpy.random.default_rng(3)",
    "global numbers": "import random, numpy\nrandom.random()\nnumpy.random.rand()",
    "a day": "from datetime import date\ndate(2020, 1, 1)",
    "a scratch folder's file": (
        "import tempfile, pathlib\n"
        "with tempfile.TemporaryDirectory() as d:\n    pathlib.Path(d, 'a').write_text('')"
    ),
    "a variable": 'import os\nos.environ.get("HOME")',
    "a module that was compiled": "import helper",
    "a line in a log": "import logging\nlogging.getLogger('scene').warning('it plays')",
    "a date that is given": "import numpy\nnumpy.datetime64('2020-01-01')",
    "code that is made": "import dataclasses\n@dataclasses.dataclass\nclass C:\n    k: int = 1",
}


@pytest.mark.parametrize("way", SEEN)
def test_ordinary_scenes_keep_their_records(here, way):
    import numpy  # noqa: F401

    put(helper_py="K = 1")
    py_compile.compile("helper.py")
    sys.path.insert(0, str(here))
    inputs = read_by(SEEN[way])
    assert inputs is not None
    assert unchanged(inputs)
