"""Errors teach in one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import MlanimError, UsageError, did_you_mean


def test_exit_codes_tell_failure_from_usage() -> None:
    assert (MlanimError("x").exit_code, UsageError("x").exit_code) == (1, 2)
    assert issubclass(UsageError, MlanimError)


@given(st.lists(st.text(), min_size=1))
def test_an_error_is_one_line_whatever_it_quotes(parts: list[str]) -> None:
    assert len(str(MlanimError(*parts)).splitlines()) <= 1


def test_empty_parts_leave_no_colon() -> None:
    assert str(UsageError("no scene 'x'", "", "see mlanim list")) == "no scene 'x': see mlanim list"


def test_the_nearest_names_come_first_and_all_when_none_is_near() -> None:
    assert did_you_mean("sofmax", ["softmax", "score"]) == "did you mean 'softmax'?"
    assert did_you_mean("LIGHT", ["light", "dark"]) == "did you mean 'light'?"
    assert did_you_mean("zzz", ["light", "dark"]) == "allowed: light, dark"
    assert did_you_mean("zzz", []) == ""
