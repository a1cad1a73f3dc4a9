"""Verbs of the explainer of word vectors."""

from mlanim.subjects.words.motion.add_vector import add_vector
from mlanim.subjects.words.motion.leave_pairs import leave_pairs

__all__ = ["add_vector", "leave_pairs"]
