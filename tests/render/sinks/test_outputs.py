"""What a render delivers is its own, wherever its scene goes and whoever else writes there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from manim import RIGHT, Scene, Square

from mlanim.render.asked.spec import RenderSpec
from mlanim.render.engine import render
from mlanim.render.memory.cache import Cache
from mlanim.render.memory.record import Record
from mlanim.render.recall import Way, render_or_recall
from mlanim.render.stage.asked_scene import ask_scene

SCENE = """
import os
from manim import *

os.chdir("elsewhere")

class Going(Scene):
    def construct(self):
        os.chdir("deeper")
        self.add_subcaption("It goes.", duration=0.4)
        self.play(Square().animate.shift(RIGHT), run_time=0.4)
"""


class Moving(Scene):
    def construct(self):
        self.play(Square().animate.shift(RIGHT), run_time=0.4)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "here"
    (folder / "elsewhere/deeper").mkdir(parents=True)
    (folder / "scene.py").write_text(SCENE)
    monkeypatch.chdir(folder)
    return folder


def asked(output, scene="scene.py", **options):
    options = {"resolution": "64,36", "fps": 10, "seed": 1, "cache": True, **options}
    return ask_scene(scene, None, output=output, **options)


WAY = Way(quiet=True, jobs=1)


def files(folder):
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found} - {"scene.py"}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("out/a.mp4", {"out/a.mp4", "out/a.srt"}),
        ("a.gif", {"a.gif"}),
        ("a.png", {"a.png"}),
        ("a.svg", {"a.svg"}),
    ],
)
def test_a_scene_that_goes_elsewhere_takes_no_output_along(here, name, made):
    result = render_or_recall(asked(name), WAY)
    assert Path.cwd() == here
    assert files(here) == made
    assert set(result["paths"]) == made
    assert result["bytes"] == Path(name).stat().st_size
    again = render_or_recall(asked(name), WAY)
    assert again == result


def test_without_a_name_it_goes_to_the_folder_in_which_it_was_asked_for(here, plain):
    spec = RenderSpec(width=64, height=36, fps=10, seed=1, format="png")
    os.chdir("elsewhere")
    render(plain, spec)
    assert files(here) == {"media/Plain/Plain.png"}


def test_what_is_recalled_is_a_new_file_of_its_own(here):
    first = Path(render_or_recall(asked("a.mp4"), WAY)["paths"][0])
    whole = first.read_bytes()
    for path in Path("../cache").rglob("*.mp4"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    began = time.time() - 1
    umask = os.umask(0o027)
    try:
        second = Path(render_or_recall(asked("b.mp4"), WAY)["paths"][0])
    finally:
        os.umask(umask)
    assert second.stat().st_mtime > began
    assert second.stat().st_mode & 0o777 == 0o640
    assert second.stat().st_nlink == first.stat().st_nlink == 1
    second.write_bytes(b"the reader's own")
    with first.open("r+b") as file:
        file.write(b"edited")
    third = Path(render_or_recall(asked("c.mp4"), WAY)["paths"][0])
    assert third.read_bytes() == whole


def test_what_others_write_to_the_output_is_not_remembered(here, monkeypatch):
    keep = Record.keep

    def interfered(record, result, reads, taken):
        Path("a.mp4").write_bytes(b"somebody else's film")
        Path("a.srt").write_text("somebody else's words")
        keep(record, result, reads, taken)

    monkeypatch.setattr(Record, "keep", interfered)
    render_or_recall(asked("a.mp4"), WAY)
    render_or_recall(asked("b.mp4"), WAY)
    assert b"ftyp" in Path("b.mp4").read_bytes()[:12]
    assert "It goes." in Path("b.srt").read_text()


def test_each_record_has_the_film_of_its_own_render(here):
    """Of two renders at once without a seed, each keeps a film in the same place."""
    render_or_recall(asked("a.mp4"), WAY)
    whole = Path("a.mp4").read_bytes()
    (kept,) = Path("../cache/mlanim/films").rglob("*0-*.mp4")
    Path("other.mp4").write_bytes(b"the film of the other one")
    for _ in range(3):  # with names before and after
        with Path("other.mp4").open("ab") as file:
            file.write(b".")
        Cache().store(kept.name.partition("-")[0], Path("other.mp4"))
    render_or_recall(asked("b.mp4"), WAY)
    assert Path("b.mp4").read_bytes() == whole


def test_a_pipe_gets_the_film(here):
    render_or_recall(asked("a.mp4"), WAY)
    os.mkfifo("pipe.mp4")
    for _ in range(2):
        reader = os.fork()
        if not reader:
            Path("piped.mp4").write_bytes(Path("pipe.mp4").read_bytes())
            os._exit(0)
        render_or_recall(asked("pipe.mp4", captions="none"), WAY)
        os.waitpid(reader, 0)
        assert Path("piped.mp4").read_bytes() == Path("a.mp4").read_bytes()
    assert Path("pipe.mp4").is_fifo()


def damaged(path):
    yield path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    yield path.write_bytes(b"")
    content = bytearray(path.read_bytes() or b"x")
    content[len(content) // 2] ^= 1
    yield path.write_bytes(content)
    yield path.write_bytes(bytes(1000))
    path.unlink()
    yield path.mkdir()
    path.rmdir()
    yield path.write_text("{}")


def test_a_cache_that_was_damaged_is_as_if_it_were_not_there(here):
    render_or_recall(asked("a.mp4"), WAY)
    whole = Path("a.mp4").read_bytes()
    folder = Cache().folder
    kinds = {path.parent.relative_to(folder).parts[0] for path in folder.rglob("*.*")}
    assert {"films", "renders"} <= kinds
    for turn in range(6):
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            damage = damaged(path)
            for _ in range(turn + 1):
                next(damage)
        render_or_recall(asked("a.mp4"), WAY)
        assert Path("a.mp4").read_bytes() == whole


def test_clear_removes_all_that_is_there_and_nothing_else(here):
    render_or_recall(asked("a.mp4"), WAY)
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years")
    folder = Cache().folder
    (folder / "link").symlink_to(Path("mine").absolute())
    (folder / "tex" / "deep").mkdir(parents=True)
    (folder / "tex" / "deep" / "old.svg").write_bytes(bytes(1000))
    before = Cache().info()
    assert before.bytes > 1000
    assert Cache().clear() == before.bytes
    assert not list(folder.iterdir())
    assert Path("mine/thesis.txt").read_text() == "years"
    assert Cache().info().files == 0
