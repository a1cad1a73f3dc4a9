"""Nouns of this subject alone."""
