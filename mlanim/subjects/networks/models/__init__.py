"""What the scenes of neural networks compute; no Manim here."""
