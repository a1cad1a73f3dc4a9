"""A scene is set up and played: Manim's configuration, its renderer, those who look on."""
