from mlanim.primitives import Area
from mlanim.subjects.words import WordBars
from mlanim.subjects.words.models.learned_words import load_words

vectors = load_words().vectors
near = vectors.nearest(vectors.of(["king"])[0], 5, ["king"])
shown = WordBars(*zip(*near, strict=True), limit=1.0, area=Area(0, 0, 12, 5))
