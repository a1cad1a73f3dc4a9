"""What this subject computes."""
