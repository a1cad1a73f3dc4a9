from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mlanim.models.softmax import log_softmax
from mlanim.subjects.translation.models.decoding import beam_search, greedy

END, START, LONGEST = 0, 0, 4


def chain(seed):
    """A made-up model of three words whose next word depends on all said before."""
    random = np.random.default_rng(seed)
    table = {
        said: log_softmax(random.normal(scale=2, size=3))
        for length in range(LONGEST)
        for said in product(range(3), repeat=length)
    }

    def next_word(said, word):
        said = (*said[1], word) if said[0] else ()
        return table[said], (True, said)

    return next_word, table


def probability(table, words):
    return sum(table[words[:place]][word] for place, word in enumerate(words))


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_a_beam_is_never_less_probable_than_greedy(seed, width):
    next_word, table = chain(seed)
    settings = {"start": START, "end": END, "longest": LONGEST}
    first = greedy(next_word, (False, ()), **settings)
    best = beam_search(next_word, (False, ()), width=width, **settings)
    assert best.log_probability >= first.log_probability
    for found in (first, best):
        assert np.isclose(found.log_probability, probability(table, found.words))
        assert len(found.words) <= LONGEST
        assert END not in found.words[:-1]


@given(st.integers(0, 10_000))
def test_a_beam_as_wide_as_the_tree_finds_the_most_probable_sentence(seed):
    next_word, table = chain(seed)
    ended = [(*said, END) for length in range(LONGEST) for said in product((1, 2), repeat=length)]
    settings = {"start": START, "end": END, "longest": LONGEST}
    first = greedy(next_word, (False, ()), **settings)
    best = beam_search(next_word, (False, ()), width=81, **settings)
    top = max(probability(table, words) for words in [*ended, first.words])
    assert np.isclose(best.log_probability, top)


def test_a_beam_of_one_is_greedy():
    next_word, _ = chain(7)
    settings = {"start": START, "end": END, "longest": LONGEST}
    first = greedy(next_word, (False, ()), **settings)
    assert beam_search(next_word, (False, ()), width=1, **settings).words == first.words
