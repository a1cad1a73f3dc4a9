from mlanim.models.boundary_data import known_problem
from mlanim.models.boundary_fit import fit_growing
from mlanim.models.boundary_manners import tree_splits
from mlanim.models.boundary_task import known_task
from mlanim.models.classifiers import Settings
from mlanim.primitives import Area, TreeDiagram

task = known_task(known_problem("mixture"), 64, 0)
(fit,) = fit_growing(task, "tree", [64], Settings())
shown = TreeDiagram(tree_splits(fit.model), area=Area(0, 0, 8, 5))
