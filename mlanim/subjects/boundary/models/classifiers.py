"""The classifiers that learn on screen: scikit-learn's, by the names of the articles."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal, get_args

from mlanim.errors import UsageError, did_you_mean
from mlanim.subjects.boundary.models.mars import Mars
from mlanim.subjects.boundary.models.own_estimator import estimator_maker

__all__ = [
    "MODELS",
    "ModelName",
    "Settings",
    "boosts_with_xgboost",
    "make_classifier",
    "unknown_model",
]


PASSES = 5  # of the perceptron through its sample


@dataclass(frozen=True)
class Settings:
    """What can be set; a model takes what concerns it."""

    k: int = 15  # neighbours
    kernel: str = "rbf"
    depth: int = 4
    trees: int = 100
    penalty: float = 1.0  # C of logistic and svm
    seed: int = 0


ModelName = Literal[
    "logistic",
    "lda",
    "qda",
    "mars",
    "knn",
    "svm",
    "tree",
    "forest",
    "xgboost",
    "mlp",
    "naive-bayes",
    "adaboost",
    "gaussian-process",
    "perceptron",
]
MODELS: tuple[str, ...] = get_args(ModelName)


def unknown_model(name: str) -> UsageError:
    """What is said of a name that no classifier has."""
    return UsageError(f"no model {name!r}", did_you_mean(name, (*MODELS, "MODULE:NAME")))


def make_classifier(name: Any, settings: Settings, count: int) -> Any:
    """An unfitted classifier for a sample of `count` points.

    name: one of MODELS, "module:name", or an estimator, of which a copy is given.

    Raises UsageError for an unknown name, and what `estimator_maker` raises.

    >>> make_classifier("knn", Settings(k=15), 8).n_neighbors   # no more than half the sample
    4
    """
    if not isinstance(name, str):
        return deepcopy(name)
    if ":" in name:
        return estimator_maker(name)()
    if name not in MODELS:
        raise unknown_model(name)
    return _MAKERS[name](settings, count)


def _scaled(model: Any) -> Any:
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), model)


def _logistic(s: Settings, count: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    # Newton steps: sure to arrive whatever the units of x and y are, and sooner with two of them.
    return LogisticRegression(C=100 * s.penalty, solver="newton-cholesky")


def _lda(s: Settings, count: int) -> Any:
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    # What is too flat is refused beforehand; a single point far away makes nothing flat.
    return LinearDiscriminantAnalysis(store_covariance=True, tol=1e-9)


def _qda(s: Settings, count: int) -> Any:
    from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis

    # So few points may lie on a line: a little regularisation until there are more. What is
    # little depends on the units of x and y. Later one far away leaves the others their shape.
    return _scaled(
        QuadraticDiscriminantAnalysis(
            reg_param=0.0 if count > 30 else 0.1, tol=0.0, store_covariance=True
        )
    )


def _knn(s: Settings, count: int) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(max(1, min(s.k, count // 2)))


def _svm(s: Settings, count: int) -> Any:
    from sklearn.svm import SVC

    if s.kernel not in ("linear", "poly", "rbf", "sigmoid"):
        hint = did_you_mean(s.kernel, ("linear", "poly", "rbf", "sigmoid"))
        raise UsageError(f"kernel={s.kernel!r}", hint)
    # Of three classes or more, predict what decides highest.
    return SVC(C=s.penalty, kernel=s.kernel, break_ties=True)


def _tree(s: Settings, count: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_depth=s.depth, random_state=s.seed)


def _forest(s: Settings, count: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(s.trees, min_samples_leaf=2, random_state=s.seed)


def boosts_with_xgboost() -> bool:
    """Whether xgboost is there; else scikit-learn's histogram boosting stands in for it."""
    try:
        import xgboost  # noqa: F401
    except ImportError:
        return False
    return True


def _xgboost(s: Settings, count: int) -> Any:
    if not boosts_with_xgboost():
        from sklearn.ensemble import HistGradientBoostingClassifier

        return HistGradientBoostingClassifier(
            max_iter=s.trees, max_depth=s.depth, min_samples_leaf=5, random_state=s.seed
        )
    from xgboost import XGBClassifier

    return XGBClassifier(n_estimators=s.trees, max_depth=s.depth, random_state=s.seed, n_jobs=1)


def _mlp(s: Settings, count: int) -> Any:
    from sklearn.neural_network import MLPClassifier

    return _scaled(
        MLPClassifier((16, 16), solver="lbfgs", alpha=0.01, max_iter=400, random_state=s.seed)
    )


def _naive_bayes(s: Settings, count: int) -> Any:
    from sklearn.naive_bayes import GaussianNB

    return GaussianNB()


def _adaboost(s: Settings, count: int) -> Any:
    from sklearn.ensemble import AdaBoostClassifier

    return AdaBoostClassifier(n_estimators=s.trees, random_state=s.seed)


def _gaussian_process(s: Settings, count: int) -> Any:
    from sklearn.gaussian_process import GaussianProcessClassifier
    from sklearn.gaussian_process.kernels import RBF

    return GaussianProcessClassifier(RBF(1.0), random_state=s.seed)


def _perceptron(s: Settings, count: int) -> Any:
    from sklearn.linear_model import Perceptron

    # Point by point in their order, so that its updates can be told (`perceptron_updates`).
    return Perceptron(shuffle=False, max_iter=PASSES, tol=None, random_state=s.seed)


_MAKERS: dict[str, Callable[[Settings, int], Any]] = {
    "logistic": _logistic,
    "lda": _lda,
    "qda": _qda,
    "mars": lambda s, count: Mars(),
    "knn": _knn,
    "svm": _svm,
    "tree": _tree,
    "forest": _forest,
    "xgboost": _xgboost,
    "mlp": _mlp,
    "naive-bayes": _naive_bayes,
    "adaboost": _adaboost,
    "gaussian-process": _gaussian_process,
    "perceptron": _perceptron,
}
