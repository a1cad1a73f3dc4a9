from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import BoundaryPlane, NeighbourProbe
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.task import known_task

task = known_task(known_problem("moons"), 64, 0)
(fit,) = fit_growing(task, "knn", [64], Settings())
plane = BoundaryPlane(task.view, area=Area(0, 0, 6, 6))
shown = NeighbourProbe(plane, fit, ["0", "1"], area=Area(6.5, 0, 4, 3))
shown.set_at(fit.points.mean(axis=0))
