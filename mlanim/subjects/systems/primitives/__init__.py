"""Nouns of the scenes of systems."""
