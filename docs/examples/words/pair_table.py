from mlanim.primitives import Area
from mlanim.subjects.words import PairTable
from mlanim.subjects.words.models.skip_gram import window_pairs

text = ["a", "window", "goes", "over", "running", "text"]
pairs = [(text[i], text[j]) for i, j in window_pairs(range(len(text)), 2)]
shown = PairTable(pairs, area=Area(0, 0, 12, 5))
