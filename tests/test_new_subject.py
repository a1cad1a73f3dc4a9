"""A subject is added as docs/architecture.md says: built in a copy of the house, and rendered."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest

ROOT = Path(__file__).parents[1]
SUBJECT = Path(__file__).parent / "new_subject"  # what the page says, written out
PAGE = (ROOT / "docs" / "architecture.md").read_text().split("## How to add a subject")[1]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    skipped = shutil.ignore_patterns("__pycache__", "*.npz")
    for part in ("mlanim", "scenes", "pyproject.toml"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(
            source, house / part, **({"ignore": skipped} if source.is_dir() else {})
        )
    (house / "tests").mkdir()
    for rules in ("test_house.py", "test_names_of_subjects.py"):
        shutil.copy(ROOT / "tests" / rules, house / "tests")
    for folder in ("docs", "training", "benchmarks"):
        (house / folder).mkdir()
    shutil.copytree(SUBJECT, house, dirs_exist_ok=True)
    return house


def run(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(copy / "cache")}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=copy,
        env=surroundings,
        capture_output=True,
        text=True,
    )


def test_what_the_page_names_is_what_was_built():
    named = re.findall(r"`((?:mlanim/subjects/means|scenes|tests/subjects)/[\w/.]*)`", PAGE)
    assert len(named) >= 7
    for name in named:
        assert (SUBJECT / name).exists(), name


def test_it_is_listed_and_renders(copy):
    assert "k-means" in run(copy, "mlanim", "list").stdout
    made = run(
        copy, "mlanim", "render", "k-means", "-r", "96,54", "--fps", "2", "--set", "rounds=2"
    )
    assert made.returncode == 0, made.stderr
    with av.open(str(copy / "media" / "k-means" / "k-means.mp4")) as film:
        pictures = [frame.to_ndarray(format="gray") for frame in film.decode(video=0)]
    assert len({picture.tobytes() for picture in pictures}) > 3


def test_it_keeps_the_rules_of_the_house_and_its_own_tests(copy):
    kept = "downward or know_each or models_do_not or lloyd or means"
    words = ["pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(copy)]
    rules = run(copy, *words, "tests", "-k", kept)
    assert rules.returncode == 0, rules.stdout + rules.stderr
