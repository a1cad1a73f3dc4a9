import numpy as np

from mlanim.models.dot_product_attention import scaled_dot_product
from mlanim.primitives import Area
from mlanim.subjects.transformer import SelfAttentionTable

queries, keys, values = np.random.default_rng(0).normal(size=(3, 3, 4))
trace = scaled_dot_product(queries[:1], keys, values)
shown = SelfAttentionTable(
    ["robots", "dream", "too"],
    queries[0],
    keys,
    values,
    trace,
    looking="robots",
    area=Area(0, 0, 13, 6),
)
