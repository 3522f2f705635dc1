"""Every write on people, posts and roles, by noun: whole lists, people, seats."""

from doithoai.accounts.commands.lists import SHIPPED, Line, Taken, load_roles, take_list
from doithoai.accounts.commands.rights import Difference, differences, write_roles
from doithoai.accounts.commands.seats import hold, leave

__all__ = [
    "SHIPPED",
    "Difference",
    "Line",
    "Taken",
    "differences",
    "hold",
    "leave",
    "load_roles",
    "take_list",
    "write_roles",
]
