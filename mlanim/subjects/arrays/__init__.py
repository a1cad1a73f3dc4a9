"""Arrays: NumPy expressions, evaluated part by part, with where each cell came from."""
