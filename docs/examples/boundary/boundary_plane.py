from manim import VGroup

from mlanim.primitives import Area
from mlanim.subjects.boundary import BoundaryPlane
from mlanim.subjects.boundary.models.data import known_problem

shown = BoundaryPlane((-3, 5, -3, 5), area=Area(0, 0, 6, 6))
margin = shown.values(known_problem("normals").margin)
shown.add(VGroup(shown.dashed(margin)))
