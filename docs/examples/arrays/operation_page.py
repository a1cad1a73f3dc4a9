import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.arrays import OperationPage, fill
from mlanim.subjects.arrays.models.evaluation import evaluate

arrays = {"a": np.arange(6).reshape(2, 3), "b": np.array([10, 20, 30])}
shown = OperationPage(evaluate("a + b", arrays).operations[0], area=Area(-6, -2.5, 12, 5))
filling = fill(shown.result)  # the result's cells are blank until it is played
filling.begin()
filling.finish()
