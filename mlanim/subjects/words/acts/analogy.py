"""A sum of words, cell by cell, and the words that are nearest to it."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.acts.page_room import page_room, stand_whole
from mlanim.explainer import Explainer
from mlanim.subjects.words import WordBars, WordStrips, add_vector
from mlanim.subjects.words.models.analogy import Analogy, Term
from mlanim.words.table import AsIs

__all__ = ["add_words", "outcome", "rank_words", "written"]

_ROWS = 8  # of the ranking


def add_words(scene: Explainer, made: Analogy) -> None:
    """The vectors under each other, and below them their sum, which grows term by term."""
    area = page_room(scene)
    most = max(3, WordStrips.room(area, scene.theme) - 1)
    sums = made.partial_sums
    signs = ["+" if term.sign > 0 else "−" for term in made.terms]
    words, rows = [term.word for term in made.terms], list(made.parts)
    if len(words) > most:  # of a long sum the last terms are one row: what they come to
        rest = len(words) - most + 1
        total = made.total - sums[most - 2]
        words, rows = [*words[: most - 1], f"{rest} more"], [*rows[: most - 1], total]
        signs, sums = [*signs[: most - 1], "+"], np.vstack([sums[: most - 1], made.total])
    limit = float(np.abs(np.vstack([*rows, *sums])).max())
    page = WordStrips(
        [*words, "sum"],
        [*rows, sums[0]],
        signs=[*("" if i == 0 and s == "+" else s for i, s in enumerate(signs)), "="],
        limit=limit,
        **scene.on(area),
    )
    total = page.strips[-1]
    scene.turn_to(AsIs(written(made)), *(page.row(i) for i in range(len(words))))
    scene.wait(1)
    zero = np.zeros(len(made.total))
    total.set_values(zero)
    scene.play(do.appear(page.row(len(words))))
    pace = 1.6 if len(words) <= 4 else 6.4 / len(words)
    for strip, after in zip(page.strips[:-1], sums, strict=True):
        scene.play(add_vector(strip, total, after, run_time=pace))
    scene.wait(1.2)


def rank_words(scene: Explainer, made: Analogy) -> None:
    """The words of greatest cosine with the sum; those it was asked with are set back."""
    top = made.ranking[:_ROWS]
    names = [candidate.word for candidate in top]
    page = WordBars(
        names,
        [candidate.cosine for candidate in top],
        set_back=[candidate.asked for candidate in top],
        limit=1.0,
        **scene.on(page_room(scene).inset(0.2, 0.1)),
    )
    rows = [page.row(i) for i in range(len(top))]
    scene.turn_to("Which words point the same way?", page.baseline, *rows)
    stand_whole(scene, page)
    scene.wait(1.2)
    best = made.best
    if best is not None and best.word in names:
        place = names.index(best.word)
        scene.play(
            scene.retitle(outcome(made)),
            do.highlight(page.names[place], role="output", theme=scene.theme, stays=True),
        )
    else:
        scene.play(scene.retitle(outcome(made)))
    scene.wait(2.6)


def written(made: Analogy) -> str:
    """The sum as it is asked, of a long one the beginning.

    >>> from mlanim.subjects.words.models.word_vectors import WordVectors
    >>> from mlanim.subjects.words.models.analogy import parse_sum, solve
    >>> written(solve(parse_sum("a - b"), WordVectors(("a", "b"), np.eye(2))))
    'a − b'
    """
    parts = [_term(term, not i) for i, term in enumerate(made.terms)]
    while len(" ".join(parts)) > 44 and len(parts) > 2:
        parts = [*parts[:-2], "…"] if parts[-1] == "…" else [*parts[:-1], "…"]
    return " ".join(parts)


def outcome(made: Analogy) -> str:
    """What comes out, and what would without leaving out the words it was asked with."""
    best, first = made.best, made.ranking[0]
    if best is None:
        return "All words were asked with: none is left"
    if first.asked:
        return f"“{first.word}” itself is left out: “{best.word}”"
    place, asked = next((i, c) for i, c in enumerate(made.ranking) if c.asked)
    return f"It is “{best.word}”; “{asked.word}” itself would be {_ordinal(place + 1)}"


def _ordinal(number: int) -> str:
    """A place in a ranking.

    >>> [_ordinal(n) for n in (2, 3, 11, 22)]
    ['second', 'third', '11th', '22nd']
    """
    named = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return named.get(number, f"{number:,}{ending}")


def _term(term: Term, first: bool) -> str:
    sign = "−" if term.sign < 0 else "" if first else "+"
    return f"{sign} {term.word}".strip()
