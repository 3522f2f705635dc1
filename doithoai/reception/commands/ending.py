"""How a visit ends: answered, given a day and somebody to ask, or refused with its ground."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from doithoai.cases import suspicions
from doithoai.cases.commands.history import answer_on_the_spot, promise
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.cases.commands.placing import Kind, classify
from doithoai.cases.models import Case
from doithoai.cases.petition_rules import ORDINARY
from doithoai.cases.workflow import FINAL
from doithoai.cases.workflow import State as CaseState
from doithoai.core.actors import Actor, post_of
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, enter, open_matter
from doithoai.docket.models import Access, Matter, Party
from doithoai.files.commands import Paper, keep_draft, record_signed
from doithoai.files.models import Document
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.visits import note, number
from doithoai.reception.grounds import Ground, grounds
from doithoai.reception.models import Refusal, Visit
from doithoai.units.territory import country

# Labels are kept in English and translated where they are shown.
OWED = gettext_noop("Written notice owed")
EXPLAINED = gettext_noop("Explained on the spot")
ISSUED = gettext_noop("Written notice issued")
OTHER = "other"  # the field of what the desk did not place
UNANSWERED = (CaseState.RECEIVED, CaseState.CLASSIFIED, CaseState.ROUTED)


@dataclass(frozen=True)
class Ending:
    """What the person goes home with, and columns 9, 10 and 13 of the register. ``answers``: what
    was said is the answer to what was raised, not only that it was taken in.
    """

    outcome: str = ""
    answers: bool = False
    due_on: date | None = None
    contact: str = ""
    competent: bool | None = None
    guided_to: str = ""
    remark: str = ""


@transaction.atomic
def end(visit_id: UUID, ending: Ending, *, by: Actor, at: datetime) -> Visit:
    """End a visit. In a head's session it is answered now, or has a day and a person to ask: both
    (Decree 154/2026, article 25). The day becomes the date by conclusion of each matter raised; an
    answer answers each recommendation raised, and the person is asked for their word.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_receive(by, visit))
    workflow.END.take(visit)
    if not visit.sealed:
        _check(visit, ending, local_day(at))
        worded = (ending.outcome, ending.remark, ending.guided_to, ending.contact)
        refuse_naming_in(_raised(visit), *worded, by=by)
        _write(visit, ending)
    visit.ended_at = at
    visit.save()
    said = [visit.outcome, visit.contact, visit.note]
    note(events.Ended(visit.pk, visit.due_on), visit, by=by, at=at, content=said)
    if visit.due_on:
        _promise(visit, by, at)
    if ending.answers and not visit.sealed:
        _answer(visit, by, at)
    return visit


def _raised(visit: Visit) -> list[UUID]:
    return list(visit.raised.values_list("matter", flat=True))


def _check(visit: Visit, ending: Ending, today: date) -> None:
    dated, named = ending.due_on is not None, bool(ending.contact.strip())
    if dated != named:
        raise Invalid(
            _(
                "Give both: by which day it is settled, and whom the person asks "
                "(Decree 154/2026, article 25)."
            )
        )
    if ending.due_on and ending.due_on < today:
        raise Invalid(
            _(
                "The day by which it is settled has passed already. Give a day to come, or write "
                "the answer (Decree 154/2026, article 25)."
            )
        )
    if visit.session and visit.session.by_head and not (dated or ending.outcome.strip()):
        raise Invalid(
            _(
                "A head answers now, or says by which day it is settled and whom to ask "
                "(Decree 154/2026, article 25)."
            )
        )
    if ending.answers and (dated or not ending.outcome.strip()):
        raise Invalid(_("Write the answer; what has its answer needs no day any more."))
    if ending.competent is False and not ending.guided_to.strip():
        raise Invalid(
            _(
                "Not competent: say to which body the person is guided (Law on Citizen Reception "
                "42/2013, article 26)."
            )
        )


def _write(visit: Visit, ending: Ending) -> None:
    visit.outcome, visit.note = ending.outcome.strip(), ending.remark.strip()
    visit.due_on, visit.contact = ending.due_on, ending.contact.strip()
    visit.competent, visit.guided_to = ending.competent, ending.guided_to.strip()


def _promise(visit: Visit, by: Actor, at: datetime) -> None:
    assert visit.due_on is not None, "called when a day was given"
    raised = Case.objects.visible_to(by).filter(matter__raised_in__visit=visit)
    for case in raised.exclude(state__in=FINAL).order_by("pk").values_list("pk", flat=True):
        promise(case, due_on=visit.due_on, document="", by=by, at=at)


def _answer(visit: Visit, by: Actor, at: datetime) -> None:
    """Recommendations and reflections only; what looks like another procedure is sorted first."""
    raised = Case.objects.visible_to(by).filter(
        matter__raised_in__visit=visit, matter__procedure__in=ORDINARY, state__in=UNANSWERED
    )
    for case in raised.select_related("matter").order_by("pk"):
        if suspicions.other_procedure(case.text) != "none":
            continue
        if case.state == CaseState.RECEIVED:
            kind = Kind(case.matter.field or OTHER, case.matter.procedure)
            classify(case.pk, kind, by=by, at=at)
        answer_on_the_spot(case.pk, text=visit.outcome, body=visit.body_id, by=by, at=at)


@transaction.atomic
def refuse(visit_id: UUID, *, ground: str, explained: str, by: Actor, at: datetime) -> Refusal:
    """Refuse to receive, on a ground of the law. A written notice is owed within 3 working days for
    article 9(3) and point h only; everything else is explained on the spot (Decree 154/2026,
    article 4). Raises Invalid for a ground the law does not know, or without the explanation.
    """
    visit = Visit.objects.lock(visit_id, seen_by=by)
    require(policies.may_refuse(by, visit))
    workflow.REFUSE.take(visit)
    found = grounds().refusal.get(ground)
    if found is None:
        raise Invalid(
            _(
                "Choose the ground; reception is refused on a ground of the law only (Law on "
                "Citizen Reception 42/2013, article 9; Decree 154/2026, article 4). If none fits, "
                "receive the person."
            )
        )
    if not explained.strip():
        raise Invalid(_("Write what was explained to the person, and what they can do next."))
    refuse_naming_in(_raised(visit), explained, by=by)
    if visit.number is None:
        number(visit, at=at)
        visit.received_at, visit.received_by_id = at, post_of(by)
    visit.ended_at = at
    visit.save()
    return _refused(visit, found, explained.strip(), by, at)


def _refused(visit: Visit, found: Ground, explained: str, by: Actor, at: datetime) -> Refusal:
    said = events.Refused(found.notice)
    matter = _matter(visit, found, at)
    opening = Opening(
        matter,
        (Party(matter=matter, role="receiving_body", body=visit.body, since=at),),
        tuple(Access(matter=matter, body_id=b) for b in {visit.body_id, by.body} - {None}),
        words="",
    )
    open_matter(opening, Said(said, (explained,)), by=by, at=at)
    return Refusal.objects.create(
        visit=visit, ground=found.code, explained=explained, matter=matter
    )


def _matter(visit: Visit, found: Ground, at: datetime) -> Matter:
    """It names no person: the register line does, inside the body."""
    with override(settings.LANGUAGE_CODE):
        facts = {"number": visit.number, "year": visit.year}
        title = _("Refusal of reception, register no. %(number)s/%(year)s") % facts
    waits = found.notice
    return Matter(
        kind="refusal",
        procedure="reception_refusal",
        code=series(country().reception_numbers, local_day(at)),
        title=title,
        state="notice_owed" if waits else "explained",
        state_label=OWED if waits else EXPLAINED,
        final=not waits,
        body=visit.body,
        place=visit.body.place,
        received_on=local_day(at),
    )


@transaction.atomic
def draft_notice(
    matter_id: UUID, *, docx: bytes, template: int | None = None, by: Actor, at: datetime
) -> Document:
    """Make the Word draft of the notice of refusal (form 01/TCD); it is signed elsewhere.

    ``template``: which version of the form made it.
    """
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_notify(by, matter))
    refusal = _of(matter)
    paper = Paper(
        kind="refusal_notice",
        layout=matter.body.layout,
        body=matter.body_id,
        template=template,
    )
    document = keep_draft(paper, about=matter.pk, draft=docx, by=by, at=at)
    refusal.document = document.pk
    refusal.save(update_fields=["document"])
    enter(events.RefusalDrafted(document.pk), about=matter, by=by, at=at)
    return document


@transaction.atomic
def issue_notice(
    matter_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "UploadedFile[bytes] | None",
    by: Actor,
    at: datetime,
) -> Refusal:
    """Record number, date and file of the notice of refusal. Raises Invalid before it was made."""
    matter = Matter.objects.lock(matter_id, seen_by=by)
    require(policies.may_notify(by, matter))
    refusal = _of(matter)
    if refusal.document is None:
        raise Invalid(_("Make the Word draft first; it is what is numbered and signed."))
    paper = refusal.document
    record_signed(paper, number=number, signed_on=signed_on, upload=upload, by=by, at=at)
    matter.state, matter.state_label, matter.final = "notified", ISSUED, True
    matter.save(update_fields=["state", "state_label", "final"])
    enter(events.RefusalNotified(signed_on), about=matter, by=by, at=at)
    return refusal


def _of(matter: Matter) -> Refusal:
    found = Refusal.objects.select_for_update().filter(matter=matter).first()
    if found is None:
        raise NotFound("")
    return found
