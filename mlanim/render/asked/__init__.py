"""What was asked for: the spec, sizes, codecs, destinations."""
