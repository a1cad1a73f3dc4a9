from mlanim.primitives import Area
from mlanim.subjects.words import WordStrips
from mlanim.subjects.words.models.learned_words import load_words

words = ["king", "queen", "water"]
shown = WordStrips(words, load_words().vectors.of(words), area=Area(0, 0, 12, 5))
