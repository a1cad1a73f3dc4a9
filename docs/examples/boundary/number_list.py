from mlanim.primitives import Area
from mlanim.subjects.boundary import NumberList

shown = NumberList(
    [("points", 64, 0), ("updates", 3, 0), ("margin", 0.4125, 2)], area=Area(0, 0, 4, 3)
)
