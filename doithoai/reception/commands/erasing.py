"""What the reception of citizens keeps of a person who is erased: who came, their papers, what they
said, and whom they asked to be received by. The line of the register stays.
"""

from typing import Final

from doithoai.cases.commands.striking import Gone, strike_rows
from doithoai.cases.commands.vaulting import forget_file
from doithoai.files.models import Attachment
from doithoai.reception.commands.people import forget
from doithoai.reception.models import Appointment, Identity, Prepared, Raised, Visit

SAID: Final = (
    "came_name", "came_number", "came_phone", "came_address", "summary", "papers", "interpreter",
    "settled_before_by",
)  # fmt: skip


def erase_visits(gone: Gone) -> None:
    """A visit for their items alone names nobody any more; in others only the words are struck."""
    visits = Visit.objects.filter(raised__matter__in=[case.pk for case in gone.cases]).distinct()
    others = Raised.objects.exclude(matter__in=gone.alone).values("visit")
    alone = list(visits.exclude(pk__in=others))
    people = {p for visit in alone for p in (visit.person, *visit.representatives.all()) if p}
    for visit in alone:
        _blank(visit)
    strike_rows(visits, "summary", "papers", "outcome", "contact", "note", gone=gone)
    for person in people:
        forget(person)
    asked = Appointment.objects.filter(matter__in=gone.alone)
    (asked | Appointment.objects.filter(visit__in=alone)).update(name="", phone="", about="")
    prepared = Prepared.objects.filter(matter__in=[case.pk for case in gone.cases])
    strike_rows(prepared, "brief", gone=gone)


def _blank(visit: Visit) -> None:
    visit.person = None
    visit.came_identity = Identity.NONE
    for name in SAID:
        setattr(visit, name, "")
    visit.representatives.clear()
    visit.save(update_fields=["person", "came_identity", *SAID])
    forget_papers(visit)


def forget_papers(visit: Visit) -> None:
    """What was handed over in a visit goes: attachment, title and bytes; a group's written
    appointment names its people.
    """
    brought = Attachment.objects.filter(about=visit.pk)
    stored = [each.stored for each in brought.select_related("stored")]
    brought.delete()
    for each in stored:
        forget_file(each)
