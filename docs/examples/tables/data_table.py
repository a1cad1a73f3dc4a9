import pandas as pd

from mlanim.primitives import Area
from mlanim.subjects.tables import DataTable

plays = {"genre": ["jazz", "rock", "folk"], "plays": [260, 515, 195], "hours": [18.75, 12.0, None]}
shown = DataTable(pd.DataFrame(plays), area=Area(0, 0, 8, 4))
