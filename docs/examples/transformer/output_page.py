import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area
from mlanim.subjects.transformer import OutputPage

words = ["a", "am", "I", "student", "the", "thanks"]
rng = np.random.default_rng(2)
vector, logits = rng.normal(size=8), 2 * rng.normal(size=6)
shown = OutputPage(vector, logits, softmax(logits), words, area=Area(0, 0, 12, 6.5))
