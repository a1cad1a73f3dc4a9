import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.networks import PredictedPage
from mlanim.subjects.networks.models.linear_fit import descend_line

inputs = np.array([[-1.0, 0.5], [0.0, -1.0], [1.0, 0.5]])  # less their means
targets = np.array([1.0, 2.0, 2.5])
path = descend_line(inputs, targets, np.zeros(3), 20)
area = Area(-7, -4, 14, 7)
shown = PredictedPage(
    inputs,
    targets,
    path,
    area=area,
    best=np.array([0.75, 0.1, 1.83]),
    names=("rooms", "garden", "price"),
)
