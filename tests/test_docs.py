"""The site's sources: every public name has a page, every primitive an example, and code runs."""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mlanim.publish.sayings import alternative
from mlanim.publish.things import things_of
from tests.test_documents import blocks

DOCS = Path(__file__).parents[1] / "docs"
sys.path.insert(0, str(DOCS))

import gallery  # noqa: E402
import reference  # noqa: E402
from gallery_code import code_of, made_by, primitive_named, primitive_names  # noqa: E402


def test_every_public_name_has_its_page_and_is_listed(tmp_path: Path) -> None:
    reference.write(tmp_path)
    for module in reference.MODULES:
        listed = (tmp_path / f"{module}.md").read_text()
        names = {name for name in import_module(module).__all__ if not name.startswith("__")}
        assert names, module
        for name in names:
            text = (tmp_path / f"{module}.{name}.md").read_text()
            assert re.search(rf"^\.\. auto\w+:: {name}$", text, re.M)
            assert f"]({module}.{name}.md)" in listed
    index = (DOCS / "index.md").read_text()
    assert all(f"_generated/reference/{module}\n" in index for module in reference.MODULES)


def test_every_room_that_readers_import_from_is_in_the_reference() -> None:
    told = set(re.findall(r"from (mlanim[\w.]*) import", _python_of_the_guide()))
    inner = {"mlanim.models", "mlanim.render"}  # told by the guide, and by their own docstrings
    rooms = {
        name
        for name in told
        if ".".join(name.split(".")[:2]) not in inner and ".models." not in name
    }
    assert rooms <= set(reference.MODULES)


@pytest.mark.parametrize("name", primitive_names())
def test_an_example_makes_its_primitive(name: str) -> None:
    made = made_by(code_of(name))
    assert type(made) is primitive_named(name)
    assert made.width > 0 and made.height > 0
    # It is told by what it shows, or by its parts: never by the name of a class.
    camera = SimpleNamespace()
    scene: Any = SimpleNamespace(mobjects=[made], foreground_mobjects=[], camera=camera)
    told = alternative("It", things_of(scene))
    assert len(told) > len("It.") or name == "Wire"
    assert not re.search(r"\b[A-Z][a-z]+[A-Z][a-z]", told), told


def test_the_gallery_shows_every_scene_and_every_primitive_with_its_code() -> None:
    page = gallery.page()
    for entry in gallery.scenes():
        assert f"scene-{entry.name}.mp4" in page
        assert gallery.step_of(entry) in page
    for name in primitive_names():
        assert f"primitive-{name}.mp4" in page
        assert code_of(name).strip() in page


def test_every_step_that_the_gallery_names_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {entry.name: entry for entry in gallery.scenes()}
    assert set(gallery._STEPS) <= set(known)
    for name, step in gallery._STEPS.items():
        assert gallery.step_of(known[name]) == step
    monkeypatch.setitem(gallery._STEPS, "bert", "masking")
    with pytest.raises(LookupError, match="bert has no step 'masking'"):
        gallery.step_of(known["bert"])


def test_every_picture_of_the_readme_is_there_and_light() -> None:
    root = DOCS.parent
    pictures = re.findall(r"media/gallery/[\w.-]+", (root / "README.md").read_text("utf-8"))
    sizes = {name: (root / name).stat().st_size for name in pictures}
    light = {name: size for name, size in sizes.items() if Path(name).suffix in {".gif", ".png"}}
    assert max(size for name, size in light.items() if "seq2seq" not in name) < 1_000_000


def test_the_gallery_is_light_to_clone() -> None:
    pictures = (DOCS.parent / "media" / "gallery").iterdir()
    assert sum(picture.stat().st_size for picture in pictures) < 8_000_000


def test_the_list_that_needs_no_building_is_the_gallerys() -> None:
    listed = (DOCS / "every-primitive.md").read_text(encoding="utf-8")
    assert listed == gallery.listing(), "write it anew: python docs/gallery.py --list"


def test_signatures_of_primitives_are_short_enough_to_read() -> None:
    for name in primitive_names():
        assert len(str(inspect.signature(primitive_named(name)))) < 800, name


def test_a_loop_brings_in_what_an_example_makes() -> None:
    from mlanim import RenderSpec
    from mlanim.render.engine import render

    spec = RenderSpec(width=64, height=36, fps=5, seed=0, format="none")
    for name in ("TensorBox", "PriorSweep"):
        assert 3 <= render(gallery.loop_of(code_of(name)), spec).seconds <= 5


def test_every_page_of_the_guide_is_in_the_index() -> None:
    index = (DOCS / "index.md").read_text()
    for path in (DOCS / "guide").glob("*.md"):
        assert f"guide/{path.stem}\n" in index


PROGRAMS = [
    (path.name, block)
    for path, block in blocks("python")
    if path.is_relative_to(DOCS / "guide") and "Explainer" not in block
]


@pytest.mark.parametrize("page", sorted({name for name, _ in PROGRAMS}))
def test_the_guides_programs_run(page: str, desk: Path) -> None:
    """Those of a page one after the other: what one imports, the next may use."""
    names: dict[str, object] = {"__name__": "guide"}
    for name, block in PROGRAMS:
        if name == page:
            exec(compile(block, page, "exec"), names)


def _python_of_the_guide() -> str:
    return "\n".join(block for path, block in blocks("python") if path.is_relative_to(DOCS))
