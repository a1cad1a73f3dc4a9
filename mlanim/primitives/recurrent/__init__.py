"""Recurrent cells: the cell, what happens in it, and its unrolling in time."""
