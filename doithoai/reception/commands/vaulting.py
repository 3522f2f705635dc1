"""What is kept sealed leaves the rows of the reception: what was prepared or said about a case that
goes into the vault goes there with it, and visits and appointments say nothing any more.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from doithoai.cases.commands.vaulting import forget_file
from doithoai.cases.telling import WITHHELD, Said, told_by
from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.docket.unsealing import Person as Speaker
from doithoai.docket.unsealing import Text, keep_files
from doithoai.files.models import Document
from doithoai.files.queries import content
from doithoai.reception import events, policies
from doithoai.reception.commands.erasing import forget_papers
from doithoai.reception.commands.people import forget
from doithoai.reception.commands.visits import note
from doithoai.reception.models import SILENT, Appointment, Person, Prepared, Refusal, Session, Visit
from doithoai.reception.numbers import telephone
from doithoai.reception.workflow import State
from doithoai.vault.commands import Kept, keep, mark

SPOKE = 21_000  # where the turns begin of those who came, after those of the case's own words
# Where the numbers of notices begin among a matter's files; each line of the register has its own.
NOTICES = 30_000
YEARS, LINES, PER_LINE = 20, 100_000, 100
CAME_WITH = 1_000  # people of one visit, at most


def stow_briefs(case: UUID) -> list[Text]:
    """The briefs about a case, which then say nothing."""
    prepared = Prepared.objects.filter(matter=case).order_by("pk")
    texts = [Text("brief", each.brief) for each in prepared if each.brief]
    prepared.update(brief="")
    return texts


def stow_visits(case: UUID) -> list[Text]:
    """What the visits that raised a case, and the appointments they came by, say of it; who spoke
    goes into the vault apart. The rows themselves are blanked by ``silence``, which takes them in
    the order in which the desk does.
    """
    rows = Visit.objects.filter(raised__matter=case, sealed=False).order_by("arrived_at", "pk")
    visits = list(rows.select_related("person").prefetch_related("representatives"))
    for turn, visit in enumerate(visits):
        known = [visit.person, *visit.representatives.all()]
        spoke = [_speaker(each) for each in known if each is not None]
        people = list(dict.fromkeys([*_of(visit), *spoke]))
        first = SPOKE + turn * CAME_WITH
        keep(case, *(Kept("person", p.packed(), n) for n, p in enumerate(people, first)))
        mark(case, [pair for each in people for pair in each.marks()])
    return [Text("visit", words) for visit in visits if (words := "\n".join(_said(visit)))]


def _speaker(person: Person) -> Speaker:
    return Speaker(person.name, person.address, person.phone, "", person.number)


def _of(visit: Visit) -> list[Speaker]:
    """Who came, as they said at this visit."""
    if not visit.came_name:
        return []
    said = (visit.came_name, visit.came_address, visit.came_phone, "", visit.came_number)
    return [Speaker(*said)]


def _said(visit: Visit) -> Iterator[str]:
    yield from filter(None, (visit.summary, visit.papers, visit.outcome, visit.contact, visit.note))
    for asked in Appointment.objects.filter(visit=visit):
        yield from filter(None, (asked.about, asked.reason))


@transaction.atomic
def silence(visit_id: UUID, *, by: Actor, at: datetime) -> bool:
    """What was raised in a visit is sealed by now, in the vault or not: nothing of it stays in the
    register but the number of the line (Law 25/2018, article 56). False where nothing was.
    """
    visit = Visit.objects.select_for_update(no_key=True).get(pk=visit_id)
    require(policies.may_keep_time(by))
    raised = visit.raised.filter(matter__sealed=True)
    if visit.sealed or not raised.exists():
        return False
    into = raised.order_by("pk").values_list("matter", flat=True).first()
    raised.delete()  # the matter's own record keeps the visit; the register no way to the matter
    say_nothing(visit, into=into)
    note(events.VisitSealed(visit.pk), visit, by=by, at=at)
    return True


def say_nothing(visit: Visit, *, into: UUID | None = None) -> None:
    """The line says from now on that somebody was received: neither who nor what. The visit must be
    locked. ``into``: the matter whose vault keeps the signed notice.
    """
    came = [p for p in (visit.person, *visit.representatives.all()) if p is not None]
    _strike_conclusion(visit, into)
    _blank_appointments(visit, came)
    _blank_refusal(visit)
    for name, nothing in SILENT.items():
        setattr(visit, name, nothing)
    visit.sealed, visit.people, visit.repeated = True, 1, False
    visit.contact, visit.competent = "", None
    visit.read_back = visit.appointed = False
    visit.representatives.clear()
    visit.save()
    forget_papers(visit)
    _forget(came)


def _blank_appointments(visit: Visit, came: Iterable[Person]) -> None:
    """The appointment they came by; and those they did not keep, by name and telephone, for a day
    of this body until then: that was the same wish.
    """
    known = {(each.folded, each.phone) for each in came if each.phone}
    if visit.came_phone:
        known.add((folded(visit.came_name), visit.came_phone))
    unkept = Appointment.objects.filter(
        visit=None, session__host=visit.body_id, session__day__lte=local_day(visit.arrived_at)
    )
    rows = unkept.values_list("pk", "name", "phone") if known else ()
    same = [pk for pk, name, phone in rows if (folded(nfc(name)), telephone(phone)) in known]
    Appointment.objects.filter(Q(visit=visit) | Q(pk__in=same)).update(
        name="", phone="", about="", reason="", people=1
    )


def _strike_conclusion(visit: Visit, into: UUID | None) -> None:
    """The wording of a conclusion notice loses the lines that tell of them, however they are put.
    One that is not signed yet has to be worded again, and every draft of it goes. What was signed
    goes into the vault of the matter; its number and day stay.
    """
    day = visit.session
    if day is None or day.state not in {State.HELD, State.CONCLUDED}:
        return
    struck = told_by(_told_in(visit)).struck(day.conclusion)
    lines = (line for line in struck.splitlines() if line.strip() != WITHHELD)
    told = struck != day.conclusion
    day.conclusion = "\n".join(lines) if told else struck
    if day.state == State.HELD and (told or into):
        day.document = None
    day.save(update_fields=["conclusion", "document"])
    line = (visit.year or 0) % YEARS * LINES + (visit.number or 0)
    _withdraw_notices(day, NOTICES + line * PER_LINE, told=told, into=into)


def _withdraw_notices(day: Session, first: int, *, told: bool, into: UUID | None) -> None:
    """Every draft, and what was signed where a vault keeps it: what a scan says nobody here can
    tell, and what was signed is not destroyed. ``first``: the number of its first file there.
    """
    found = Document.objects.filter(about=day.pk, kind="reception_conclusion")
    notices = list(found.select_related("draft", "signed_file"))
    if into is not None:
        signed = [n.signed_file for n in notices if n.signed_file is not None]
        files = [(content(each), each.media_type, each.extension) for each in signed]
        keep_files(into, files, first=first)
    elif not told:
        return
    _forget_documents(n for n in notices if into is not None or n.signed_file is None)


def _told_in(visit: Visit) -> Iterator[Said]:
    """What was said and answered in a visit, and who came."""
    yield Said(visit.summary, visit.came_name, visit.came_phone)
    yield Said(visit.outcome)
    came = (visit.person, *visit.representatives.all())
    yield from (Said("", each.name, each.phone) for each in came if each is not None)


def _blank_refusal(visit: Visit) -> None:
    """Why somebody was not received stays as the ground of the law alone."""
    refusal = Refusal.objects.filter(visit=visit).first()
    if refusal is None:
        return
    Refusal.objects.filter(visit=visit).update(explained="")
    if refusal.matter_id is not None:
        _forget_documents(Document.objects.filter(about=refusal.matter_id))


def _forget_documents(papers: Iterable[Document]) -> None:
    """Their bytes go; number and day of what was signed stay."""
    for paper in papers:
        stored = [each for each in (paper.draft, paper.signed_file) if each is not None]
        paper.draft = paper.signed_file = None
        paper.save(update_fields=["draft", "signed_file"])
        for each in stored:
            forget_file(each)


def _forget(people: Iterable[Person]) -> None:
    """Whoever came for this alone is not found again: a sealed matter is never the reason."""
    for person in people:
        forget(person)
