from mlanim.primitives import Area
from mlanim.subjects.attention_family import CopyRows

shown = CopyRows("lkgjc", {"no attention": "lkgcc", "attention": "lkgjc"}, area=Area(0, 0, 9, 4))
