"""Verbs of arrays: cells meet, gather, stretch and travel."""
