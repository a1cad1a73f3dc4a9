"""Who draws the segments: this process, forked children, replays elsewhere."""
