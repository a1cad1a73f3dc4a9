import numpy as np

from mlanim.models.softmax import softmax
from mlanim.primitives import Area
from mlanim.subjects.transformer import DecodingPage

rng = np.random.default_rng(0)
future = np.triu(np.full((3, 3), -np.inf), 1)
shown = DecodingPage(
    ["je", "suis", "étudiant"],
    rng.normal(size=(3, 6)),
    ["<start>", "I", "am"],
    ["I", "am", "a"],
    own=softmax(rng.normal(size=(3, 3)) + future),
    cross=softmax(2 * rng.normal(size=(3, 3))),
    probabilities=[0.91, 0.84, 0.77],
    area=Area(0, 0, 12, 6.5),
)
