from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import ComparedModel
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.task import known_task

task = known_task(known_problem("normals"), 64, 0)
fits = fit_growing(task, "knn", [16, 64], Settings())
shown = ComparedModel("k-NN", task, fits, most=0.5, area=Area(0, 0, 5, 5))
shown.set_stage(1)
