import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area, AttentionMap

weights = softmax(2 * np.random.default_rng(0).normal(size=(12, 12)))
shown = AttentionMap(weights, [f"w{i}" for i in range(12)], area=Area(0, 0, 6, 6))
