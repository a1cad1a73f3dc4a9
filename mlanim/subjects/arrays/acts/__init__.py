"""What the scene `numpy` plays, step by step."""
