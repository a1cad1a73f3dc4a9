"""What each step of the explainer of the attention family plays."""
