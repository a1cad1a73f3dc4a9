import importlib

from mlanim.render.watched.state import ReadersModules, state_of_modules
from mlanim.scene_module import run_file, scene_classes

SCENE = """
from manim import Scene
import beside_{name}

SEEN = [1]

class {name}(Scene):
    pass
"""


def scene_of(folder, name):
    (folder / f"beside_{name}.py").write_text("LOOKED_AT = 0\n")
    path = folder / f"{name}.py"
    path.write_text(SCENE.format(name=name))
    module = run_file(path)
    (scene,) = scene_classes(module).values()
    return module, scene


def test_of_scene_files_only_the_scenes_own_counts(tmp_path):
    earlier, _ = scene_of(tmp_path, "Earlier")
    module, scene = scene_of(tmp_path, "Later")
    stood = state_of_modules(scene)
    earlier.SEEN.append(2)  # a file that was rendered before in this process
    assert state_of_modules(scene) == stood
    module.SEEN.append(2)
    assert state_of_modules(scene) != stood


def test_what_a_scene_imports_counts(tmp_path):
    module, scene = scene_of(tmp_path, "Importing")
    stood = state_of_modules(scene)
    module.beside_Importing.LOOKED_AT += 1
    assert state_of_modules(scene) != stood


def test_what_a_scene_imports_while_it_plays_counts_from_then_on(tmp_path, monkeypatch):
    _, scene = scene_of(tmp_path, "Playing")
    monkeypatch.syspath_prepend(tmp_path)
    modules = ReadersModules(scene)
    before = list(modules.held())
    (tmp_path / "come_late.py").write_text("CAME = 'late'\n")
    importlib.import_module("come_late")
    assert {"CAME": "late"} not in before
    assert {"CAME": "late"} in list(modules.held())
