import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.attention_family import CurveChart

steps = np.arange(20)
curves = {"fades": np.stack([steps, 0.5**steps], axis=1), "stays": [[0, 1], [19, 0.7]]}
shown = CurveChart(
    curves, y=(1e-6, 1), log=True, names=("words back", "gradient"), area=Area(0, 0, 9, 5)
)
