"""Random edits of a random scene: of what it was made of, or of any literal in its files."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from tests.trust.functions import FUNCTIONS
from tests.trust.random_scenes import (
    RandomScene,
    other_value,
    random_number,
    random_play,
)

__all__ = ["edited"]

Files = dict[str, bytes]
Laid = tuple[RandomScene, Files]
_COLOURS = ("RED", "BLUE", "GREEN")
_SIDES = ("UP", "LEFT", "RIGHT")


def edited(
    chance: Random, scene: RandomScene, files: Files, seen: Sequence[Laid]
) -> tuple[RandomScene, Files, str]:
    """The scene after an edit, its files, and what was edited."""
    kind = chance.choices(
        ("number", "literal", "way", "function", "play", "order", "back"), (8, 5, 3, 3, 2, 1, 2)
    )[0]
    place = chance.randrange(len(scene.plays))
    play = scene.plays[place]
    number = play.number
    told = f"{kind} of play {place} ({play.kind}, {play.function}, {number.way})"
    if kind == "literal":
        other, where = _with_another_literal(chance, files)
        return scene, other, f"literal of {where}"
    if kind == "back":
        scene, files = chance.choice(seen)
        return scene, dict(files), "back to what it was"
    if kind == "number":
        play = replace(play, number=other_value(chance, number))
    elif kind == "way":
        play = replace(play, number=random_number(chance, number.name))
    elif kind == "function":
        play = replace(play, function=chance.choice(list(FUNCTIONS)))
    elif kind == "play":
        play = random_play(chance, number.name)
    else:
        plays = list(scene.plays)
        chance.shuffle(plays)
        scene = replace(scene, plays=tuple(plays))
        return scene, scene.files(), "order of the plays"
    scene = scene.with_play(place, play)
    if kind != "number":
        told += f" to ({play.kind}, {play.function}, {play.number.way})"
    return scene, scene.files(), told


def _with_another_literal(chance: Random, files: Mapping[str, bytes]) -> tuple[Files, str]:
    """One number, operator, colour or direction of a module is another one."""
    name = chance.choice([name for name in files if name.endswith(".py")])
    text = files[name].decode()
    found = list(_replaceable(ast.parse(text)))
    if not found:
        return dict(files), f"{name}: none"
    node = chance.choice(found)
    start, end = _span(text, node)
    before = text[start:end]
    after = _another(chance, node, before)
    other = text[:start] + after + text[end:]
    return {**files, name: other.encode()}, f"{name}:{node.lineno}: {before} is {after}"


def _replaceable(tree: ast.AST) -> list[ast.expr]:
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            found.append(node)
        if isinstance(node, ast.Name) and node.id in (*_COLOURS, *_SIDES):
            found.append(node)
    return found


def _another(chance: Random, node: ast.expr, before: str) -> str:
    if isinstance(node, ast.Name):
        names = _COLOURS if node.id in _COLOURS else _SIDES
        return chance.choice([name for name in names if name != node.id])
    value = node.value  # type: ignore[attr-defined]
    others = range(10) if isinstance(value, int) else [i / 10 for i in range(1, 10)]
    return str(chance.choice([other for other in others if other != value]))


def _span(text: str, node: ast.expr) -> tuple[int, int]:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:i])) for i in range(len(lines) + 1)]
    return (
        starts[node.lineno - 1] + node.col_offset,
        starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0),
    )
