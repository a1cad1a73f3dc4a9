from mlanim.primitives import Area
from mlanim.subjects.words import TextWindow

shown = TextWindow(["a", "window", "goes", "over", "running", "text"], 2, area=Area(0, 0, 12, 2))
shown.add(shown.centre(2), shown.neighbours(2))
