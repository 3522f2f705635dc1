"""Officials' pages of reception: the desk, reception days, refusals, the register."""
