"""The public names of nouns, verbs and subjects: listed once, there, and none forgotten."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from types import ModuleType

import pytest
from manim import Animation, Mobject

import mlanim.subjects

SUBJECTS = [
    f"mlanim.subjects.{found.name}" for found in pkgutil.iter_modules(mlanim.subjects.__path__)
]
HOUSES = ["mlanim.primitives", "mlanim.motion", *SUBJECTS]
# What general nouns and verbs are made of: a scene takes none of these in hand.
PARTS = {
    "AttentionArrow",
    "AttentionMoment",
    "Card",
    "Circuit",
    "Curve",
    "GatePlan",
    "Glyph",
    "Leader",
    "MovingValues",
    "TableCell",
}
PARTS |= {"Appear", "Carry", "Draw", "EnterEmpty", "Flow", "Receiving", "Timeline"}


def inner_modules(house: str) -> list[ModuleType]:
    """The modules of nouns and verbs in a house."""
    folders = import_module(house).__path__
    names = [found.name for found in pkgutil.walk_packages(folders, f"{house}.")]
    rooms = [house] if house not in SUBJECTS else [f"{house}.primitives", f"{house}.motion"]
    return [import_module(name) for name in names if name.startswith(tuple(rooms))]


@pytest.mark.parametrize("house", HOUSES)
def test_every_name_is_there_and_sorted(house: str) -> None:
    package = import_module(house)
    assert list(package.__all__) == sorted(package.__all__)
    assert set(package.__all__) <= set(dir(package))
    assert all(getattr(package, name).__doc__ for name in package.__all__)


@pytest.mark.parametrize("house", HOUSES)
def test_no_noun_and_no_verb_is_forgotten(house: str) -> None:
    listed = set(import_module(house).__all__)
    for module in inner_modules(house):
        for name in module.__all__ if hasattr(module, "__all__") else ():
            thing = getattr(module, name)
            shown = inspect.isclass(thing) and issubclass(thing, Mobject | Animation)
            if shown and thing.__module__ == module.__name__:
                assert name in listed | PARTS, f"{module.__name__}.{name}: list it in {house}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_verb_of_a_subject_is_listed(subject: str) -> None:
    listed = set(import_module(subject).__all__)
    for module in inner_modules(subject):
        if ".motion." in module.__name__:
            assert set(module.__all__) <= listed, module.__name__


def test_a_name_stands_in_one_list() -> None:
    seen: dict[str, str] = {}
    for house in HOUSES:
        for name in import_module(house).__all__:
            assert name not in seen, f"{name}: in {seen[name]} and {house}"
            seen[name] = house


@pytest.mark.parametrize("house", HOUSES)
def test_an_unknown_name_is_an_attribute_error(house: str) -> None:
    with pytest.raises(AttributeError, match="no_such_noun"):
        import_module(house).no_such_noun  # noqa: B018
