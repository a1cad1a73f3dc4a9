"""Tastes times traits: the ratings, one product, the descent, and what nobody has rated."""

from __future__ import annotations

import numpy as np

from mlanim import motion as do
from mlanim.explainer import Explainer
from mlanim.primitives import format_number
from mlanim.subjects.attention_family import FactorPage
from mlanim.subjects.attention_family.models.ratings import FILMS, SEEN, USERS, factorise

__all__ = ["recommend", "recommended"]


def recommend(scene: Explainer, seed: int) -> None:
    """The page of a factorisation, from the stated ratings to the guessed ones."""
    made = factorise(seed)
    page = FactorPage(made, **scene.on(scene.body))
    ratings, tastes, traits, products = page.titles
    scene.turn_to("Five people, six films", page.ratings, page.unknown, ratings)
    scene.wait(1.6)
    scene.play(
        scene.retitle("Two numbers each, by chance"),
        do.appear(page.tastes, tastes, page.traits, traits, lag=0.15),
    )
    scene.wait(1.2)
    row = [page.tastes.cell_at(0, k) for k in range(2)]
    column = [page.traits.cell_at(k, 0) for k in range(2)]
    meeting = page.products.cell_at(0, 0)
    scene.play(
        scene.retitle(one_product(page)),
        do.highlight(*row, *column, theme=scene.theme, run_time=2.4),
        do.after(0.8, do.carry(row[0], meeting), do.carry(column[0], meeting)),
    )
    scene.play(do.appear(page.products, products))
    if len(page.loss):
        scene.play(do.appear(page.loss))
    scene.wait(1.2)
    scene.play(scene.retitle("Descent on the squared error"))
    last = len(made.losses) - 1
    scene.play(do.learn(page, stage=20, run_time=3.0))
    scene.play(do.learn(page, stage=last, run_time=4.0))
    scene.wait(0.8)
    user, film, guess = recommended(made.products(last))
    told = f"“{USERS[user]}” on “{FILMS[film]}”: {format_number(guess, 1)}"
    guessed = page.products.cell_at(user, film)
    scene.play(
        scene.retitle(told),  # and a frame of the ratings' colour, which differs from the cells'
        do.highlight(guessed, role="encoder", theme=scene.theme, buff=0.03, stays=True),
    )
    scene.wait(2.4)


def one_product(page: FactorPage) -> str:
    """The first taste times the first trait, in numbers."""
    pairs = zip(page.tastes.values[0], page.traits.values[:, 0], strict=True)
    parts = [f"{format_number(a, 1)} × {format_number(b, 1)}" for a, b in pairs]
    return f"{' + '.join(parts)} = {format_number(page.products.values[0, 0], 1)}"


def recommended(products: np.ndarray) -> tuple[int, int, float]:
    """User, film and value of the best guess among what was not rated."""
    guesses = np.where(SEEN, -np.inf, products)
    user, film = np.unravel_index(int(guesses.argmax()), guesses.shape)
    return int(user), int(film), float(guesses[user, film])
