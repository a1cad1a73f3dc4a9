"""Verbs of this subject alone."""
