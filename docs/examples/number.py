from mlanim.primitives import Number

shown = Number(-0.305, size="title", role="score")
