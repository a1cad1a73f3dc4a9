import numpy as np

from mlanim.primitives import ClassMarks

rng = np.random.default_rng(0)
kinds = np.arange(60) % 6
around = 2 * np.c_[np.cos(kinds * np.pi / 3), np.sin(kinds * np.pi / 3), np.zeros(60)]
shown = ClassMarks(around + rng.normal(size=(60, 3)) * [0.4, 0.4, 0], kinds, classes=6)
