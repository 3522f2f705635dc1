"""Writes on petitions: register, sort, split, convert, examine, admit, decline, guide, pass on."""
