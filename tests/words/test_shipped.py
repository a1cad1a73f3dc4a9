"""The shipped words fit the bundled scenes: nothing is missing, nothing unknown."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mlanim.words
from mlanim.catalogue import find, load
from mlanim.render.asked.spec import RenderSpec
from mlanim.review.wording import titles_of, words_of
from mlanim.words.files import LANGUAGES, TITLES, read_words
from mlanim.words.places import has_words, taken_out

FOLDER = Path(mlanim.words.__file__).parent
SCENES = sorted(file.stem for file in (FOLDER / "de").glob("*.toml"))
QUICK = ["decision-boundary", "positional-encoding", "self-attention"]  # played in two seconds each


def tables(language: str, scene: str) -> dict[str, dict[str, str]]:
    read: dict[str, Any] = tomllib.loads((FOLDER / language / f"{scene}.toml").read_text("utf-8"))
    return read


def played(scene: str, language: str) -> set[str]:
    """The texts of the film with default parameters; tables in brackets are for others."""
    steps = {
        step: table
        for step, table in tables(language, scene).items()
        if step[0] != "(" and step != TITLES
    }
    return {text for table in steps.values() for text in table}


@pytest.mark.parametrize("scene", SCENES)
def test_all_languages_have_the_same_texts_with_the_same_places(scene: str) -> None:
    files = [FOLDER / language / f"{scene}.toml" for language in LANGUAGES]
    german, *others = (read_words([file]).entries.keys() for file in files)  # refuses lost places
    for other in others:
        assert other == german


def written(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, as far as they stand in it."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*written(node.body), *written(node.orelse))


@pytest.mark.parametrize("scene", SCENES)
def test_every_heading_and_sentence_of_a_script_is_there(scene: str) -> None:
    entry = find(scene)
    assert entry.path is not None
    known = {text for table in tables("de", scene).values() for text in table}
    literal = set()
    for node in ast.walk(ast.parse(entry.path.read_text("utf-8"))):
        called = getattr(getattr(node, "func", None), "attr", "")
        arguments = [key.value for key in getattr(node, "keywords", []) if key.arg == "say"]
        if called in ("turn_to", "retitle"):
            arguments += node.args[:1]  # type: ignore[attr-defined]
        literal |= {text for argument in arguments for text in written(argument)}
    templates = {taken_out(" ".join(text.split()))[0] for text in literal if has_words(text)}
    assert templates - known == set()


@pytest.mark.parametrize("scene", SCENES)
def test_titles_and_names_of_steps_are_there_and_no_others(scene: str) -> None:
    wanted = {title.template for title in titles_of(find(scene))}
    for language in LANGUAGES:
        entries = read_words([FOLDER / language / f"{scene}.toml"]).entries
        assert wanted - entries.keys() == set()
        assert tables(language, scene)[TITLES].keys() - wanted == set()
        summary = taken_out(find(scene).summary)[0]
        assert entries[summary] != summary and (
            ": " in entries[summary] or "：" in entries[summary]
        )


@pytest.mark.parametrize("scene", QUICK)
def test_a_film_shows_what_the_files_have_and_no_more(scene: str) -> None:
    spec = RenderSpec.from_options(quality="l")
    shown = {found.template for found in words_of(load(find(scene)), spec)}
    assert shown == played(scene, "de")
