"""Single frames and vectors: look at chosen moments without drawing the rest."""
