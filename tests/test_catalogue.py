"""Finding scenes: what a reader's folder, the bundle and other packages offer."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from mlanim.catalogue import bundled_folder, entries, find, load
from mlanim.errors import MlanimError, UsageError
from mlanim.scene_file import outline

PLAIN = "from manim import Scene\n\n\nclass {name}(Scene):\n    '''{summary}'''\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an empty ./scenes."""
    (tmp_path / "scenes").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_scene_is_named_like_its_file_with_hyphens(desk: Path) -> None:
    write(
        desk / "scenes/two_words.py", PLAIN.format(name="TwoWords", summary="First line.\n\nMore.")
    )
    entry = find("two-words")
    assert (entry.name, entry.class_name, entry.summary) == ("two-words", "TwoWords", "First line.")
    assert entry.origin == "here"


def test_listing_runs_nothing(desk: Path) -> None:
    write(desk / "scenes/loud.py", "open('ran', 'w')\n" + PLAIN.format(name="Loud", summary="x"))
    assert "loud" in [entry.name for entry in entries()]
    assert not (desk / "ran").exists()


def test_the_readers_scene_hides_the_bundled_one(desk: Path) -> None:
    for bundled in entries():
        assert bundled.origin == "bundled"
        write(desk / f"scenes/{bundled.name}.py", PLAIN.format(name="Mine", summary="Mine."))
        assert find(bundled.name).origin == "here"
        assert find(bundled.name).summary == "Mine."


def test_bundled_scenes_are_found_in_the_checkout_from_any_folder(desk: Path) -> None:
    assert bundled_folder() == Path(__file__).parents[1] / "scenes"
    assert find("seq2seq").origin == "bundled"


def test_files_without_a_scene_and_private_files_are_no_scenes(desk: Path) -> None:
    write(desk / "scenes/colours.py", "RED = 1\n")
    write(desk / "scenes/_draft.py", PLAIN.format(name="Draft", summary="x"))
    assert not {"colours", "draft", "-draft"} & {entry.name for entry in entries()}


def test_a_broken_file_is_told_and_the_others_are_listed(desk: Path) -> None:
    write(desk / "scenes/bad.py", "x = 1\ndef (\n")
    write(desk / "scenes/good.py", PLAIN.format(name="Good", summary="x"))
    problems = {entry.name: entry.problem for entry in entries()}
    assert problems["good"] == ""
    assert problems["bad"] == "scenes/bad.py:2: SyntaxError: invalid syntax"
    with pytest.raises(MlanimError, match=r"scenes/bad.py:2: SyntaxError"):
        find("bad")


def test_an_unknown_name_is_answered_with_the_nearest(desk: Path) -> None:
    write(desk / "scenes/good_one.py", PLAIN.format(name="GoodOne", summary="x"))
    with pytest.raises(UsageError, match="did you mean 'good-one'"):
        find("god-one")
    with pytest.raises(UsageError, match=r"did you mean 'good_one.py'"):
        find("scenes/good_on.py")


def test_steps_are_read_in_playing_order_through_methods_and_functions() -> None:
    (scene,) = outline('''
class Demo(Explainer):
    """One line."""
    def construct(self):
        with self.step("first", say="One " "sentence."):
            self.play(encode(self))
        self.decode()
    def decode(self):
        for word in self.words:
            with self.step("word", say=f"Now {word}."):
                with self.step("score"): self.decode()
def encode(scene):
    with scene.step("inner"):
        return 1
''')
    assert [step.path for step in scene.steps] == ["first", "first/inner", "word", "word/score"]
    assert [step.say for step in scene.steps] == ["One sentence.", "", "Now ….", ""]


def test_steps_of_a_base_class_in_the_same_file_belong_to_the_scene() -> None:
    base, child = outline("""
class Base(Explainer):
    def construct(self):
        self.body()
    def body(self):
        with self.step("base"): ...
class Child(Base):
    def body(self):
        with self.step("child"): ...
""")
    assert [step.path for step in base.steps] == ["base"]
    assert [step.path for step in child.steps] == ["child"]
    assert child.is_explainer


def test_a_file_imports_its_neighbours(desk: Path) -> None:
    write(desk / "shots/palette_of_mine.py", "NAME = 'Blue'\n")
    path = write(
        desk / "shots/a.py", "import palette_of_mine\n" + PLAIN.format(name="A", summary="x")
    )
    assert load(find(str(path))).__name__ == "A"


def test_a_scene_named_like_a_library_does_not_hide_it(desk: Path) -> None:
    write(desk / "scenes/statistics.py", PLAIN.format(name="Statistics", summary="x"))
    load(find("statistics"))
    monkeypatched = sys.modules.pop("statistics", None)
    try:
        assert importlib.import_module("statistics").mean([1, 3]) == 2
    finally:
        if monkeypatched is not None:
            sys.modules["statistics"] = monkeypatched


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("1 / 0", "a.py:1: ZeroDivisionError: division by zero"),
        (
            "import no_such_package",
            "a.py:1: ModuleNotFoundError: No module named 'no_such_package'",
        ),
        ("\nimport sys\nsys.exit(4)", "a.py:3: SystemExit: 4"),
        ("raise ValueError('two\\nlines')", "a.py:1: ValueError: two lines"),
    ],
)
def test_an_error_in_the_readers_file_names_file_and_line(desk: Path, body: str, told: str) -> None:
    path = write(desk / "a.py", f"{body}\n" + PLAIN.format(name="A", summary="x"))
    with pytest.raises(MlanimError) as caught:
        load(find(str(path)))
    assert str(caught.value).startswith(told)
    assert caught.value.exit_code == 1


def test_only_the_files_own_classes_are_scenes(desk: Path) -> None:
    path = write(desk / "a.py", "from manim import *\n" + PLAIN.format(name="Own", summary="x"))
    assert load(find(str(path))).__name__ == "Own"
    with pytest.raises(UsageError, match="no scene class 'MovingCameraScene'"):
        load(find(str(path)), "MovingCameraScene")
    with pytest.raises(UsageError, match="did you mean 'Own'"):
        load(find(str(path)), "own")


def test_of_several_scenes_one_must_be_named(desk: Path) -> None:
    two = PLAIN.format(name="One", summary="x") + PLAIN.format(name="Two", summary="y")
    path = write(desk / "a.py", two)
    with pytest.raises(UsageError, match=r"a.py has 2 scenes.*One, Two"):
        load(find(str(path)))
    assert load(find(str(path)), "Two").__name__ == "Two"
    namesake = write(desk / "two.py", two)
    assert load(find(str(namesake))).__name__ == "Two"


def test_another_package_declares_scenes_in_its_metadata(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = desk / "site"
    write(site / "beams/__init__.py", "open('imported', 'w')\n")
    source = PLAIN.format(name="Beam", summary="Keep the best few.")
    write(
        site / "beams/deep/search.py",
        source + "    def construct(self):\n        with self.step('s', say='Hi.'): ...\n",
    )
    write(site / "beams-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: beams\nVersion: 1\n")
    points = "[mlanim.scenes]\nbeam-search = beams.deep.search:Beam\nlost = nowhere.at_all:Lost\n"
    write(site / "beams-1.dist-info/entry_points.txt", points)
    monkeypatch.syspath_prepend(str(site))
    entry = find("beam-search")
    assert (entry.summary, entry.steps, entry.says) == ("Keep the best few.", ("s",), ("Hi.",))
    assert entry.origin == "package"
    assert not (desk / "imported").exists()
    assert load(entry).__name__ == "Beam"
    with pytest.raises(MlanimError, match="No module named 'nowhere'"):
        load(find("lost"))
