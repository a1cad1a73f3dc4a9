"""What a plain `pip install` gives: the wheel, unpacked and asked from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from mlanim import needs

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `pip install .` builds it, without the network."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*build, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = out.glob("*.whl")
    return path


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_has_no_top_level_package_but_mlanim(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names_in(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"mlanim"}


def test_the_wheel_carries_every_module_scene_font_and_weight(wheel: Path) -> None:
    names = set(names_in(wheel))
    for source in (ROOT / "scenes").glob("*.py"):
        assert f"mlanim/scenes/{source.name}" in names
    assert "mlanim/scenes/seq2seq.py" in names
    pages = ("studio/page/*", "publish/*_page/*", "publish/page/article/*")
    for pattern in ("*.py", "fonts/*", "weights/*", "words/*/*.toml", *pages):
        found = [path for path in (ROOT / "mlanim").rglob(pattern) if path.is_file()]
        assert found, pattern
        missing = {path.relative_to(ROOT).as_posix() for path in found} - names
        assert not missing
    assert not [name for name in names if "__pycache__" in name or name.endswith(".gitkeep")]


def test_the_licences_of_the_fonts_go_with_them(wheel: Path) -> None:
    licences = [name for name in names_in(wheel) if "/licenses/" in name]
    assert any(name.endswith("LICENSE") for name in licences)
    assert any("fonts/" in name and name.endswith(".txt") for name in licences)


def test_the_wheel_stays_small(wheel: Path) -> None:
    """Weights stay under 1.5 MB, fonts a few; a video that slipped in would be seen here."""
    assert wheel.stat().st_size < 5_000_000
    weights = [path.stat().st_size for path in (ROOT / "mlanim").rglob("weights/*")]
    assert sum(weights) < 1_500_000


def test_an_installed_wheel_finds_its_scenes_from_an_empty_folder(
    wheel: Path, tmp_path: Path
) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    done = subprocess.run(
        [sys.executable, "-m", "mlanim", "list", "--json"],
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    paths = {scene["name"]: scene["path"] for scene in json.loads(done.stdout)}
    assert paths["seq2seq"] == str(site / "mlanim" / "scenes" / "seq2seq.py")
    assert list(empty.iterdir()) == []


def test_what_doctor_tells_to_install_is_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    source = Path(needs.__file__).read_text()
    for requirement in project["dependencies"]:
        if requirement.startswith(("click", "rich")):  # doctor itself would not start
            continue
        assert f'"{requirement}"' in source


def test_the_top_of_the_repository_holds_only_what_it_should() -> None:
    """A wheel that was built there, or a picture tried out, would go into the history."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()]
    found = {path.name for path in ROOT.iterdir()} - {".git"}
    kept = {name for name in found if not any(fnmatch(name, pattern) for pattern in ignored)}
    folders = {".ci", "benchmarks", "docs", "media", "mlanim", "scenes", "tests", "training"}
    files = {".gitignore", "LICENSE", "README.md", "pyproject.toml", "run"}
    assert kept == folders | files
