"""What came after the first transformers: positions that turn, shared heads, windows, experts."""
