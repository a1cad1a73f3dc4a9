from mlanim.primitives import Area, Heading

shown = Heading("Score every hidden state", area=Area(0, 0, 8, 4))
