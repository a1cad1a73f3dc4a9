"""The interpreters in which a scene is drawn both ways, to be compared."""
