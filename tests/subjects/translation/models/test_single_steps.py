"""One step of a translation, taken out of its trace."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from mlanim.subjects.translation.models import alignment
from mlanim.subjects.translation.models.accuracy import exact, exact_by_length
from mlanim.subjects.translation.models.alignment import backward_run
from mlanim.subjects.translation.models.decoder_look import decoder_look
from mlanim.subjects.translation.models.encoder_step import encoder_step
from mlanim.subjects.translation.models.seq2seq import load_model, translate


@pytest.fixture(scope="module", params=["gru", "lstm"])
def trace(request):
    return translate(load_model(request.param, "bahdanau"), "elle est grande")


def test_each_step_begins_where_the_one_before_ended(trace):
    first, second = encoder_step(trace, 0), encoder_step(trace, 1)
    assert not first.before.any()
    assert np.array_equal(first.after, second.before)
    if trace.cell == "lstm":
        assert np.array_equal(first.cell_after, second.cell_before)
    else:
        assert first.cell_before is None and first.cell_after is None
    assert second.word == "est"
    assert set(second.inside["gates"]) == set(trace.encoder_gates)


def test_a_look_adds_up(trace):
    look = decoder_look(trace, 1)
    assert look.previous == trace.target_tokens[0]
    assert np.allclose(look.weights @ look.states, look.context, atol=1e-5)
    assert look.probability == trace.probabilities[1].max()


def test_what_was_spoken_has_no_end_mark(trace):
    assert trace.spoken == trace.target_tokens[:-1]


def test_a_straight_alignment_has_no_backward_run():
    assert len(backward_run(np.eye(4))) == 1
    assert backward_run(np.eye(3)[::-1]).tolist() == [0, 1, 2]
    assert doctest.testmod(alignment).failed == 0


def test_accuracy_is_told_from_the_shortest_sentences_on():
    shares = exact_by_length("gru", "none")
    starts = [int(span.split("-")[0]) for span in shares]
    assert starts == sorted(starts)
    assert exact("gru", "bahdanau") >= 0.99 > exact("gru", "none")
