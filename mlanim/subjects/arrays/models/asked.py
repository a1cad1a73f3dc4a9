"""What a reader asks of arrays, an expression or subscripts: worked out, or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from mlanim.errors import UsageError
from mlanim.models.soon_read import soon_read
from mlanim.named_path import named_path
from mlanim.subjects.arrays.models.evaluation import evaluate
from mlanim.subjects.arrays.models.named_arrays import FILES, arrays_of
from mlanim.subjects.arrays.models.operation import Evaluation, Operation
from mlanim.subjects.arrays.models.subscripts import example_arrays, read_subscripts

__all__ = ["check_einsum", "check_expression", "judge_arrays", "own_arrays"]

_MOST = 24  # operations that make a film


def check_expression(
    text: str, arrays: Mapping[str, NDArray], *, show_error: bool = False
) -> Evaluation:
    """Evaluate it, and refuse what makes no film.

    Raises:
        UsageError: it cannot be read, has no operation or too many, or NumPy refuses it and
            nobody asked to see that.
    """
    found = evaluate(text, arrays)
    if found.failure and not show_error:
        raise UsageError(
            f"in the expression, `{found.failure.source}`",
            f"NumPy says {found.failure}",
            "--set show_error=true makes the film up to there",
        )
    words = set(re.findall(r"\w+", text))
    if unused := next((name for name in arrays if name not in words), None):
        raise UsageError(f"{unused} is given and not in the expression", f"`{text:.60}`")
    if len(found.operations) > _MOST:
        raise UsageError(f"an expression of {len(found.operations)} operations", f"at most {_MOST}")
    if not found.operations and not found.failure:
        raise UsageError(
            f"the expression {text[:60]!r} computes nothing", "write one such as a + 1"
        )
    return found


def check_einsum(subscripts: str, arrays: Mapping[str, NDArray]) -> tuple[str, Operation]:
    """The line of code for subscripts and arrays by name, in the order in which they were given.

    Without arrays there are small ones for an example.

    Raises:
        UsageError: subscripts that cannot be read, or that do not fit the arrays.
    """
    arrays = dict(arrays) or example_arrays(subscripts)
    shown = "".join(sign for sign in subscripts if sign not in "'\"\\")
    read_subscripts(subscripts, [array.shape for array in arrays.values()])
    code = f"einsum('{shown}', {', '.join(arrays)})"
    found = evaluate(code, arrays)
    if found.failure:
        raise UsageError(f"einsum {subscripts!r:.60}", f"NumPy says {found.failure}")
    return code, found.operations[-1]


def own_arrays(
    expression: str | None, einsum: str | None, named: Mapping[str, str]
) -> dict[str, NDArray]:
    """The reader's arrays, for one of the two.

    Raises:
        UsageError: both are given, or an array cannot be read.
    """
    if expression is not None and einsum is not None:
        raise UsageError("an expression and einsum", "give one of the two")
    return arrays_of(named)


def judge_arrays(given: Mapping[str, Any]) -> None:
    """Refuse what the scene would refuse when it plays the reader's own.

    Raises:
        UsageError: as the functions above.
    """
    expression, einsum = given.get("expression"), given.get("einsum")
    named = given.get("named", {})
    if not soon_read(*map(_file_of, named.values())):
        return
    arrays = own_arrays(expression, einsum, named)
    if einsum is not None:
        check_einsum(einsum, arrays)
    elif expression is not None:
        check_expression(expression, arrays, show_error=given.get("show_error", False))


def _file_of(text: str) -> Path | None:
    """The file that is written behind an array's name, if it is one."""
    file = text.strip().partition(":")[0] if ".npz:" in text else text.strip()
    return named_path(file, "", "") if file.lower().endswith(FILES) else None
