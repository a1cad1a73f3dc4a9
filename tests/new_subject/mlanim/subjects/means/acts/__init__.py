"""Acts of means, one a step."""
