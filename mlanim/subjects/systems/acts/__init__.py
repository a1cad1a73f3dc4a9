"""What is played in the steps of the scenes of systems."""
