import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area
from mlanim.subjects.language_model import KeyValueTable

queries, keys, values = np.random.default_rng(1).normal(size=(3, 3, 4))
weights = softmax(queries @ keys.T / 2 + np.triu(np.full((3, 3), -np.inf), 1))
shown = KeyValueTable(
    ["the", "cat", "sat"],
    queries,
    keys,
    values,
    weights,
    weights @ values,
    area=Area(0, 0, 12, 5),
)
shown.add(shown.query(2), shown.bars(2), shown.sum(2))
