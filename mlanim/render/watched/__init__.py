"""What a render reads and does outside of itself, and the state in which its scene stands."""
