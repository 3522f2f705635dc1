"""A reception day when and after it is held: who really received, the conclusion notice."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.accounts.models import Post
from doithoai.accounts.queries import holders
from doithoai.cases import secrecy
from doithoai.cases.commands.naming import refuse_naming_in
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import enter
from doithoai.duties.commands import meet
from doithoai.files.commands import Paper, keep_draft, record_signed
from doithoai.files.models import Document
from doithoai.reception import events, policies, workflow
from doithoai.reception.commands.attending import heads_party, tell_matters
from doithoai.reception.commands.days import check_document
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.commands.settling import store
from doithoai.reception.models import Form, Kind, Raised, Session
from doithoai.reception.timing import is_late

# A deputy's day is nobody's own, the office only keeps it. Of the days a head owes each period the
# law counts the periodic ones; receiving out of turn is a duty beside them (ADR 22).
UNCOUNTED: Final = (Kind.DEPUTY, Kind.UNSCHEDULED)
STORED: Final = (
    "held_on", "received_by", "received_by_name", "in_person", "party_head",
    "late_number", "late_on",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """Who really received: the receiver ``in_person``, or who stood in, by post and name.
    ``party_head``: the receiver heads the Party committee as well, and received as that, too.
    """

    in_person: bool
    received_by: UUID | None = None
    name: str = ""
    party_head: bool = False
    shown_by: Letter | None = None  # written down later: the document that shows it was held


@transaction.atomic
def hold(session_id: UUID, held: Held, *, by: Actor, at: datetime) -> Session:
    """Say that it took place and who really received; since 1/7/2026 a deputy's day does not count
    for the head (Law 136/2025). Raises Invalid before its day, or when nobody is named; and, more
    than one working day after it, without the document that shows it (design §1).
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_hold(by, session))
    workflow.HOLD.take(session)
    if session.day > local_day(at):
        raise Invalid(
            _(
                "It cannot be recorded as held before its day. Record it on the day, or plan "
                "another day first."
            )
        )
    planned = session.party_head
    _write_down_late(session, held.shown_by, local_day(at))
    _received(session, held)
    store(session, *STORED)
    content = [session.received_by_name, session.late_words]
    enter(_happened(session), about=session.matter, by=by, at=at, content=content)
    if session.party_head != planned:
        tell_matters(session, by=by, at=at)
    if session.kind not in UNCOUNTED:
        _meet(session, by, at)
    return session


def _write_down_late(session: Session, shown_by: Letter | None, today: date) -> None:
    if not is_late(session.day, today):
        session.late_number, session.late_on = "", None
        return
    if shown_by is not None:
        session.late_number, session.late_on = shown_by.number.strip(), shown_by.signed_on
    if session.late_on is None:
        raise Invalid(
            _(
                "It was held more than one working day ago: give number and date of the minutes or "
                "the notice that shows it. It is shown and counted as entered late."
            )
        )
    letter = Letter(session.late_number, session.late_on)
    check_document(letter, held_on=session.day, today=today)


def _happened(session: Session) -> events.Held:
    assert session.held_on is not None, "called when it was held"
    return events.Held(
        session.held_on,
        bool(session.in_person),
        session.party_head,
        session.by_head,
        online=session.form == Form.ONLINE,
        entered_late=session.late_on is not None,
        unposted=session.unposted,
    )


def _received(session: Session, held: Held) -> None:
    """A substitute who sits in the receiver's own post stood in as well: they say so."""
    of_deputy, keeps = session.kind == Kind.DEPUTY, session.receiver_id
    post = keeps if held.in_person or of_deputy else held.received_by
    name = held.name.strip() or (_known(session) if held.in_person else "")
    if post is None or not name:
        raise Invalid(_("Say by post and name who really received."))
    session.held_on = session.day
    session.received_by = Post.objects.select_related("body").get(pk=post)
    session.received_by_name, session.in_person = name, held.in_person
    own = heads_party(session.received_by) or (held.in_person and held.party_head)
    session.party_head = own and not of_deputy


def _known(session: Session) -> str:
    """The deputy, or who sits in the receiver's post that day."""
    if session.kind == Kind.DEPUTY:
        return session.deputy_name
    holder = holders([session.receiver_id], today=session.day).first()
    return holder.name if holder else ""


def _meet(session: Session, by: Actor, at: datetime) -> None:
    """It counts for the receiver's duty of the period; a day somebody stood in is shown there."""
    assert session.held_on is not None, "called when it was held"
    meet(
        session.receiver_id,
        duty="reception",
        about=session.matter,
        held_on=session.held_on,
        in_person=bool(session.in_person),
        document=session.late_words,
        unposted=session.unposted,
        by=by,
        at=at,
    )


@transaction.atomic
def draft_conclusion(  # noqa: PLR0913 - the wording, its paper, and that somebody looked at it
    session_id: UUID,
    *,
    text: str,
    docx: bytes,
    template: int | None = None,
    not_secret: bool = False,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep the wording and the Word draft of the conclusion notice (Law 42/2013, article 25(2));
    it is signed elsewhere. ``template``: which version of the form made it. Raises Invalid without
    a wording.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_conclude(by, session))
    workflow.CONCLUDE.take(session)
    if not text.strip():
        raise Invalid(_("Word the conclusion first."))
    secrecy.keep_out(text, looked=not_secret, by=by)
    raised = Raised.objects.filter(visit__session=session).values_list("matter", flat=True)
    refuse_naming_in(raised, text, by=by)
    paper = Paper(
        kind="reception_conclusion",
        layout=session.host.layout,
        body=session.host_id,
        template=template,
    )
    document = keep_draft(paper, about=session.pk, draft=docx, by=by, at=at)
    session.conclusion, session.document = text.strip(), document.pk
    store(session, "conclusion", "document")
    drafted = events.ConclusionDrafted(document.pk)
    enter(drafted, about=session.matter, by=by, at=at, content=[text])
    return document


@transaction.atomic
def sign(
    session_id: UUID,
    *,
    number: str,
    signed_on: date,
    upload: "UploadedFile[bytes] | None",
    by: Actor,
    at: datetime,
) -> Session:
    """Record number, date and file of the conclusion notice signed elsewhere. Raises Invalid
    without the file, or when it is dated before the reception.
    """
    session = Session.objects.lock(session_id, seen_by=by)
    require(policies.may_sign(by, session))
    workflow.SIGN.take(session)
    if upload is None:
        raise Invalid(_("Attach the signed notice: what is followed up rests on it."))
    if session.held_on and signed_on < session.held_on:
        raise Invalid(
            _("The conclusion cannot be dated before the reception was held. Correct its date.")
        )
    assert session.document is not None, "what is signed was worded here"
    paper = session.document
    record_signed(paper, number=number, signed_on=signed_on, upload=upload, by=by, at=at)
    store(session)
    enter(events.ConclusionIssued(signed_on), about=session.matter, by=by, at=at)
    return session
