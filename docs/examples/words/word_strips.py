from mlanim.primitives import Area
from mlanim.subjects.words.models.learned_words import load_words
from mlanim.subjects.words.primitives import WordStrips

words = ["king", "queen", "water"]
shown = WordStrips(words, load_words().vectors.of(words), area=Area(0, 0, 12, 5))
