import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.language_model import TokenClimb

states = np.cumsum(np.random.default_rng(0).normal(size=(5, 12)), axis=0)
shown = TokenClimb("it", states, area=Area(0, 0, 8, 6.5))
