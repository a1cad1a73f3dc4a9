"""People by their traits, from -1 to 1: the worked example with which vectors are introduced.

The numbers are those of Alammar, "The Illustrated Word2vec" (2019): introversion, and then all of
the five traits that psychologists measure.
"""

from __future__ import annotations

import numpy as np

__all__ = ["FIVE", "PEOPLE", "SCORES"]

PEOPLE = ("Jay", "Ann", "Tom")
FIVE = ("open", "careful", "outgoing", "agreeable", "anxious")
#: (3 people, 5 traits); the first two columns are the two traits of the first page
SCORES = np.array(
    [
        [-0.4, 0.8, 0.5, -0.2, 0.3],
        [-0.3, 0.2, 0.3, -0.4, 0.9],
        [-0.5, -0.4, -0.2, 0.7, -0.1],
    ]
)
SCORES.flags.writeable = False
