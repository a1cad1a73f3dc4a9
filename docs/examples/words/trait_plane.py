from mlanim.primitives import Area
from mlanim.subjects.words import TraitPlane
from mlanim.subjects.words.models.traits import FIVE, PEOPLE, SCORES

shown = TraitPlane(PEOPLE, SCORES[:, :2], FIVE[:2], area=Area(0, 0, 7, 7))
