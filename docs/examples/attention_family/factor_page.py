from mlanim.primitives import Area
from mlanim.subjects.attention_family import FactorPage
from mlanim.subjects.attention_family.models.ratings import factorise

made = factorise(seed=1)
shown = FactorPage(made, area=Area(-6.5, -3.5, 13, 7)).set_stage(len(made.losses) - 1)
