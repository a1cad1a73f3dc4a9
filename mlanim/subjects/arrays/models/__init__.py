"""What the films of arrays compute: expressions, their operations, and where cells come from."""
