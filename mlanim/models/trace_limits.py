"""How large a captured trace may be; `mlanim show FILE` and the guide tell these too."""

__all__ = ["LONGEST_TOKEN", "MOST_BYTES", "MOST_LAYERS", "MOST_TOKENS"]

MOST_TOKENS = 64  # more are not readable in one frame
MOST_LAYERS = 128
LONGEST_TOKEN = 64  # signs
MOST_BYTES = 400_000_000  # of one file, and of one array in it
