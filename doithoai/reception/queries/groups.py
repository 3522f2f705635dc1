"""Who speaks for a group, as the register and the papers of a visit name them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doithoai.reception.models import LARGE, Person, Visit


def representatives(visit: Visit) -> tuple[Person, ...]:
    """Those the group appointed, in the order of their names."""
    return tuple(sorted(visit.representatives.all(), key=lambda person: person.folded))


def who_came(visit: Visit) -> str:
    """The name column of form 03/TCD: who came, with how many others, and who speaks for them."""
    name, others = visit.came_name, visit.people - 1
    if name and others > 0:
        words = ngettext("%(name)s and %(n)d other person", "%(name)s and %(n)d others", others)
        name = words % {"name": name, "n": others}
    named = ", ".join(person.name for person in representatives(visit))
    if not named:
        return name
    return _("%(who)s; representatives: %(names)s") % {"who": name, "names": named}


def lacks_appointment(visit: Visit) -> bool:
    """Whether a large group has not handed over the written appointment of its representatives,
    with all signatures (Law 42/2013, article 29).
    """
    return visit.people >= LARGE and not visit.appointed
