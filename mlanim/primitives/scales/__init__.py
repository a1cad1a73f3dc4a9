"""What tells a reader how much a colour stands for."""
