from mlanim.primitives import Area
from mlanim.subjects.words.models.traits import FIVE, PEOPLE, SCORES
from mlanim.subjects.words.primitives import TraitPlane

shown = TraitPlane(PEOPLE, SCORES[:, :2], FIVE[:2], area=Area(0, 0, 7, 7))
