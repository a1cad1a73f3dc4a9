import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.attention_family import PathPage

states = np.random.default_rng(0).uniform(-1, 1, (5, 8))
shown = PathPage(["Ada", "ran", "and", "sang", "who?"], states, area=Area(0, 0, 12, 6))
