"""What each step about tables plays."""
