"""What a scene is made of: its timeline, segments, their addresses and openings."""
