from mlanim.primitives import Area
from mlanim.subjects.translation import Alignment

weights = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.1, 0.8]]
shown = Alignment(
    ["je", "suis", "étudiant"], ["I", "am", "student"], weights, area=Area(0, 0, 12, 5)
)
shown.add(shown.arrows, shown.pair.target)
for row in range(3):
    shown.matrix.reveal_row(row)
