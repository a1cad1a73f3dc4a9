"""The search over programs: what its log says happened happens again."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlanim.subjects.systems.models.evolution import (
    LONGEST,
    MUTATIONS,
    SearchSettings,
    evolve,
    mutate,
)
from mlanim.subjects.systems.models.evolution_log import load_search, log_search
from mlanim.subjects.systems.models.program import (
    EMPTY,
    decoded,
    effective,
    encoded,
    instruction,
)
from mlanim.subjects.systems.models.program_run import (
    Tasks,
    fitness,
    fitnesses,
    predictions,
    tasks,
)
from mlanim.subjects.systems.models.program_trace import traced

GIVEN = tasks(3, 6, 8, seed=5)
LMS = (
    (),
    (instruction("s1", "dot", "v0", "v1"),),
    (
        instruction("s2", "subtract", "s0", "s1"),
        instruction("v2", "vector scale", "s2", "v0"),
        instruction("v1", "vector add", "v1", "v2"),
    ),
)


def grown(seed: int, mutations: int = 40):
    """A program of many mutations, whatever they do to it."""
    rng, program = Random(seed), EMPTY
    for _ in range(mutations):
        program, _ = mutate(program, rng)
    return program


def test_the_first_evaluations_come_again():
    log = load_search()
    again = []
    for population in evolve(log.tasks, log.settings):
        again.append(population[-1].fitness)
        if len(again) > len(log.first):
            break
    assert np.array_equal(again[1:], log.first) and len(log.first) >= 500
    assert len(set(log.first)) > 5


def test_every_milestone_is_as_good_as_the_log_says():
    log = load_search()
    for pair, told in zip(log.milestones, log.milestone_fitness, strict=True):
        assert [fitness(program, log.tasks) for program in pair] == pytest.approx(told, rel=1e-12)
    assert log.milestone_fitness[-1, 1] == log.best[-1]
    assert (np.diff(log.best) > 0).all() and (np.diff(log.milestone_births) > 0).all()


def test_a_child_differs_from_its_parent_as_its_mutation_says():
    log = load_search()
    for (parent, child), kind in zip(log.milestones, log.milestone_kinds, strict=True):
        lengths = [sum(len(body) for body in program) for program in (parent, child)]
        assert lengths[1] - lengths[0] == {0: 1, 1: -1}.get(int(kind), 0)
        assert sum(a != b for a, b in zip(parent, child, strict=True)) == 1


def test_the_winner_learns_tasks_that_it_never_saw():
    log = load_search()
    other = tasks(50, 24, 32, seed=99)
    assert fitness(log.winner, other) > 0.9
    assert fitness((log.winner[0], log.winner[1], ()), other) < 0.5


def test_a_search_can_be_given_up_and_writes_down_what_it_did():
    settings_ = SearchSettings(population=20, tournament=5, seed=1)
    assert log_search(settings_, 20_000, lambda birth, best: False) is None
    log = log_search(settings_, 3000)
    assert log is not None and log.evaluations == 3000
    assert log.stages.shape == (len(log.stage_births), 20)
    assert log.best[-1] == max(log.best) >= log.stages.max()


def test_the_oldest_dies_and_a_tournament_of_many_takes_the_best():
    search = evolve(GIVEN, SearchSettings(population=12, tournament=200, seed=4))
    before = list(next(search))
    assert all(one.program == EMPTY for one in before)
    for _ in range(60):
        now = list(next(search))
        assert now[:-1] == before[1:]
        assert now[-1].parent.fitness == max(one.fitness for one in before)
        before = now
    assert before[-1].ancestry()[0].parent is None


@given(seed=st.integers(0, 10**6))
@example(seed=73039)  # predict alone carries a number from example to example
@settings(max_examples=30, deadline=None)
def test_what_has_no_effect_has_none(seed):
    program = grown(seed)
    assert all(len(body) <= most for body, most in zip(program, LONGEST, strict=True))
    kept = effective(program)
    assert effective(kept) == kept
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(predictions(program, GIVEN), predictions(kept, GIVEN))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_programs_are_kept_exactly(seed):
    programs = [grown(seed, 15), EMPTY, grown(seed + 1, 15)]
    assert decoded(**encoded(programs)) == programs


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_a_mutation_changes_one_function_at_most(seed):
    program = grown(seed, 12)
    child, kind = mutate(program, Random(seed))
    assert sum(a != b for a, b in zip(program, child, strict=True)) <= 1
    change = sum(map(len, child)) - sum(map(len, program))
    assert change == {"insert": 1, "remove": -1}.get(MUTATIONS[kind], 0)


def test_least_mean_squares_is_itself():
    said = predictions(LMS, GIVEN)
    for k in range(3):
        weights = np.zeros(4)
        for x, y in zip(GIVEN.inputs[k], GIVEN.labels[k], strict=True):
            weights = weights + (y - weights @ x) * x
        np.testing.assert_allclose(said[k], GIVEN.unseen_inputs[k] @ weights, rtol=1e-12)
    off = said - GIVEN.unseen_labels
    np.testing.assert_allclose(fitnesses(LMS, GIVEN), 1 - np.sqrt((off**2).mean(axis=1)))


def test_no_prediction_knows_the_label():
    cheat = ((), (instruction("s1", "add", "s0", "s2"),), ())
    assert not predictions(cheat, GIVEN).any()


def test_what_is_no_number_is_worst():
    broken = ((), (instruction("s1", "log", "s2"),), ())
    assert fitness(broken, GIVEN) == -np.inf


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_a_trace_is_the_run(seed):
    program = grown(seed)
    one = Tasks(*(array[1:2] for array in vars(GIVEN).values()))
    trace = traced(program, GIVEN, task=1)
    with np.errstate(all="ignore"):
        said = predictions(program, one)[0]
    np.testing.assert_allclose([m.prediction for m in trace.unseen], said, rtol=1e-9)
    assert [len(trace.setup), len(trace.learned[0].predict)] == [len(b) for b in program[:2]]
