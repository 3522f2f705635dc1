"""A report on paper and in the clerk's programs."""
