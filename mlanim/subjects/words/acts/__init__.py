"""What each step of the explainer of word vectors plays."""
