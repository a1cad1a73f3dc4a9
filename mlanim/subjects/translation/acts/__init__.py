"""Steps of attention, an act each."""
