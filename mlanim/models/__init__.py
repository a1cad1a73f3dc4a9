"""Models in NumPy: they compute and return arrays; nothing here draws."""
