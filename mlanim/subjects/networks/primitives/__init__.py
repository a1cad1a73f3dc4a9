"""Nouns of the scenes of neural networks."""
