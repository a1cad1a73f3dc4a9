import numpy as np

from mlanim.subjects.arrays import ArrayGrid

shown = ArrayGrid(np.arange(24).reshape(2, 3, 4), name="a")
