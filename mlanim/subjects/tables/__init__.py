"""Tables: pandas, a method at a time, with every cell on its way."""
