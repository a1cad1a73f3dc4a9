from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import TreeDiagram
from mlanim.subjects.boundary.models.classifiers import Settings
from mlanim.subjects.boundary.models.fit import fit_growing
from mlanim.subjects.boundary.models.manners import tree_splits
from mlanim.subjects.boundary.models.task import known_task

task = known_task(known_problem("mixture"), 64, 0)
(fit,) = fit_growing(task, "tree", [64], Settings())
shown = TreeDiagram(tree_splits(fit.model), area=Area(0, 0, 8, 5))
