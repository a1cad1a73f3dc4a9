"""What was made before: the cache, records of what was read, promises, formulas."""
