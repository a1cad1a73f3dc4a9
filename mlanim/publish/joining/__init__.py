"""Films and title cards one behind the other, in one film, whose pictures are not encoded again."""
