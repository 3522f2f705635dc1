"""Text into values, one form for each act on a case."""
