"""Manim's own functions, done sooner, to the same pixels."""
