"""What the systems compute: programs and their search, views of depth, numbers of eight bits."""
