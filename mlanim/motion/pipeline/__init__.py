"""Verbs for systems: packets are sent, changed, refused and counted."""
