"""Reads of reception, named for the page that needs them."""
