"""Tables with slips of every kind, from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = ["mutated"]

ODD = [
    "NA",
    "",
    "?",
    "-",
    "nan",
    "inf",
    "1e999",
    "-1e-320",
    "1,5",
    "1.250,5",
    "1,250",
    "0x1F",
    "1_0",
]
ODD += [
    "2024-05-01",
    "12:30",
    "true",
    "5 cm",
    "$5",
    "12%",
    "''",
    '"',
    '""',
    '"a',
    "a\nb",
    "#",
    "#N/A",
]
ODD += [
    "=1+1",
    "\u0660",
    "\u2212" + "3",
    "\ufeff",
    "\u200f",
    "é",
    "类",
    "x" * 300,
    "9" * 400,
    "+",
    "\x07",
    "\\",
]
SEPARATORS = [",", ";", "\t", "|", " ", ", ", "^"]
CODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1"]

Rows = list[list[str]]


def mutated(seed: int) -> bytes:
    """A table of 9 to 60 rows with up to five mutations, as bytes."""
    dice = random.Random(seed)
    columns = dice.choice([2, 3, 3, 4, 6])
    names = dice.sample(["x", "y", "id", "a b", "length", "X", "", "1"], columns - 1)
    rows: Rows = [[*names, dice.choice(["class", "target", "what", ""])]]
    if dice.random() < 0.3:
        rows.clear()
    often = dice.choice([1, 2, 2, 2, 3, 3, 3])
    scales = [10.0 ** dice.choice([0, 0, 0, 0, 0, 3, -3, 9, -200]) for _ in names]
    for i in range(dice.randint(9, 60)):
        rows.append([*(_number(dice, scale) for scale in scales), "abc"[i % often]])
    for _ in range(dice.choice([0, 0, 1, 1, 2, 5])):
        dice.choice(MUTATIONS)(rows, dice)
    separator = dice.choice(SEPARATORS[:1] * 4 + SEPARATORS)
    lines = [separator.join(row) for row in rows]
    text = dice.choice(["\n", "\n", "\r\n", "\r"]).join(lines)
    data = (dice.choice(["", "", "", "", "", "sep=;\n", "# by me\n", "\n\n"]) + text).encode(
        dice.choice(CODINGS[:1] * 6 + CODINGS), errors="replace"
    )
    for _ in range(dice.choice([0] * 9 + [1, 5])):  # bytes that slipped
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.randbytes(dice.choice([0, 1])) + data[at + dice.choice([0, 1]) :]
    return data


def _number(dice: random.Random, scale: float) -> str:
    return dice.choice(["{:.3f}", "{:.3f}", "{:g}", "{:.0f}"]).format(dice.gauss(0, 2) * scale)


def _cell(rows: Rows, dice: random.Random) -> None:
    row = dice.choice(rows)
    if row:
        row[dice.randrange(len(row))] = dice.choice(ODD)


def _column(rows: Rows, dice: random.Random) -> None:
    at, how = dice.randrange(6), dice.choice(COLUMN_WAYS)
    for i, row in enumerate(rows):
        if at < len(row):
            row[at] = how(row[at], i)


def _shorter(rows: Rows, dice: random.Random) -> None:
    row = dice.choice(rows)
    del row[dice.randrange(len(row) + 1) :]


def _longer(rows: Rows, dice: random.Random) -> None:
    dice.choice(rows).extend(dice.choices(["", "1", "a"], k=dice.randint(1, 3)))


def _everywhere_longer(rows: Rows, dice: random.Random) -> None:
    extra = dice.choice([[""], ["", ""], ["1"]])
    for row in rows:
        row.extend(extra)


def _fewer(rows: Rows, dice: random.Random) -> None:
    del rows[dice.randrange(len(rows)) + 1 :]


def _twice(rows: Rows, dice: random.Random) -> None:
    rows.insert(dice.randrange(len(rows)), list(dice.choice(rows)))


def _same(rows: Rows, dice: random.Random) -> None:
    row = list(rows[-1])
    rows[1:] = [list(row) for _ in rows[1:]]


def _line(rows: Rows, dice: random.Random) -> None:
    rows.insert(dice.randrange(len(rows)), [dice.choice(["", "# a, b", "total", "-----", "  "])])


COLUMN_WAYS: list[Callable[[str, int], str]] = [
    lambda cell, i: cell.replace(".", ","),
    lambda cell, i: f'"{cell}"',
    lambda cell, i: f" {cell} ",
    lambda cell, i: f"{cell} cm",
    lambda cell, i: str(i),
    lambda cell, i: "7",
    lambda cell, i: "",
    lambda cell, i: f"2024-01-{i % 28 + 1:02d}",
    lambda cell, i: ["yes", "no"][i % 2],
    lambda cell, i: f"name {i}",
    lambda cell, i: ["1", "1.0", "0", " 0"][i % 4],
    lambda cell, i: cell if i % 3 else "NA",
]
MUTATIONS = [_cell, _cell, _cell, _column, _column, _shorter, _longer, _everywhere_longer]
MUTATIONS += [_fewer, _twice, _same, _line]
