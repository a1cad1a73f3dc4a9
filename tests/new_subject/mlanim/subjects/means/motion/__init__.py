"""Verbs of means."""
