"""Acts that scenes of several subjects play; those of one subject lie in its own room."""
