from manim import VGroup

from mlanim.models.boundary_data import known_problem
from mlanim.primitives import Area
from mlanim.subjects.boundary import BoundaryPlane

shown = BoundaryPlane((-3, 5, -3, 5), area=Area(0, 0, 6, 6))
margin = shown.values(known_problem("normals").margin)
shown.add(VGroup(shown.dashed(margin)))
