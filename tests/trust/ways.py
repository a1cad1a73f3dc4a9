"""The ways in which a number comes into a scene: from its code, from other files, from around it.

In all texts here `$n` is a name of the way's own, and `$k` is the number, of one decimal.
"""

from __future__ import annotations

import gzip
import io
import json
import pickle
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

__all__ = ["NUMBERS", "Way"]


@dataclass(frozen=True)
class Way:
    """A way to a number.

    Attributes:
        told: the expression that gives it.
        head: what comes before, in the file in which the number is needed.
        files: more files, by name: a text, or what makes the content of a number.
        environ: variables of the environment.
    """

    told: str
    head: str = ""
    files: Mapping[str, str | Callable[[float], bytes]] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)


def _array(k: float) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array([k, k / 2]))
    return stream.getvalue()


def _arrays(k: float) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, k=k)
    return stream.getvalue()


def _rows(k: float) -> bytes:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table t(k real)")
        connection.execute("insert into t values(?)", (k,))
        connection.commit()
        return connection.serialize()


def _zipped(k: float, name: str = "k.txt", text: str = "{}") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text.format(k))
    return stream.getvalue()


_IN_CODE = {
    "in place": Way("$k"),
    "a constant": Way("K$n", "K$n = $k"),
    "of a dict": Way('D$n["of"]["k"]', 'D$n = {"of": {"k": $k}, "other": [1, 2]}'),
    "of a list": Way("L$n[-1]", "L$n = [0.1, (2, 3), $k]"),
    "of a set": Way("max(S$n)", "S$n = {0.05, $k}"),
    "a function": Way("f$n()", "def f$n():\n    return $k"),
    "a lambda": Way("f$n(0)", "f$n = lambda x: x + $k"),
    "a default": Way("f$n()", "def f$n(*, k=$k):\n    return k"),
    "a closure": Way(
        "c$n()", "def m$n(k):\n    def f():\n        return k\n    return f\nc$n = m$n($k)"
    ),
    "a cell that changes": Way(
        "c$n()",
        "def m$n():\n    k = 0.2\n    def f():\n        return k\n    k = $k\n    return f\n"
        "c$n = m$n()",
    ),
    "arithmetic": Way("(A$n * B$n)", "A$n = $k\nB$n = 2 / 2"),
    "an attribute": Way("C$n.k", "class C$n:\n    k = $k"),
    "an instance's": Way(
        "o$n.k", "class C$n:\n    def __init__(self):\n        self.k = $k\no$n = C$n()"
    ),
    "an inherited one": Way("C$n().k", "class B$n:\n    k = $k\nclass C$n(B$n):\n    pass"),
    "a property": Way("C$n().k", "class C$n:\n    @property\n    def k(self):\n        return $k"),
    "a cached property": Way(
        "o$n.k",
        "import functools\nclass C$n:\n    @functools.cached_property\n"
        "    def k(self):\n        return $k\no$n = C$n()",
    ),
    "a class method": Way(
        "C$n.k()", "class C$n:\n    @classmethod\n    def k(cls):\n        return $k"
    ),
    "a call": Way("C$n()()", "class C$n:\n    def __call__(self):\n        return $k"),
    "a name that is made": Way(
        "C$n().any", "class C$n:\n    def __getattr__(self, name):\n        return $k"
    ),
    "a descriptor": Way(
        "C$n.k",
        "class D$n:\n    def __get__(self, thing, kind):\n        return $k\n"
        "class C$n:\n    k = D$n()",
    ),
    "a metaclass": Way(
        "C$n.k", "class M$n(type):\n    k = $k\nclass C$n(metaclass=M$n):\n    pass"
    ),
    "of its subclasses": Way(
        "C$n.k",
        "class B$n:\n    def __init_subclass__(cls, k):\n        cls.k = k\n"
        "class C$n(B$n, k=$k):\n    pass",
    ),
    "a dataclass": Way(
        "C$n().k", "import dataclasses\n@dataclasses.dataclass\nclass C$n:\n    k: float = $k"
    ),
    "an enum": Way("E$n.k.value", "import enum\nclass E$n(enum.Enum):\n    k = $k"),
    "a named tuple": Way(
        "T$n(0).k", 'import collections\nT$n = collections.namedtuple("T", "j k", defaults=[$k])'
    ),
    "a decorator": Way(
        "f$n()",
        "def d$n(f):\n    return lambda: f() * $k\n@d$n\ndef f$n():\n    return 1",
    ),
    "a decorator with a number": Way(
        "f$n()",
        "import functools\ndef d$n(k):\n    def d(f):\n        @functools.wraps(f)\n"
        "        def g():\n            return f() * k\n        return g\n    return d\n"
        "@d$n($k)\ndef f$n():\n    return 1",
    ),
    "a cache": Way(
        "f$n(1)", "import functools\n@functools.lru_cache\ndef f$n(x):\n    return x * $k"
    ),
    "a partial": Way(
        "p$n()", "import functools, operator\np$n = functools.partial(operator.mul, $k, 1)"
    ),
    "a generator": Way("next(g$n())", "def g$n():\n    for k in ($k, 0.3):\n        yield k"),
    "a comprehension": Way("sum(k for k in L$n)", "L$n = [k for k in ($k, 0)]"),
    "a context": Way(
        "v$n.get()", 'import contextvars\nv$n = contextvars.ContextVar("v", default=$k)'
    ),
    "of globals": Way('globals()["K$n"]', "K$n = $k"),
    "a global that is set": Way(
        "f$n()",
        "K$n = 0.3\ndef s$n():\n    global K$n\n    K$n = $k\ns$n()\ndef f$n():\n    return K$n",
    ),
    "a function's own": Way("f$n.k", "def f$n():\n    return 0\nf$n.k = $k"),
    "text that is run": Way('N$n["k"]', 'N$n = {}\nexec("k = $k", N$n)'),
    "text that is evaluated": Way('eval("$k + 0")'),
    "an array": Way("A$n[1]", "A$n = np.array([0.1, $k])"),
    "a tracker": Way("t$n.get_value()", "t$n = ValueTracker($k)"),
    "chance": Way(
        "r$n", "import random as random$n\nr$n = round(random$n.Random(int($k * 10)).random(), 2)"
    ),
    "NumPy's chance": Way("r$n", "r$n = np.random.default_rng(int($k * 10)).uniform(0.1, 0.9)"),
    "a match": Way(
        "f$n(1)",
        "def f$n(x):\n    match x:\n        case 1:\n            return $k\n    return 0.1",
    ),
    "an exception": Way(
        "f$n()",
        "def f$n():\n    try:\n        raise ValueError($k)\n    except ValueError as error:\n"
        "        return error.args[0]",
    ),
}

_IN_MODULES = {
    "a module": Way("h$n.K", "import h$n", {"h$n.py": "K = $k\n"}),
    "a name of a module": Way("K$n", "from h$n import K as K$n", {"h$n.py": "K = $k\n"}),
    "all of a module": Way("K$n", "from h$n import *", {"h$n.py": "K$n = $k\n"}),
    "a module's function": Way(
        "h$n.f()", "import h$n", {"h$n.py": "_K = $k\ndef f():\n    return _K\n"}
    ),
    "a module's module": Way(
        "h$n.K", "import h$n", {"h$n.py": "from g$n import K\n", "g$n.py": "K = $k\n"}
    ),
    "a package": Way(
        "K$n",
        "from p$n.a import K as K$n",
        {"p$n/__init__.py": "", "p$n/a/__init__.py": "from .b import K\n", "p$n/a/b.py": "K=$k\n"},
    ),
    "a package without __init__": Way("q$n.a.K", "import q$n.a", {"q$n/a.py": "K = $k\n"}),
    "a module when asked": Way(
        "f$n()", "def f$n():\n    import h$n\n    return h$n.K", {"h$n.py": "K = $k\n"}
    ),
    "a module by name": Way(
        'importlib.import_module("h$n").K', "import importlib", {"h$n.py": "K = $k\n"}
    ),
    "a module elsewhere": Way(
        "h$n.K", 'import sys\nsys.path.insert(0, "lib")\nimport h$n', {"lib/h$n.py": "K = $k\n"}
    ),
    "a module in a zip": Way(
        "z$n.K",
        'import sys\nsys.path.insert(0, "z$n.zip")\nimport z$n',
        {"z$n.zip": lambda k: _zipped(k, "z$n.py", "K = {}")},
    ),
    "a script": Way('runpy.run_path("r$n.py")["K"]', "import runpy", {"r$n.py": "K = $k\n"}),
    "a module's __getattr__": Way(
        "h$n.any", "import h$n", {"h$n.py": "def __getattr__(name):\n    return $k\n"}
    ),
}

_IN_DATA = {
    "a text": Way('float(open("t$n").read())', "", {"t$n": "$k"}),
    "a path": Way(
        "float(P$n.read_text())", 'import pathlib\nP$n = pathlib.Path("d/t$n")', {"d/t$n": "$k"}
    ),
    "JSON": Way(
        "D$n[1]", 'import json\nD$n = json.load(open("j$n"))["k"]', {"j$n": '{"k": [1, $k]}'}
    ),
    "CSV": Way(
        'float(list(csv.DictReader(open("c$n.csv")))[0]["k"])',
        "import csv",
        {"c$n.csv": "j,k\n1,$k\n"},
    ),
    "TOML": Way(
        "T$n['k']",
        'import tomllib\nT$n = tomllib.load(open("t$n.toml", "rb"))',
        {"t$n.toml": "k = $k\n"},
    ),
    "INI": Way(
        'c$n.getfloat("a", "k")',
        'import configparser\nc$n = configparser.ConfigParser()\nc$n.read("i$n.ini")',
        {"i$n.ini": "[a]\nk = $k\n"},
    ),
    "XML": Way(
        'float(ET.parse("x$n").getroot().get("k"))',
        "import xml.etree.ElementTree as ET",
        {"x$n": '<a k="$k"/>'},
    ),
    "NumPy's text": Way('np.loadtxt("t$n").item()', "", {"t$n": "$k\n"}),
    "NPY": Way('np.load("a$n.npy")[0]', "", {"a$n.npy": _array}),
    "a mapped NPY": Way('np.load("a$n.npy", mmap_mode="r")[0]', "", {"a$n.npy": _array}),
    "NPZ": Way('np.load("a$n.npz")["k"].item()', "", {"a$n.npz": _arrays}),
    "bytes": Way('np.fromfile("b$n", "<f8")[0]', "", {"b$n": lambda k: struct.pack("<d", k)}),
    "a pickle": Way(
        'pickle.load(open("p$n", "rb"))["k"]',
        "import pickle",
        {"p$n": lambda k: pickle.dumps({"k": k})},
    ),
    "gzip": Way(
        'float(gzip.open("g$n").read())',
        "import gzip",
        {"g$n": lambda k: gzip.compress(json.dumps(k).encode(), mtime=0)},
    ),
    "a zip": Way('float(zipfile.ZipFile("z$n").read("k.txt"))', "import zipfile", {"z$n": _zipped}),
    "SQLite": Way(
        'sqlite3.connect("s$n").execute("select k from t").fetchone()[0]',
        "import sqlite3",
        {"s$n": _rows},
    ),
    "a subprocess": Way(
        'float(subprocess.check_output(["cat", "t$n"]))', "import subprocess", {"t$n": "$k"}
    ),
    "a descriptor of a file": Way(
        'float(os.read(os.open("t$n", os.O_RDONLY), 9))', "import os", {"t$n": "$k"}
    ),
    "a map of a file": Way(
        'float(mmap.mmap(os.open("t$n", os.O_RDONLY), 0, access=mmap.ACCESS_READ)[:])',
        "import mmap, os",
        {"t$n": "$k"},
    ),
    "lines": Way("float(next(fileinput.input(['t$n'])))", "import fileinput", {"t$n": "$k\n"}),
    "a size": Way(
        'os.path.getsize("t$n") / 10', "import os", {"t$n": lambda k: b"x" * round(10 * k)}
    ),
    "a listing": Way(
        'len(os.listdir("l$n")) / 10',
        "import os",
        {"l$n/*": lambda k: b"x" * round(10 * k)},  # so many files
    ),
    "what is there": Way(
        'sum(pathlib.Path("e$n", str(i)).exists() for i in range(1, 10)) / 10',
        "import pathlib",
        {"e$n/*": lambda k: b"x" * round(10 * k)},
    ),
    "a pattern": Way(
        'len(glob.glob("g$n/*")) / 10', "import glob", {"g$n/*": lambda k: b"x" * round(10 * k)}
    ),
}

_AROUND = {
    "the environment": Way('float(os.environ["K$n"])', "import os", {}, {"K$n": "$k"}),
    "the environment, if there": Way(
        'float(os.getenv("K$n", "0.5"))', "import os", {}, {"K$n": "$k"}
    ),
}

NUMBERS: dict[str, Way] = {**_IN_CODE, **_IN_MODULES, **_IN_DATA, **_AROUND}
