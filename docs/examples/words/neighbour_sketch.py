from mlanim.primitives import Area
from mlanim.subjects.words import NeighbourSketch
from mlanim.subjects.words.models.learned_words import load_words

around = ["the", "crown", "he", "court"]
vectors = load_words().vectors.of(around)
shown = NeighbourSketch("king", around, vectors, way="in", area=Area(0, 0, 7, 5))
