import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area
from mlanim.subjects.transformer import HeadMaps

weights = softmax(2 * np.random.default_rng(0).normal(size=(4, 5, 5)))
words = ["the", "cat", "sat", "on", "it"]
shown = HeadMaps(weights, words, words, area=Area(0, 0, 12, 5))
