"""Bad manifests: one line that names the asset and the key, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.publish.manifest import read_manifest
from mlanim.publish.naming import output_path
from tests.conftest import Call

ASSET = '[[asset]]\nscene = "demo"\n'

BAD = {
    "no TOML": ("output = = 1", 2, "no TOML"),
    "no assets": ('output = "assets"', 2, "no asset", "[[asset]]"),
    "asset is a table": ('[asset]\nscene = "demo"', 2, "[[asset]]"),
    "unknown key above": ('outptu = "a"\n' + ASSET, 2, "'outptu'", "did you mean 'output'"),
    "unknown key in defaults": ("[defaults]\nqality = 'l'\n" + ASSET, 2, "defaults", "'quality'"),
    "output in defaults": ("[defaults]\noutput = 'a.mp4'\n" + ASSET, 2, "defaults", "'output'"),
    "defaults are a text": ("defaults = 'l'\n" + ASSET, 2, "[defaults]"),
    "unknown key": (ASSET + "fromat = 'gif'", 2, "asset 1", "did you mean 'format'"),
    "hyphen in a key": (ASSET + "max-bytes = '1MB'", 2, "asset 1", "'max_bytes'"),
    "the second asset": (ASSET + ASSET + "output = 'b.mp4'\nfsp = 3", 2, "asset 2", "'fps'"),
    "wrong type": (ASSET + "fps = 'fast'", 2, "asset 1", "fps", "a number"),
    "truth is no number": (ASSET + "fps = true", 2, "asset 1", "fps = True"),
    "steps as a text": (ASSET + "steps = 'first'", 2, "asset 1", "steps", "a list"),
    "no steps": (ASSET + "steps = []", 2, "asset 1", "steps", "a list"),
    "set as a list": (ASSET + "set = ['side']", 2, "asset 1", "set", "a table"),
    "no scene": ("[[asset]]\noutput = 'a.mp4'", 2, "asset 1", "scene is missing"),
    "unknown scene": ("[[asset]]\nscene = 'dmeo'", 2, "asset 1", "scene", "did you mean 'demo'"),
    "no scene file": ("[[asset]]\nscene = 'scenes/demmo.py'", 2, "asset 1", "scene", "demo.py"),
    "broken scene file": ("[[asset]]\nscene = 'broken.py'", 1, "asset 1", "broken.py:1"),
    "unknown step": (ASSET + "steps = ['frist']", 2, "asset 1", "did you mean 'first'"),
    "unreadable step": (ASSET + "steps = ['a b']", 2, "asset 1", "step 'a b'"),
    "unknown parameter": (ASSET + "set = { sdie = 1 }", 2, "asset 1", "did you mean 'side'"),
    "parameter out of range": (ASSET + "set = { side = 9 }", 2, "asset 1", "side=9", "0.5 to 2"),
    "parameter's type": (ASSET + "set = { side = 'big' }", 2, "asset 1", "side='big'", "a number"),
    "unknown format": (ASSET + "format = 'gfi'", 2, "asset 1", "format", "did you mean 'gif'"),
    "unknown quality": (ASSET + "quality = 'x'", 2, "asset 1", "quality 'x'"),
    "unknown theme": (ASSET + "theme = 'drak'", 2, "asset 1", "did you mean 'dark'"),
    "unknown preset": (ASSET + "for = 'redme'", 2, "asset 1", "did you mean 'readme'"),
    "suffix and format": (ASSET + "output = 'a.gif'\nformat = 'mp4'", 2, "asset 1", "a.mp4"),
    "loop of a film": (ASSET + "loop = 2", 2, "asset 1", "loop with mp4"),
    "budget of a film": (ASSET + "max_bytes = '1MB'", 2, "asset 1", "max_bytes with mp4"),
    "no size": (ASSET + "format = 'gif'\nmax_bytes = 'tiny'", 2, "asset 1", "max_bytes", "500kB"),
    "impossible size": (
        ASSET + "format = 'gif'\nmax_bytes = 200",
        2,
        "asset 1",
        "max_bytes",
        "1kB",
    ),
    "a frame of a film": (ASSET + "output = 'a.mp4'\nat = 1", 2, "asset 1", "at with mp4"),
    "sound of a picture": (ASSET + "format = 'gif'\nnarrate = 'say'", 2, "asset 1", "narrate"),
    "output climbs": (ASSET + "output = '../a.mp4'", 2, "asset 1", "output", ".."),
    "output climbs inside": (ASSET + "output = 'a/../../a.mp4'", 2, "asset 1", "output", ".."),
    "output is absolute": (ASSET + "output = '/tmp/a.mp4'", 2, "asset 1", "output", "not below"),
    "output on a drive": (ASSET + "output = 'C:a.mp4'", 2, "asset 1", "output", "not below"),
    "output at home": (ASSET + "output = '~/a.mp4'", 2, "asset 1", "output", "not below"),
    "output is a link out": (ASSET + "output = 'out/a.mp4'", 2, "asset 1", "output", "link out"),
    "captions are a link out": (ASSET + "output = 'b.mp4'", 2, "asset 1", "b.srt", "link out"),
    "ledger is a link out": ("output = 'kept'\n" + ASSET, 2, ".mlanim-build.json", "link out"),
    "links in a circle": (ASSET + "output = 'round/a.mp4'", 2, "asset 1", "circle"),
    "folder climbs": ("output = '..'\n" + ASSET, 2, "output", ".."),
    "folder is absolute": ("output = '/tmp'\n" + ASSET, 2, "output", "not below"),
    "folder is a link out": ("output = 'link'\n" + ASSET, 2, "output", "link out"),
    "folder is a file": ("output = 'broken.py'\n" + ASSET, 2, "asset 1", "is a file"),
    "twice the same": (ASSET + ASSET, 2, "asset 2", "demo.mp4", "asset 1"),
    "twice but for case": (
        f"{ASSET}output = 'a.mp4'\n{ASSET}output = 'A.mp4'",
        2,
        "asset 2",
        "by asset 1",
    ),
    "twice by its matrix": (
        ASSET + "output = 'a.mp4'\nmatrix = { theme = ['light', 'dark'] }",
        2,
        "asset 1",
        "by itself",
        "{theme}",
    ),
    "one within another": (
        f"{ASSET}output = 'a'\nformat = 'png-sequence'\n{ASSET}output = 'a/b.mp4'",
        2,
        "asset 2",
        "within the output of asset 1",
    ),
    "captions of two films": (
        f"{ASSET}output = 'a.mp4'\n{ASSET}output = 'a.webm'\nsteps = ['first']",
        2,
        "asset 2",
        "a.srt",
    ),
    "unknown field": (ASSET + "output = '{thme}.mp4'", 2, "asset 1", "output", "'theme'"),
    "a field's attribute": (ASSET + "output = '{theme.x}.mp4'", 2, "asset 1", "output"),
    "open brace": (ASSET + "output = '{theme.mp4'", 2, "asset 1", "output"),
    "a circle": (ASSET + "output = '{output}.mp4'", 2, "asset 1", "circle"),
    "over what is read": (
        "output = '.'\n" + ASSET + "output = 'scenes'\nformat = 'png-sequence'",
        2,
        "asset 1",
        "scenes",
    ),
    "over the manifest": (
        "output = '.'\n" + ASSET + "output = 'sub'\nfor = 'thread'\nparams = 'sub/p.toml'",
        2,
        "asset 1",
        "circle",
    ),
    "matrix is a list": (ASSET + "matrix = ['theme']", 2, "asset 1", "matrix", "a table"),
    "matrix of one value": (ASSET + "matrix = { theme = 'dark' }", 2, "asset 1", "matrix", "list"),
    "matrix of nothing": (ASSET + "matrix = { theme = [] }", 2, "asset 1", "matrix", "list"),
    "matrix of an unknown key": (ASSET + "matrix = { thme = ['a'] }", 2, "asset 1", "'theme'"),
    "matrix and key": (
        ASSET + "theme = 'dark'\nmatrix = { theme = ['light'] }",
        2,
        "asset 1",
        "theme",
        "matrix too",
    ),
    "huge matrix": (
        ASSET + f"matrix = {{ fps = {list(range(1, 99))}, seed = {list(range(99))} }}",
        2,
        "asset 1",
        "combinations",
    ),
    "theme of a plain scene": (
        "[[asset]]\nscene = 'plain.py'\ntheme = 'dark'",
        2,
        "asset 1",
        "plain Manim scene",
    ),
}

PLAIN = """
from manim import Scene


class Plain(Scene):
    def construct(self):
        self.wait()
"""


def tree(folder: Path) -> set[str]:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in found if "__pycache__" not in name}


@pytest.fixture
def full_desk(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (desk / "assets").mkdir()
    (desk / "assets/out").symlink_to(elsewhere)
    (desk / "assets/round").symlink_to(desk / "assets/round")
    (desk / "assets/b.srt").symlink_to(elsewhere / "b.srt")
    (desk / "kept").mkdir()
    (desk / "kept/.mlanim-build.json").symlink_to(elsewhere / "ledger.json")
    (desk / "link").symlink_to(elsewhere)
    (desk / "sub").mkdir()
    (desk / "sub/p.toml").write_text("side = 1\n")
    (desk / "broken.py").write_text("def broken(:\n")
    (desk / "plain.py").write_text(PLAIN)
    return desk


@pytest.mark.parametrize("name", BAD)
def test_a_bad_manifest_is_one_line_and_nothing_written(
    name: str, call: Call, full_desk: Path
) -> None:
    text, code, *says = BAD[name]
    (full_desk / "m.toml").write_text(text)
    before = tree(full_desk)
    for more in ((), ("--dry-run",), ("--check",)):
        result = call("build", "m.toml", *more)
        assert result.exit_code == code, result.stderr
        (line,) = result.stderr.splitlines()
        assert line.startswith("mlanim: m.toml: ")
        assert result.stdout == ""
        assert all(words in line for words in says), line
        assert tree(full_desk) == before
        if code == 2:
            break  # the others go the same way


@pytest.mark.parametrize("name", ["none.toml", "scenes", "", "a\0b"])
def test_no_manifest(name: str, call: Call) -> None:
    result = call("build", name)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_a_matrix_makes_each_combination(desk: Path) -> None:
    (desk / "m.toml").write_text(
        '[defaults]\ntheme = "light"\nquality = "l"\n'
        '[[asset]]\nscene = "demo"\noutput = "demo-{theme}.{format}"\n'
        'matrix = { theme = ["light", "dark"], format = ["mp4", "webm"] }\n'
        '[[asset]]\nscene = "demo"\nsteps = ["second"]\nformat = "gif"\nmax_bytes = "1MB"\n'
        "set = { side = 2 }\n"
    )
    manifest = read_manifest(Path("m.toml"))
    assert [asset.name for asset in manifest.assets] == [
        "demo-light.mp4",
        "demo-light.webm",
        "demo-dark.mp4",
        "demo-dark.webm",
        "demo-second.gif",
    ]
    assert [asset.number for asset in manifest.assets] == [1, 1, 1, 1, 2]
    last = manifest.assets[-1].asked
    assert (last.spec.max_bytes, last.spec.theme, last.given) == (10**6, "light", {"side": 2})
    assert manifest.assets[0].output == Path("assets/demo-light.mp4")


def test_defaults_give_way_to_what_an_asset_says(desk: Path) -> None:
    (desk / "m.toml").write_text(
        '[defaults]\nscene = "demo"\naspect = "1:1"\nformat = "gif"\nhold = 2\nset = { side = 2 }\n'
        '[[asset]]\noutput = "a.mp4"\nresolution = "64,36"\nset = { words = ["x"] }\n'
        '[[asset]]\noutput = "b.gif"\n[[asset]]\noutput = "c.png"\nat = 0.1\n'
    )
    film, loop, still = (asset.asked for asset in read_manifest(Path("m.toml")).assets)
    assert (film.spec.width, film.spec.height, film.spec.hold) == (64, 36, 0)
    assert film.given == {"side": 2, "words": ["x"]}
    assert (loop.spec.width, loop.spec.hold) == (720, 2)
    assert (still.spec.format, still.spec.at) == ("png", 0.1)


@given(st.text(max_size=30))
def test_no_name_leaves_the_folder(text: str) -> None:
    try:
        name = output_path(text, "demo", {}, "")
    except UsageError as error:
        assert "\n" not in str(error)
        return
    root = Path("/root/of/assets")
    assert (root / name).is_relative_to(root) and ".." not in (root / name).parts
