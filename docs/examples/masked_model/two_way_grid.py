import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.masked_model import TwoWayGrid

layers = np.random.default_rng(0).normal(size=(3, 3, 8))
weights = np.array([0.2, 0.5, 0.3])
mixed = np.tensordot(weights, layers[:, 1], axes=1)
shown = TwoWayGrid(["stick", "to", "it"], layers, weights, mixed, 1, area=Area(0, 0, 12, 6))
