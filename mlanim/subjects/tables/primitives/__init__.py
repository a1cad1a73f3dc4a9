"""Nouns of tables."""
