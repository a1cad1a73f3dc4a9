"""Publishing: what readers get to see of a film, in the shape of the place where they are."""
