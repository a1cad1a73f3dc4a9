"""Words as vectors: how they are made, what they can do, and anybody's own."""
