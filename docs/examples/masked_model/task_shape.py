from mlanim.primitives import Area
from mlanim.subjects.masked_model import TaskShape

words = ["she", "reads", "books"]
shown = TaskShape("tagging", words, {0: "pron.", 1: "verb", 2: "noun"}, area=Area(0, 0, 7, 5))
