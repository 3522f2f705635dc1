"""What people say comes in: submissions, and the cases that carry them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from doithoai.cases import events, masking, policies, sealed_rules, secrecy
from doithoai.cases.commands.sealing import first_readers, front_posts
from doithoai.cases.commands.settling import label
from doithoai.cases.commands.telling import tell
from doithoai.cases.models import Carried, Case, Submission
from doithoai.cases.workflow import State
from doithoai.core.actors import Actor
from doithoai.core.collation import folded, nfc
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.identifiers import uuid7
from doithoai.docket.codes import series
from doithoai.docket.commands import Opening, Said, admit, enter, open_matter
from doithoai.docket.models import Access, Excluded, Matter, Obligation, Party, Words
from doithoai.ledger.commands import Issued, issue_receipt, recall_receipt, reissue_receipt
from doithoai.ledger.inserting import insert, without_waiting
from doithoai.ledger.models import Entry, Receipt
from doithoai.units.models import Body
from doithoai.units.territory import country

LONGEST = 20_000


@dataclass(frozen=True)
class Statement:
    """What somebody said, as a clerk takes it down or a person writes it."""

    text: str
    channel: str
    occasion: str
    who: str = "person"
    speaker: str = ""
    people: int | None = None
    place: UUID | None = None
    place_text: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    field: str = ""
    kind: str = "recommendation"
    may_publish: bool = False
    occasion_matter: Matter | None = None
    dialogue_day: date | None = None
    history: bool = False
    language: str = "vi"
    attention: tuple[str, ...] = ()
    received_on: date | None = None  # a paper: the day it came in
    forwarder: str = "none"
    party_head: bool = False  # received by the secretary of a Party committee in person
    drawn: str = ""  # what the person's form drew once: the same text sent again with it is one
    not_secret: bool = False  # somebody looked at a mark in it: it is no state secret


@dataclass(frozen=True)
class Taken:
    """A case as it was opened, with the receipt that is shown once and what is owed from now."""

    case: Case
    submission: Submission
    receipt: Issued | None
    again: bool = False
    owed: tuple[Obligation, ...] = ()


@transaction.atomic
def submit(statement: Statement, *, to: Body, by: Actor, at: datetime, slip: bool = True) -> Taken:
    """Take a statement down as a new case of body ``to``. Sent again by the same form: the same
    case.

    Raises Invalid without a text, or for one that bears a stamp of a state secret.
    """
    require(policies.may_receive(by))
    text = _checked(statement.text, looked=statement.not_secret, by=by)
    with without_waiting():
        return _taken_down(statement, text, to, by, at, slip=slip)


def _taken_down(
    statement: Statement, text: str, to: Body, by: Actor, at: datetime, *, slip: bool
) -> Taken:
    submission = _submission(statement, text, at)
    insert([submission])
    matter = _matter(statement, text, to, at)
    receipt = issue_receipt(submission.pk, at=at, drawn=statement.drawn) if slip else None
    received = events.Received(
        submission.pk,
        statement.channel,
        statement.occasion,
        statement.dialogue_day,
        statement.history,
        statement.forwarder,
        statement.party_head,
    )
    opening = Opening(
        matter,
        _parties(matter, to, at),
        _audience(matter, text, receipt, by, at),
        _words(submission),
    )
    case = Case(
        matter=matter,
        text=text,
        receiving_body=to,
        occasion_matter=statement.occasion_matter,
        attention=list(statement.attention),
    )
    owed = open_matter(opening, Said(received, (text,)), by=by, at=at)
    insert([case])
    insert([Carried(case=case, submission=submission, since=at)])
    return Taken(case, submission, receipt, owed=owed)


def _checked(text: str, *, looked: bool, by: Actor) -> str:
    clean = nfc(text)
    secrecy.keep_out(clean, looked=looked, by=by)
    if not clean:
        raise Invalid(_("Write what is recommended or reported; the text is empty."))
    if len(clean) > LONGEST:
        raise Invalid(
            _(
                "The text is longer than 20,000 characters. Shorten it and "
                "attach the rest as a file."
            )
        )
    return clean


def sent_before(submission_id: UUID, *, drawn: str) -> Taken | None:
    """What was made of this submission, with its receipt, for the form that drew ``drawn``."""
    found = (
        Carried.objects.filter(submission=submission_id)
        .select_related("case__matter", "submission")
        .order_by("since")
        .first()
    )
    if found is None:
        return None
    receipt = recall_receipt(submission_id, drawn=drawn)
    return Taken(found.case, found.submission, receipt, again=True)


def submission_id(said: Statement) -> UUID:
    """A new id; for a form's own draw always the same one, which tells nothing of the draw."""
    if not said.drawn:
        return uuid7()
    digest = hashlib.sha256(f"{said.drawn}\n{nfc(said.text)}".encode()).digest()
    return UUID(bytes=digest[:16], version=4)


def _submission(said: Statement, text: str, at: datetime) -> Submission:
    return Submission(
        id=submission_id(said),
        text=text,
        who=said.who,
        speaker=nfc(said.speaker),
        people=said.people,
        place_id=said.place,
        place_text=nfc(said.place_text),
        phone=said.phone,
        email=said.email,
        address=nfc(said.address),
        channel=said.channel,
        occasion=said.occasion,
        occasion_matter=said.occasion_matter,
        said_at=at,
        may_publish=said.may_publish,
        language=said.language,
    )


def _matter(said: Statement, text: str, to: Body, at: datetime) -> Matter:
    return Matter(
        kind="case",
        procedure=said.kind,
        code=series(country().case_numbers, local_day(at)),
        title=masking.impersonal(text),
        state=State.RECEIVED,
        state_label=label(State.RECEIVED),
        body=to,
        place_id=said.place or to.place_id,
        field=said.field,
        channel=said.channel,
        received_on=said.received_on or said.dialogue_day or local_day(at),
    )


def _parties(matter: Matter, to: Body, at: datetime) -> tuple[Party, ...]:
    return (Party(matter=matter, role="receiving_body", body=to, since=at),)


def _audience(
    matter: Matter, text: str, receipt: Issued | None, by: Actor, at: datetime
) -> tuple[Access, ...]:
    """Whole bodies and the village's Front; of what looks like a matter for another procedure only
    whoever is to look at it, until somebody classifies it.
    """
    posts, bodies = set(front_posts(matter.place_id)), {matter.body_id, by.body} - {None}
    first = first_readers(matter.body, text, by=by, at=at)
    if first:
        posts, bodies = first, set()
    rows = [Access(matter=matter, post_id=post) for post in sorted(posts)]
    rows += [Access(matter=matter, body_id=body) for body in bodies]
    if receipt is not None:
        rows.append(Access(matter=matter, holder=receipt.id))
    return tuple(rows)


def _words(submission: Submission) -> str:
    return " ".join((submission.text, submission.speaker, submission.place_text))


@transaction.atomic
def look_over(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """A person looked at what an import or a form left for them; the case leaves that list."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_look_over(by, case))
    case.attention = []
    case.save(update_fields=["attention"])
    enter(events.LookedOver(), about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def reissue_slip(case_id: UUID, *, submission_id: UUID, by: Actor, at: datetime) -> Issued:
    """A lost slip is replaced: a new code and secret, the old ones dead, and the person told; or a
    first one handed out, for what a list brought along.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    again = Receipt.objects.filter(about=submission_id).exists()
    require(policies.may_reissue(by, case) if again else policies.may_serve(by, case))
    if not case.carried.filter(submission=submission_id, until=None).exists():
        raise NotFound("")
    issued = reissue_receipt(submission_id, at=at)
    _hand_over(case, issued, submission_id)
    enter(events.SlipReissued(submission_id), about=case.matter, by=by, at=at)
    if again:
        tell(case, "reissued", {}, at=at, only=submission_id)
    return issued


def _hand_over(case: Case, issued: Issued, submission_id: UUID) -> None:
    """The new slip opens all that the old one opened, and the old one nothing any more."""
    old = Receipt.objects.filter(about=submission_id).exclude(pk=issued.id).values("pk")
    Access.objects.filter(holder__in=old).update(holder=issued.id)
    admit(case.matter, holder=issued.id)


@transaction.atomic
def add_submission(case_id: UUID, statement: Statement, *, by: Actor, at: datetime) -> Taken:
    """One more person says the same: their statement joins this case, and they follow it too, with
    a slip of their own.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(sealed_rules.may_add_statement(by, case))
    text = _checked(statement.text, looked=statement.not_secret, by=by)
    submission = _submission(statement, text, at)
    submission.save(force_insert=True)
    Carried.objects.create(case=case, submission=submission, since=at)
    receipt = issue_receipt(submission.pk, at=at, drawn=statement.drawn)
    admit(case.matter, holder=receipt.id)
    more = folded(f" {text} {submission.speaker} {submission.place_text}")
    Words.objects.filter(matter=case.matter).update(text=Concat("text", Value(more)))
    enter(
        events.Carried(submission.pk, joined=True), about=case.matter, by=by, at=at, content=[text]
    )
    return Taken(case, submission, receipt)


@transaction.atomic
def fan_out(
    case_id: UUID, *, texts: Sequence[str], not_secret: bool = False, by: Actor, at: datetime
) -> list[Case]:
    """One submission asks for several things: a case for each further text, carrying the same
    submissions.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(sealed_rules.may_fan_out(by, case))
    carried = list(case.carried.filter(until=None).select_related("submission"))
    if not carried:
        raise Invalid(_("This item carries no statement any more; look it up where it is handled."))
    said = [_checked(text, looked=not_secret, by=by) for text in texts]
    return [_one_more(case, text, carried, by, at) for text in said]


def _shut_out_alike(matter: Matter, other: Matter) -> None:
    Excluded.objects.bulk_create(
        Excluded(
            matter=matter, body_id=x.body_id, post_id=x.post_id, user_id=x.user_id,
            reason=x.reason, since=x.since,
        )
        for x in other.excluded.all()
    )  # fmt: skip


def how_it_came(case: Case) -> tuple[str, bool]:
    """Who passed the case's statement on, and whether a Party secretary received it in person: what
    is made of it later owes them as much.
    """
    said = Entry.objects.filter(matter=case.pk, kind="cases.received").order_by("at", "pk")
    data = said.values_list("data", flat=True).first() or {}
    return str(data.get("forwarder", "none")), bool(data.get("party_head", False))


def _one_more(case: Case, text: str, carried: Sequence[Carried], by: Actor, at: datetime) -> Case:
    first = carried[0].submission
    said = Statement(
        text=text,
        channel=first.channel,
        occasion=first.occasion,
        place=case.matter.place_id,
        field=case.matter.field,
        kind=case.matter.procedure,
        occasion_matter=case.occasion_matter,
        received_on=case.matter.received_on,
    )
    matter = _matter(said, text, case.receiving_body, at)
    matter.sealed = case.matter.sealed
    audience = tuple(
        Access(matter=matter, body_id=a.body_id, post_id=a.post_id, holder=a.holder)
        for a in case.matter.audience.all()
    )
    forwarder, party_head = how_it_came(case)
    received = events.Received(
        first.pk, first.channel, first.occasion, None, False, forwarder, party_head
    )
    parties = _parties(matter, case.receiving_body, at)
    opening = Opening(matter, parties, audience, text)
    open_matter(opening, Said(received, (text,)), by=by, at=at)
    _shut_out_alike(matter, case.matter)
    made = Case(
        matter=matter,
        text=text,
        receiving_body=case.receiving_body,
        occasion_matter=case.occasion_matter,
    )
    made.save(force_insert=True)
    Carried.objects.bulk_create(
        Carried(case=made, submission=c.submission, since=at) for c in carried
    )
    return made
