"""Axes, what is drawn between them, and the marks of classes."""
