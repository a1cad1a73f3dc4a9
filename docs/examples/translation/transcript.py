from mlanim.primitives import Area
from mlanim.subjects.translation import Transcript

shown = Transcript(["the", "European", "Economic", "Area"], area=Area(0, 0, 8, 0.5))
shown.add(shown.words)
