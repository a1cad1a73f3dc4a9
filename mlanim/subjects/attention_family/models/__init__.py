"""Computations: NumPy alone, with their gradients by hand."""
