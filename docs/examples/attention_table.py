import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area, AttentionTable

states = np.random.default_rng(0).normal(size=(3, 8))
scores = states @ states[1]
shown = AttentionTable(
    ["je", "suis", "étudiant"], states, scores, softmax(scores), area=Area(0, 0, 12, 5)
)
shown.add(shown.scores, shown.bars, shown.weighted, shown.context)
