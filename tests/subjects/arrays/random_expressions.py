"""Random expressions of the whitelist for hypothesis, with the arrays that they are about."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

__all__ = ["ARRAYS", "NAMESPACE", "expressions"]

ARRAYS = {
    "a": np.array([[3, 1, 4], [1, 5, 9]]),
    "b": np.array([2.5, -1.0, 0.5]),
    "c": np.array([[1], [-2]]),
    "m": np.array([[2, 0], [1, 3], [0, 1]]),
}
#: What the text may use when Python itself evaluates it.
NAMESPACE: dict[str, Any] = {"__builtins__": {}, "np": np, **ARRAYS}

_LEAVES = st.sampled_from(
    ["a", "b", "c", "m", "a.T", "2", "0.5", "np.arange(3)", "np.ones((2, 3))"]
)
_BINARY = ["+", "-", "*", "/", "//", "%", "<", ">=", "==", "@"]
_CELLWISE = ["abs", "sign", "square", "floor", "exp", "tanh", "negative", "isnan", "rint"]
_REDUCING = ["sum", "mean", "max", "min", "prod", "std", "any", "argmax", "median", "ptp"]
_MOVING = [
    "np.transpose({})",
    "np.ravel({})",
    "np.flip({})",
    "np.sort({})",
    "np.cumsum({})",
    "np.diff({})",
    "np.roll({}, 1)",
    "np.repeat({}, 2)",
    "np.tile({}, 2)",
    "np.expand_dims({}, 0)",
    "np.squeeze({})",
    "np.stack([{0}, {0}])",
    "np.concatenate([{0}, {0}], axis=-1)",
    "np.outer({0}, {0})",
    "np.dot({0}, {0})",
    "np.inner({0}, {0})",
    "np.where({0} > 1, {0}, 0)",
    "np.clip({}, 0, 2)",
    "np.einsum('...i->...', {})",
    "({})[0]",
    "({})[..., ::-1]",
    "({0})[({0}) > 0]",
    "({})[[0, 1]]",
    "({})[None]",
]


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    axes = st.sampled_from(["", ", axis=0", ", axis=-1", ", axis=0, keepdims=True"])
    return st.one_of(
        st.builds("({}) {} ({})".format, inner, st.sampled_from(_BINARY), inner),
        st.builds("np.{}({})".format, st.sampled_from(_CELLWISE), inner),
        st.builds("np.{}({}{})".format, st.sampled_from(_REDUCING), inner, axes),
        st.builds(lambda form, text: form.format(text), st.sampled_from(_MOVING), inner),
    )


expressions = st.recursive(_LEAVES, _more, max_leaves=4)
