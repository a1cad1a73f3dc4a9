from mlanim.primitives import Area
from mlanim.subjects.words import WordMap
from mlanim.subjects.words.models.learned_words import load_words
from mlanim.subjects.words.models.principal_components import main_plane

words = ["king", "queen", "paris", "rome", "cat", "cats"]
rows = load_words().vectors.of(words)
kinds = [0, 0, 1, 1, 2, 2]
shown = WordMap(words, main_plane(rows).places(rows), kinds=kinds, area=Area(0, 0, 12, 6))
