"""What each step of the explainer of modern attention plays."""
