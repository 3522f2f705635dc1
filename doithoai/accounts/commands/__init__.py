"""Every write on people, posts and roles, by noun: whole lists, people, seats."""

from doithoai.accounts.commands.lists import SHIPPED, Line, Taken, load_roles, take_list
from doithoai.accounts.commands.seats import hold, leave

__all__ = ["SHIPPED", "Line", "Taken", "hold", "leave", "load_roles", "take_list"]
