"""What each step of the explainer of a model's thoughts plays."""
