"""What word2vec computes, with NumPy; no Manim."""
