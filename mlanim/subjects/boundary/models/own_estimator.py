"""A reader's own classifier, by the name of its module and of what makes it there."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from mlanim.errors import MlanimError, UsageError, did_you_mean

__all__ = ["checked_estimator", "estimator_maker", "estimator_name"]


def estimator_maker(name: str) -> Callable[[], Any]:
    """What makes an unfitted estimator, from "module:name", looked up in the working folder too.

    The name is of a class or function that is called without arguments, or of an estimator.

    Raises UsageError for a name that leads nowhere, MlanimError where the module or the call fails.

    >>> estimator_maker("sklearn.neighbors:KNeighborsClassifier")().n_neighbors
    5
    """
    module_name, _, attribute = name.partition(":")
    if not module_name or not attribute.isidentifier():
        raise UsageError(f"model {name!r}", "write MODULE:NAME, such as my_module:make_model")
    with _working_folder():
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            if error.name and module_name.split(".")[0] == error.name.split(".")[0]:
                hint = "it is looked up in this folder and among what is installed"
                raise UsageError(f"no module {module_name!r}", hint) from None
            raise MlanimError(
                f"module {module_name!r}: {error}", "install what it needs"
            ) from error
        except Exception as error:  # whatever the reader's module does
            what = f"module {module_name!r}: {type(error).__name__}: {error}"
            raise MlanimError(what, "--debug shows where") from error
    if not hasattr(module, attribute):
        hint = did_you_mean(attribute, [n for n in vars(module) if not n.startswith("_")])
        raise UsageError(f"{module_name} has no {attribute!r}", hint or "name what makes the model")
    made = getattr(module, attribute)
    is_estimator = hasattr(made, "fit") and not isinstance(made, type)

    def make() -> Any:
        try:
            model = deepcopy(made) if is_estimator else made()
        except Exception as error:
            what = f"{name}(): {type(error).__name__}: {error}"
            raise MlanimError(what, "it is called without arguments") from error
        return checked_estimator(model)

    return make


def checked_estimator(model: Any) -> Any:
    """The model, if it can fit and predict; UsageError else."""
    for verb in ("fit", "predict"):
        if isinstance(model, type) or not callable(getattr(model, verb, None)):
            kind = model.__name__ if isinstance(model, type) else type(model).__name__
            what = f"{kind}, a class" if isinstance(model, type) else f"{kind} without {verb}"
            raise UsageError(what, "give an estimator in scikit-learn's manner")
    if (kind := _other_kind(model)) in ("regressor", "clusterer"):
        does = "predicts numbers" if kind == "regressor" else "finds groups of its own"
        what = f"{estimator_name(model)} is a {kind}: it {does}, not the classes that are given"
        raise UsageError(what, "give a classifier")
    return model


def _other_kind(model: Any) -> str:
    """What scikit-learn says that an estimator is; nothing of those that do not say it."""
    said = getattr(model, "_estimator_type", None)
    with suppress(Exception):  # no tags, or those of another version
        said = said or model.__sklearn_tags__().estimator_type
    return said if isinstance(said, str) else ""


def estimator_name(model: Any) -> str:
    """What an estimator is called: by a `name` that it declares, else by its class.

    A pipeline is called as what it ends in.

    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.preprocessing import StandardScaler
    >>> from sklearn.svm import SVC
    >>> estimator_name(SVC()), estimator_name(make_pipeline(StandardScaler(), SVC()))
    ('SVC', 'SVC')
    >>> model = SVC()
    >>> model.name = "Mine, of 1995"
    >>> estimator_name(model)
    'Mine, of 1995'
    """
    declared = getattr(model, "name", None)
    if isinstance(declared, str) and declared.strip() and declared.isprintable():
        return declared.strip()
    inner = None
    if isinstance(steps := getattr(model, "steps", None), list) and steps:
        inner = steps[-1][-1] if isinstance(steps[-1], tuple) else None
    return type(model).__name__ if inner is None else estimator_name(inner)


@contextmanager
def _working_folder() -> Iterator[None]:
    """Scripts find their neighbours, and so does a command run beside them."""
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        yield
    finally:
        sys.path.remove(here)
