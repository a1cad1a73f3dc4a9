"""What is known of the code that runs: that it is Manim's or mlanim's, as it was imported."""
