"""Which columns of a table are x, y and the class: as asked for, else by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlanim.errors import UsageError, did_you_mean
from mlanim.models.table_columns import Column

__all__ = ["choice_told", "chosen_columns"]

_CLASSES = range(2, 7)
_LABELS = (  # names that say that it is a class, the surest first
    *("class", "label", "target", "species", "category", "outcome", "diagnosis", "group"),
    *("type", "kind", "y"),
)
_SHOWN = 4  # names of columns, in a line


def chosen_columns(
    file: str, found: Sequence[Column], columns: Sequence[str] = (), label: str = ""
) -> tuple[Column, Column, Column]:
    """The columns of x, y and the class, of those found; `columns` and `label` as asked for.

    Raises UsageError where there are none such, and says which there are.
    """
    if columns and len(columns) != 2:
        hint = "give two, x and y, such as columns=" + ",".join(c.called for c in found[:2])
        raise UsageError(f"columns={','.join(columns)}", hint)
    axes = [_asked(file, found, name, "columns") for name in columns]
    kind = _asked(file, found, label, "label") if label else None
    if twice := [c for c in axes if c is kind] or (axes[:1] if axes[:1] == axes[1:] else []):
        raise UsageError(f"{file}: {twice[0].called!r} is asked for twice", "give three columns")
    if len(found) < 3:
        what = f"{file} has {len(found)} column{'s' * (len(found) != 1)}"
        raise UsageError(what, "give columns x, y and class, with a header or in this order")
    if not axes:
        axes = _named(file, found, ("x", "y"), kind)
    if kind is None:
        kind = _label_of(found, axes)
    if not axes:
        axes = _axes_of(file, found, kind)
    return axes[0], axes[1], kind


def _asked(file: str, found: Sequence[Column], name: str, what: str) -> Column:
    """The column of a name, in any case, or of a number from 1."""
    name = " ".join(name.split())
    for same in (str, str.casefold):
        fitting = [column for column in found if column.name and same(column.name) == same(name)]
        if len(fitting) > 1:
            numbers = " and ".join(str(column.place) for column in fitting)
            twice = f"{file} has {name!r} twice"
            raise UsageError(twice, f"ask for it by its number, {numbers}: --set {what}=NUMBER")
        if fitting:
            return fitting[0]
    if name.isascii() and name.isdecimal() and 1 <= int(name) <= len(found):
        return found[int(name) - 1]
    known = [column.name for column in found if column.name]
    hint = did_you_mean(name, known) if known else ""
    if not hint or len(hint) > 200:
        hint = f"there are {_several([column.called for column in found])}"
    raise UsageError(f"{file} has no column {name!r}", hint)


def _named(
    file: str, found: Sequence[Column], names: Sequence[str], kind: Column | None
) -> list[Column]:
    """The columns x and y, if they are called so and hold numbers."""
    folded = [column.name.casefold() for column in found]
    if not all(name in folded for name in names):
        return []
    if twice := [name for name in names if folded.count(name) > 1]:
        raise UsageError(
            f"{file} has {twice[0]!r} twice", "name each column once, or give --set columns=1,2"
        )
    x, y = (found[folded.index(name)] for name in names)
    others = [column for column in found if column not in (x, y)]
    if kind in (x, y) or x.kind != "number" or y.kind != "number":
        return []
    if kind is None and not _candidates(others, found) and _candidates([y], found):
        return []  # of features x, z, ... and a target y
    return [x, y]


def _candidates(columns: Sequence[Column], found: Sequence[Column]) -> list[Column]:
    """Those of some columns that may hold the class of all found, the likeliest first.

    One that is called a class comes first, then words, then whole numbers at either end, of which
    the fewest; and of several alike the last. Two columns of numbers are left.
    """
    numbers = [column for column in found if column.kind == "number"]
    ends = [c for c in found if len(c.values) > 1 and not (c.counts_rows and len(found) > 3)]
    fitting = [
        column
        for column in columns
        if len(column.values) in _CLASSES
        and _divides(column)
        and len(numbers) - (column in numbers) >= 2
        and (column.kind == "text" or _named_at(column) >= 0 or column in ends[:1] + ends[-1:])
    ]
    return sorted(fitting, key=lambda column: _likely(column, found))


def _named_at(column: Column) -> int:
    """Where its name stands among those that say that it is a class; -1 for another."""
    name = column.name.casefold()
    return _LABELS.index(name) if name in _LABELS else -1


def _divides(column: Column) -> bool:
    return column.kind == "text" or all(
        re.fullmatch(r"[+-]?\d+|true|false", value) for value in column.values
    )


def _likely(column: Column, found: Sequence[Column]) -> tuple[int, ...]:
    named = _named_at(column) if _named_at(column) >= 0 else len(_LABELS)
    if column.kind == "text":
        return named, 0, 0 if column is found[-1] else column.place
    return named, 1, len(column.values), -column.place


def _label_of(found: Sequence[Column], axes: Sequence[Column]) -> Column:
    """The likeliest class; where nothing can be one, what is called so, is words or stands last."""
    left = [column for column in found if column not in axes]
    named = [column for column in left if 0 <= _named_at(column) < 3]
    candidates = _candidates(named, found) or named or _candidates(left, found)
    return (candidates or [c for c in left if c.kind == "text"][-1:] or left[-1:])[0]


def _axes_of(file: str, found: Sequence[Column], kind: Column) -> list[Column]:
    """The first two columns of numbers that are no mere count of rows; those of two values last."""
    numbers = [column for column in found if column is not kind and column.kind == "number"]
    numbers.sort(key=lambda c: (c.counts_rows, len(c.values) < 2, len(c.values) == 2, c.place))
    if len(numbers) < 2:
        there = f": {numbers[0].called}" if numbers else ""
        words = [column.called for column in found if column not in numbers and column is not kind]
        what = f"{file} has {len(numbers)} column{'s' * (len(numbers) != 1)} of numbers{there}"
        others = f"; {_several(words)}: no numbers" if words else ""
        raise UsageError(what, f"two are needed besides the class, {kind.called}{others}")
    return sorted(numbers[:2], key=lambda column: column.place)


def choice_told(
    found: Sequence[Column],
    chosen: tuple[Column, Column, Column],
    columns: Sequence[str],
    label: str,
) -> str:
    """What was chosen, where it was not asked for and does not go without saying."""
    x, y, kind = chosen
    rest = [column.called for column in found if column not in chosen and column.kind != "empty"]
    literal = [column.name.casefold() for column in chosen] == ["x", "y", "class"]
    if (columns and label) or (literal and not rest):
        return ""
    told = f"x: {x.called}, y: {y.called}, class: {kind.called}"
    if not rest:
        return told
    return f"{told}; {_several(_grouped(rest, [column.called for column in chosen]))} not used"


def _grouped(names: Sequence[str], used: Sequence[str]) -> list[str]:
    """Names with one beginning as one, if nothing used begins so.

    >>> _grouped(["petal_length", "petal_width", "id"], ["sepal_length"])
    ['petal_*', 'id']
    """
    beginnings = [re.match(r"[^\W\d_]{2,}[_. ]", name) for name in names]
    heads = [found.group() if found else "" for found in beginnings]
    grouped: dict[str, None] = {}
    for name, head in zip(names, heads, strict=True):
        alone = not head or heads.count(head) < 2 or any(other.startswith(head) for other in used)
        grouped[name if alone else f"{head}*"] = None
    return list(grouped)


def _several(names: Sequence[str]) -> str:
    shown = ", ".join(name if len(name) <= 40 else name[:39] + "…" for name in names[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
