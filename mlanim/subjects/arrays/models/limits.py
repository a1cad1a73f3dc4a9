"""How much an expression may ask for, and how it is told that it asks for more."""

from __future__ import annotations

from mlanim.errors import UsageError

__all__ = [
    "LARGEST_INTEGER",
    "MOST_CELLS",
    "MOST_DIMENSIONS",
    "MOST_SIGNS",
    "MOST_STEPS",
    "MOST_TOTAL",
    "check_cells",
    "check_integer",
    "refusal",
]

MOST_SIGNS = 2000  # of an expression's text, or of an array's
MOST_STEPS = 200  # parts of an expression
MOST_CELLS = 1_000_000  # of one array
MOST_TOTAL = 4_000_000  # of all that an expression makes, and multiplications of one product
MOST_DIMENSIONS = 6
LARGEST_INTEGER = 2**63 - 1


def refusal(part: str, why: str, hint: str = "") -> UsageError:
    """An error in one line that names the part of the expression.

    >>> str(refusal("lambda: 1", "lambda is not read here"))
    'in the expression, `lambda: 1`: lambda is not read here'
    """
    part = "".join(sign if sign.isprintable() else "?" for sign in part)
    part = part if len(part) <= 60 else f"{part[:40]}…{part[-15:]}"
    return UsageError(f"in the expression, `{part}`", why, hint)


def check_cells(cells: int, part: str) -> None:
    """Refuse an array of too many cells, before there is one."""
    if cells > MOST_CELLS:
        many = f"{cells:,}" if cells < 10**18 else "countless"
        raise refusal(part, f"it would have {many} cells", f"at most {MOST_CELLS:,}")


def check_integer(value: int, part: str) -> None:
    """Refuse an integer that no array holds."""
    if abs(value) > LARGEST_INTEGER:
        raise refusal(part, "its integer has more than 64 bits", "write a float, such as 1e30")
