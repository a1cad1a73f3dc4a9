"""A chain followed link by link: the table before, the table after, and each cell's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mlanim.errors import MlanimError, UsageError, did_you_mean
from mlanim.subjects.tables.models.chain import Link
from mlanim.subjects.tables.models.grouping import GROUPING
from mlanim.subjects.tables.models.joining import JOINING
from mlanim.subjects.tables.models.moving import MOVING
from mlanim.subjects.tables.models.numbered import Numbered, Sources, as_frame
from mlanim.subjects.tables.models.pandas_extra import pd
from mlanim.subjects.tables.models.reshaping import RESHAPING

__all__ = ["Moment", "follow", "follow_link"]

_WAYS = {**MOVING, **RESHAPING, **GROUPING, **JOINING}


@dataclass(frozen=True)
class Moment:
    """One link at work.

    Attributes:
        before, after: DataFrame, Series or single value, as pandas gave them.
        sources: for each cell of `after` the numbers of the cells that it came from, as
            `Numbered.of(before)` counts them, then those of `other`.
        other: the second table of merge and concat, else None.
    """

    link: Link
    before: Any
    after: Any
    sources: Sources
    other: Any = None

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """How the cells are counted: of the table before, and of the other."""
        mine = Numbered.of(self.before)
        return (mine,) if self.other is None else (mine, Numbered.of(self.other, mine.count))


def follow(table: Any, links: Sequence[Link], other: Any = None) -> list[Moment]:
    """Run a chain, pandas being the judge of each link.

    Raises UsageError in one line, naming the link, for whatever pandas refuses.

    >>> from mlanim.subjects.tables.models.chain import read_chain
    >>> table = pd.DataFrame({"genre": ["jazz", "folk", "jazz"], "plays": [3, 1, 5]})
    >>> (moment,) = follow(table, read_chain("groupby('genre').plays.sum()"))
    >>> moment.after.tolist(), [n.tolist() for n in moment.sources.body[:, 0]]
    ([1, 8], [[3], [1, 5]])
    """
    moments: list[Moment] = []
    for link in links:
        moments.append(follow_link(table, link, other))
        table = moments[-1].after
    return moments


def follow_link(table: Any, link: Link, other: Any = None) -> Moment:
    """Run one link."""
    if not isinstance(table, pd.DataFrame | pd.Series):
        raise UsageError(f"{link.written} is asked of a single value", "end the chain before it")
    try:
        after, sources = _WAYS[link.manner](table, link, other)
    except UsageError as error:
        told = str(error)
        raise UsageError(
            told if told.startswith(link.written) else f"{link.written}: {told}"
        ) from (None)
    except MlanimError:
        raise
    except KeyError as error:
        raise _unknown(table, link, error.args[0] if error.args else "") from None
    except Exception as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"pandas refuses {link.written}", told) from None
    two = other if link.manner in ("merge", "concat") else None
    return Moment(link, table, after, sources, two)


def _unknown(table: Any, link: Link, label: object) -> UsageError:
    """A label that is not there; pandas names it, sometimes in a sentence."""
    frame = as_frame(table)
    names = [str(name) for name in (*frame.columns, *frame.index.names) if name is not None]
    if isinstance(label, str) and " " in label and label not in names:
        return UsageError(f"{link.written}: {label}", f"there are {', '.join(names[:12])}")
    return UsageError(f"{link.written}: no {label!r}", did_you_mean(str(label), names[:40]))
