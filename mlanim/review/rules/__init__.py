"""The rules of the lint: pure functions from pictures of a scene to findings."""
