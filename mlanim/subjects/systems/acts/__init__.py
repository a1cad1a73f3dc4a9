"""What is played in the steps of the scene of systems."""
