import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.transformer import WavePlot

shown = WavePlot(np.sin(np.arange(30) / 3), name="dimension 0", area=Area(0, 0, 8, 2.5))
