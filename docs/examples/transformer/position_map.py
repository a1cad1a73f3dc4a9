from mlanim.models.positions import sinusoidal
from mlanim.primitives import Area
from mlanim.subjects.transformer import PositionMap

shown = PositionMap(sinusoidal(20, 32), area=Area(0, 0, 12, 6))
