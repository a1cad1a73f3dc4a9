"""Words: what scenes show and say, looked up in tables of other languages."""
