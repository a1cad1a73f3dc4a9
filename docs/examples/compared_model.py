from mlanim.models.boundary_data import known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.boundary_task import known_task
from mlanim.models.classifiers import Settings
from mlanim.primitives import Area, ComparedModel

task = known_task(known_problem("normals"), 64, 0)
fits = fit_growing(task, "knn", [16, 64], Settings())
shown = ComparedModel("k-NN", task, fits, most=0.5, area=Area(0, 0, 5, 5))
shown.set_stage(1)
