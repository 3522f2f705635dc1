"""Reads of reports: every figure is counted for its reader, and is a saved query of its rows."""
