"""What is computed of means."""
