"""Verbs of the scenes of neural networks."""
