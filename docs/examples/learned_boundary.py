from mlanim.models.boundary_data import known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.boundary_task import known_task
from mlanim.models.classifiers import Settings
from mlanim.primitives import Area, BoundaryPlane, LearnedBoundary

task = known_task(known_problem("moons"), 64, 0)
fits = fit_growing(task, "svm", [16, 64], Settings())
plane = BoundaryPlane(task.view, area=Area(0, 0, 6, 6))
shown = LearnedBoundary(plane, fits)
shown.set_stage(1)
