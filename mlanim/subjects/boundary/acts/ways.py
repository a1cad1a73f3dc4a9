"""Which act tells how a classifier learns, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mlanim.subjects.boundary.acts import lines as boundary_lines
from mlanim.subjects.boundary.acts import votes as boundary_votes
from mlanim.subjects.boundary.acts.page import Page
from mlanim.subjects.boundary.models.own_estimator import estimator_name
from mlanim.words.table import AsIs

__all__ = ["WAYS", "Way", "called"]


@dataclass(frozen=True)
class Way:
    """A model's name, in full and short, the heading and caption of the act that shows its manner,
    the act, and whether it needs exactly two classes."""

    name: str
    short: str
    heading: str
    say: str
    act: Callable[[Page], None]
    of_two: bool = False


def called(models: Sequence[str], estimators: Sequence[Any], *, short: bool = False) -> list[str]:
    """What models are called on screen: a reader's own by the name of its estimator.

    Where several would be called alike, such as one with other settings, they are called as the
    reader calls them in the module.

    >>> from mlanim.subjects.boundary.models.mars import Mars
    >>> called(["svm", "mine:make_one"], [None, Mars()])
    ['Support vector machine', 'Mars']
    >>> called(["mine:few", "mine:many"], [Mars(), Mars()])
    ['few', 'many']
    """
    names = []
    for model, estimator in zip(models, estimators, strict=True):
        way = WAYS.get(model)
        own = AsIs(estimator_name(estimator) if way is None else "")
        names.append(own if way is None else way.short if short else way.name)
    return [
        AsIs(model.rpartition(":")[2]) if ":" in model and names.count(name) > 1 else name
        for model, name in zip(models, names, strict=True)
    ]


WAYS = {
    "logistic": Way(
        "Logistic regression",
        "logistic",
        "A straight line, and how sure it is",
        "Logistic regression weighs both coordinates. The further from the line, the surer it is.",
        boundary_lines.probabilities,
        of_two=True,
    ),
    "lda": Way(
        "Linear discriminant analysis",
        "LDA",
        "One shape for all classes",
        "Linear discriminant analysis fits a normal distribution to each class, all of one shape. "
        "So the boundary is straight.",
        boundary_lines.normals,
    ),
    "qda": Way(
        "Quadratic discriminant analysis",
        "QDA",
        "A shape for each class",
        "Quadratic discriminant analysis gives each class a shape of its own. So the boundary "
        "bends.",
        boundary_lines.normals,
    ),
    "naive-bayes": Way(
        "Naive Bayes",
        "naive Bayes",
        "Each coordinate on its own",
        "Naive Bayes takes the coordinates for independent: its normal distributions never lean.",
        boundary_lines.normals,
    ),
    "mars": Way(
        "Adaptive regression splines",
        "MARS",
        "Hinges, pair by pair",
        "Regression splines add pairs of hinges where they help most. Along each crease the "
        "surface bends.",
        boundary_lines.hinges,
        of_two=True,
    ),
    "knn": Way(
        "k nearest neighbours",
        "k-NN",
        "The nearest points vote",
        "Nothing is fitted: wherever it is asked, the nearest points vote.",
        boundary_votes.neighbours,
    ),
    "svm": Way(
        "Support vector machine",
        "SVM",
        "Margins and support vectors",
        "A support vector machine looks for the widest margin. Only the points on it or across "
        "it matter.",
        boundary_lines.margins,
        of_two=True,
    ),
    "tree": Way(
        "Decision tree",
        "tree",
        "Split by split",
        "A tree cuts the plane in two, again and again, each time where the classes part best.",
        boundary_votes.splits,
    ),
    "forest": Way(
        "Random forest",
        "forest",
        "Many trees vote",
        "Each tree saw another sample of the same points. Alone they are rash; together they vote.",
        boundary_votes.forest,
    ),
    "xgboost": Way(
        "Gradient boosting",
        "xgboost",
        "Round after round",
        "Boosting adds small trees, each fitted to what the sum still gets wrong.",
        boundary_votes.rounds,
        of_two=True,
    ),
    "adaboost": Way(
        "AdaBoost",
        "AdaBoost",
        "Round after round",
        "AdaBoost adds cuts, each chosen with more weight on the points that were wrong so far.",
        boundary_votes.rounds,
        of_two=True,
    ),
    "mlp": Way(
        "A small neural network",
        "network",
        "Bent along many lines",
        "Each unit of the first layer bends along one line. The next layers add the bends up.",
        boundary_lines.hidden_units,
    ),
    "gaussian-process": Way(
        "Gaussian process",
        "Gauss. process",
        "Sure where there are points",
        "A Gaussian process is sure near what it saw, and less so further away.",
        boundary_lines.probabilities,
        of_two=True,
    ),
    "perceptron": Way(
        "Perceptron",
        "perceptron",
        "From mistake to mistake",
        "The perceptron turns its line at each point that it gets wrong, and at no other.",
        boundary_lines.updates,
        of_two=True,
    ),
}
