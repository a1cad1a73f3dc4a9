"""Nouns of the scene of systems."""
