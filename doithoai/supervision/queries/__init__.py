"""Reads of supervision: what is late, whom to tell by hand, whose word is still missing."""
