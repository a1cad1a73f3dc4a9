from mlanim.primitives import Formula

shown = Formula('"softmax"((Q K^T) / sqrt(d_k)) V', size="title", role="score")
