"""Systems of boxes and wires: where they stand on a page, and how wires find their way."""
