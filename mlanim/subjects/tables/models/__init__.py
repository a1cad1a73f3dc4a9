"""What a chain of pandas methods does to a table, and where each cell came from; no Manim."""
