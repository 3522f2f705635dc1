"""Every act an official may do on a case: address, button, form and command, in one table."""
