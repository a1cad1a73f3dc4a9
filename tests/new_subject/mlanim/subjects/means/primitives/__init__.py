"""Nouns of means."""
