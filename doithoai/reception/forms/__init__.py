"""Text into values: what is typed at the desk and into a reception day."""
