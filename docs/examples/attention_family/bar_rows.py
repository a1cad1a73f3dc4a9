import numpy as np

from mlanim.primitives import Area
from mlanim.subjects.attention_family import BarRows
from mlanim.subjects.attention_family.models.soft_window import soft_window

left, right = np.zeros(10), np.zeros(10)
left[2], right[6] = 3, 3
made = soft_window(left, right)
shown = BarRows(
    "ab(cacb)ad",
    ["left edge", "right edge", "window"],
    [made.left, made.right, made.window],
    roles=["query", "key", "output"],
    area=Area(0, 0, 10, 5),
)
