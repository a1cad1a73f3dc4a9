import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area
from mlanim.subjects.language_model import SamplingPage

logits = np.array([3.1, 2.2, 1.9, 0.4])
names = ["mat", "sofa", "roof", "moon"]
shown = SamplingPage(names, logits, softmax(logits), dropped=8, draw=0.62, area=Area(0, 0, 12, 6))
