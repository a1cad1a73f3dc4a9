import numpy as np

from mlanim.primitives import TensorBox

values = np.random.default_rng(0).normal(size=(3, 5))
shown = TensorBox(values, cell=0.8, label="W", role="query")
