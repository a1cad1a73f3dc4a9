"""Which colour each family of cells has."""

from __future__ import annotations

from mlanim.primitives.charts.class_marks import CLASS_ROLES
from mlanim.subjects.tables.models.families import KEY, families_after, families_of
from mlanim.subjects.tables.models.numbered import Numbered, Place
from mlanim.subjects.tables.models.trace import Moment

__all__ = ["after_roles", "before_roles", "role_of"]


def role_of(family: int | None) -> str | None:
    """The role of a family; many families take turns, for the keys themselves tell them apart.

    >>> role_of(0), role_of(6), role_of(None)
    ('class_a', 'class_a', None)
    """
    if family is None:
        return None
    return "key" if family == KEY else CLASS_ROLES[family % len(CLASS_ROLES)]


def before_roles(moment: Moment) -> tuple[dict[Place, str], dict[Place, str]]:
    """The colours of the table before, and of the other table."""
    found: tuple[dict[Place, str], dict[Place, str]] = ({}, {})
    for number, family in families_of(moment).items():
        for cells, roles in zip(moment.numbered, found, strict=False):
            if (place := cells.place(number)) is not None:
                roles[place] = role_of(family) or ""
    return found


def after_roles(moment: Moment, coloured: Moment | None = None) -> dict[Place, str]:
    """The colours of the table after: each cell has that of what it came from.

    coloured: of the same tables before, if another link gave these their colours.
    """
    families = families_of(coloured or moment)
    cells = Numbered.of(moment.after)
    if cells.rows > 2000 or not families:
        return {}
    found = {}
    for part, block in (("body", cells.body), ("index", cells.index), ("header", cells.header)):
        for i in range(block.shape[0]):
            for j in range(block.shape[1]):
                place = Place(part, i, j)  # type: ignore[arg-type]
                if role := role_of(families_after(moment, families, place)):
                    found[place] = role
    return found
