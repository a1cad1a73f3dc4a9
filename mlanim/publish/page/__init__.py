"""The explainer as an article that a reader plays with: vectors and numbers instead of a film."""
