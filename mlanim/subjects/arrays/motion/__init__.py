"""Verbs of arrays: cells meet, gather, stretch and travel."""

from mlanim.subjects.arrays.motion.gather import fill, gather, show_dashes, stretch

__all__ = ["fill", "gather", "show_dashes", "stretch"]
