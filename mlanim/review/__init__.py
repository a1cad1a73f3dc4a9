"""Review: look at a scene as a picky reader would; storyboards and the lint of `mlanim check`."""
