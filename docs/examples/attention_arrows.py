from mlanim.primitives import AttentionArrows, TokenRow

words = TokenRow(["the", "animal", "it", "street"], role="encoder")
target = [words.get_x(), words.get_top()[1] + 2.5, 0]
shown = AttentionArrows(list(words.tokens), target, [0.05, 0.7, 0.15, 0.1], role="score")
