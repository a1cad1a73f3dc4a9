"""Nouns of arrays: grids of numbered cells, and the pages that they stand on."""
