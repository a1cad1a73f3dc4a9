import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.boundary import VoteGrid

votes = (np.random.default_rng(0).random(60) < 0.4).astype(int)
shown = VoteGrid(votes, ["left", "right"], area=Area(0, 0, 6, 3))
