"""Every change an administrator makes: competence and villages, bodies."""

from doithoai.units.commands.bodies import (
    Contact,
    Named,
    correct_body,
    end_body,
    enter_body,
    set_contact,
)
from doithoai.units.commands.places import (
    OWN_SOURCE,
    Settler,
    VillagesAdded,
    add_villages,
    end_village,
    merge_villages,
    rename_village,
    set_competence,
)

__all__ = [
    "OWN_SOURCE",
    "Contact",
    "Named",
    "Settler",
    "VillagesAdded",
    "add_villages",
    "correct_body",
    "end_body",
    "end_village",
    "enter_body",
    "merge_villages",
    "rename_village",
    "set_competence",
    "set_contact",
]
