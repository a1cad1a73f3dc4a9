"""Manim imported leanly is Manim, and what was left out comes when it is used."""

import subprocess
import sys

import pytest

HEAD = """
import sys
from mlanim.render.twins.lean_start import import_manim
"""


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


DRAWINGS = """
import hashlib, tempfile, numpy as np
import manim
from manim import *
digest = hashlib.sha256()
def tell(mobject):
    for member in mobject.get_family():
        digest.update(type(member).__name__.encode() + member.points.tobytes())
layouts = ["circular", "kamada_kawai", "planar", "random", "shell", "spectral", "spiral", "spring"]
with tempconfig({"media_dir": tempfile.mkdtemp()}):
    for layout in layouts:
        np.random.seed(1)
        config = {"seed": 3} if layout in ("random", "spring") else {}
        tell(Graph([1, 2, 3, 4], [(1, 2), (2, 3), (3, 4)], layout=layout, layout_config=config))
    tell(Graph([1, 2, 3], [(1, 2), (1, 3)], layout="tree", root_vertex=1))
    tell(Graph([1, 2, 3, 4], [(1, 3), (2, 4)], layout="partite", partitions=[[1, 2]]))
    tell(Code(code_string="x = 1", language="python"))
    tell(Text("turned").rotate(1, axis=UP + OUT))
    tell(Cube().rotate(PI / 7, axis=[1, 2, 3]))
    tell(Arrow3D())
print(digest.hexdigest())
"""


def test_drawings_are_the_same_either_way():
    lean = _run(HEAD + "import_manim()\n" + DRAWINGS)
    assert lean == _run(DRAWINGS)


def test_the_heavy_parts_stay_out_until_they_are_used():
    print_loaded = """
from types import ModuleType
def loaded(name):
    return type(sys.modules.get(name)) is ModuleType
names = ["scipy.spatial", "scipy.linalg", "networkx", "bs4", "IPython", "numpy.f2py"]
print([name for name in names if loaded(name)])
"""
    code = f"""{HEAD}
import_manim()
{print_loaded}
import manim
manim.Square().flip(manim.RIGHT)
print([name for name in names if loaded(name)])
import networkx as nx
nx.Graph([(1, 2)])
print(loaded("networkx"), nx.layout.circular_layout.__module__)
import networkx.algorithms.tree
from bs4 import BeautifulSoup
print(len(BeautifulSoup("<p><b>x</b></p>", "html.parser").select("p > b")))
import IPython
print(callable(IPython.get_ipython))
import numpy.testing, numpy.f2py, urllib.request
numpy.testing.assert_allclose(1, 1)
print(callable(urllib.request.urlopen), callable(numpy.f2py.main))
"""
    assert _run(code).splitlines() == [
        "[]",
        "[]",
        "True networkx.drawing.layout",
        "1",
        "True",
        "True True",
    ]


def test_rotations_are_scipys_before_and_after_it_is_there():
    code = f"""{HEAD}
import_manim()
import numpy as np
from manim.utils import space_ops
vectors = np.random.default_rng(0).normal(0, 3, (300, 3))
vectors[:3] = [[0, 0, 0], [np.pi, 0, 0], [1e-9, 0, 0]]
before = [space_ops.Rotation.from_rotvec(vector).as_matrix() for vector in vectors]
turn = space_ops.Rotation.from_rotvec(vectors[5])
assert "scipy.spatial" not in sys.modules
assert np.allclose(turn.as_rotvec(degrees=False), turn.as_rotvec())
from scipy.spatial.transform import Rotation
for vector, ours in zip(vectors, before):
    theirs = Rotation.from_rotvec(vector).as_matrix()
    assert ours.tobytes() == theirs.tobytes() and ours.shape == theirs.shape
    assert space_ops.Rotation.from_rotvec(vector).as_matrix().tobytes() == theirs.tobytes()
assert isinstance(Rotation.identity(), space_ops.Rotation)
assert isinstance(space_ops.Rotation.from_rotvec([0, 0, 90], degrees=True), Rotation)
assert space_ops.Rotation([0, 0, 0, 1]).magnitude() == 0
assert Rotation.random(rng=1).as_quat().shape == (4,)
from scipy.spatial import ConvexHull
from scipy import linalg
print("same")
"""
    assert _run(code) == "same\n"


def test_manims_magic_is_there_where_ipython_runs():
    code = f"""{HEAD}
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell()
from unittest.mock import patch
with patch("IPython.get_ipython", lambda: shell):
    import_manim()
print(shell.find_cell_magic("manim") is not None)
"""
    assert _run(code).splitlines()[-1] == "True"


@pytest.mark.parametrize("first", ["manim", "networkx", "bs4", "scipy.spatial.transform"])
def test_what_is_imported_already_stays(first):
    code = f"""{HEAD}
import {first}
was = sys.modules["{first}"]
manim = import_manim()
assert sys.modules["{first}"] is was
assert import_manim() is manim is sys.modules["manim"]
import networkx
networkx.Graph()
manim.Square().flip(manim.RIGHT)
"""
    _run(code)


def test_without_scipys_compiled_part_the_whole_of_it_serves():
    code = f"""{HEAD}
import mlanim.render.twins.lean_start as lean
lean._rotation_backend = lambda: None
manim = import_manim()
manim.Square().flip(manim.RIGHT)
print("scipy.spatial" in sys.modules)
"""
    assert _run(code) == "True\n"


@pytest.mark.parametrize(
    ("inner", "name", "package"),
    [
        ("networkx.exception", "NetworkXError", "networkx"),
        ("networkx.drawing.layout", "spring_layout", "networkx"),
        ("numpy.testing.overrides", "allows_array_ufunc_override", "numpy.testing.overrides"),
    ],
)
def test_what_lies_in_a_deferred_package_is_there_once(inner, name, package):
    """Loaded twice, an error raised by the package would not be the one that is caught."""
    code = f"""{HEAD}
import_manim()
from {inner} import {name} as inner
import {package}
assert inner is {package}.{name}
import importlib
module = importlib.import_module("{inner}")
assert module.__spec__.origin == module.__file__
"""
    _run(code)
