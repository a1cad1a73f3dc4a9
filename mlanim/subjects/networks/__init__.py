"""Neural networks: a line through three houses, the graph of gradients, a network that learns."""
