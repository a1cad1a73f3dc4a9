from mlanim.primitives import AttentionMatrix

weights = [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.1, 0.8]]
shown = AttentionMatrix(weights, ["I", "am", "student"], ["je", "suis", "étudiant"])
