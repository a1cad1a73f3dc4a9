"""Whatever a trace file holds, it is read or refused in one line."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.models.captured import read_trace
from tests.models.mutated_traces import mutated


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.integers(0, 2**32 - 1))
def test_a_mutated_trace_is_read_or_refused_in_one_line(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = mutated(Path(folder), seed)
        try:
            found = read_trace(path)
        except UsageError as error:
            assert "\n" not in str(error) and len(str(error)) < 600
        else:
            assert len(found.drawn_tokens) == len(found.tokens)
        assert [p.name for p in Path(folder).iterdir()] == [path.name]
