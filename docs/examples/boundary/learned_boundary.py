from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import BoundaryPlane, LearnedBoundary
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.task import known_task

task = known_task(known_problem("moons"), 64, 0)
fits = fit_growing(task, "svm", [16, 64], Settings())
plane = BoundaryPlane(task.view, area=Area(0, 0, 6, 6))
shown = LearnedBoundary(plane, fits)
shown.set_stage(1)
