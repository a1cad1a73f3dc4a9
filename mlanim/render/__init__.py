"""From a scene and a RenderSpec to files. The only room that touches Manim's configuration."""
