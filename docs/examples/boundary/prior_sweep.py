import numpy as np

from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import PriorSweep

problem = known_problem("normals")
points, kinds = problem.sample(np.random.default_rng(0), 200)
shown = PriorSweep(problem, points, kinds, page=Area(0, 0, 6, 6), panel=Area(6.5, 0, 5, 6))
