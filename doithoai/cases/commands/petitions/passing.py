"""Passing a petition on: to the competent body, urging it, what it settled, telling who sent it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.accounts.actors import Clock, Official
from doithoai.accounts.models import Post
from doithoai.accounts.queries import head_of
from doithoai.cases import events, petition_events, petition_rules, policies, workflow
from doithoai.cases.commands.petitions import decisions
from doithoai.cases.commands.petitions.decisions import Decided, Signed
from doithoai.cases.commands.settling import not_shut_out, store
from doithoai.cases.models import Case, Petition, Transfer
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, admit, become, enter, enter_all
from doithoai.docket.models import Matter, Party
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from doithoai.units.territory import country


@dataclass(frozen=True)
class TransferPaper:
    """Phiếu chuyển đơn: its number and date, why this body, and on which ground of the law."""

    number: str
    signed_on: date
    why: str
    ground: str


@transaction.atomic
def transfer(case_id: UUID, *, to: UUID, paper: TransferPaper, by: Actor, at: datetime) -> Transfer:
    """Send the petition by signed letter to the competent body, which has no account here; the
    person is told, and the sender follows up (Circular 05/2021/TT-TTCP; Law on Denunciations
    25/2018, article 24: within 5 working days).

    Raises Invalid without number, date and ground, for the body that has it, and for one that
    returned it.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.TRANSFER](by, case))
    workflow.TRANSFER.take(case)
    body = _competent_body(case, to, at)
    if not paper.number.strip():
        raise Invalid(
            _("A transfer by letter needs the letter's number and a date that has passed.")
        )
    grounds = country().transfer_grounds
    found = decisions.elsewhere(grounds, paper.ground, for_kind=case.matter.procedure)
    words = decisions.checked(paper.why)
    made = _letter(case, body, paper, by, at)
    sender = case.handling_body_id or case.receiving_body_id
    become(case.matter, role="sending_body", body=sender, at=at)
    store(case)
    more, content = decisions.to_the_person(case, decisions.in_full(words, found))
    said = Said(petition_events.Transferred(body.pk, made.pk, by_letter=True), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    signed = Signed(paper.number, paper.signed_on)
    decided = Decided("transfer", words, "transferred", found.code, to=body.pk, paper=signed)
    decisions.keep(case, entry, decided, by=by, at=at)
    return made


def _letter(case: Case, body: Body, paper: TransferPaper, by: Actor, at: datetime) -> Transfer:
    return Transfer.objects.create(
        case=case,
        how=Transfer.How.LETTER,
        sender_id=by.body,
        to=body,
        why="" if case.matter.sealed else paper.why.strip(),
        at=at,
        number=paper.number.strip(),
        signed_on=paper.signed_on,
    )


def _competent_body(case: Case, to: UUID, at: datetime) -> Body:
    body = Body.objects.filter(pk=to).first()
    if body is None:
        raise Invalid(_("Choose the body from the list; this one is not there."))
    if body.pk == (case.handling_body_id or case.receiving_body_id):
        raise Invalid(
            _("%(body)s has the item already. Choose another body.") % {"body": body.short_name}
        )
    not_shut_out(case, body.pk, at=at)
    not_returned_by(case, body)
    return body


def not_returned_by(case: Case, body: Body) -> None:
    """A petition never goes back to a body that returned it. Raises Invalid."""
    if case.transfers.filter(to=body, ended="returned").exists():
        raise Invalid(
            _(
                "%(body)s has returned this petition with its reason. Choose another body; after "
                "the third return the person who decides on the lead body decides."
            )
            % {"body": body.short_name}
        )


def taken_over(case: Case, offered: Transfer, *, at: datetime) -> list[Said]:
    """A body accepted a petition that is its own to settle: it is registered there from that day,
    and what the sender owed ends; the day the person's petition came in stays as it was. Nothing
    for a recommendation, whose date goes with it.
    """
    if not petition_rules.is_petition(case):
        return []
    case.competence = "own"
    case.save(update_fields=["competence"])
    become(case.matter, role="receiving_body", body=offered.to_id, at=at)
    let_in(case, offered.to_id, at=at)
    return [
        Said(
            petition_events.Transferred(
                offered.to_id, offered.pk, by_letter=False, registered_on=local_day(at)
            )
        ),
        Said(
            events.Classified(
                case.matter.field,
                case.matter.procedure,
                instance=case.instance or None,
                competence="own",
            )
        ),
    ]


def registered_on(case: Case) -> date:
    """The day it was registered with the body that has it: the day it came in, unless that body
    took it over from another.
    """
    taken = Entry.objects.filter(matter=case.pk, kind=petition_events.Transferred.name)
    last = taken.exclude(data__registered_on=None).order_by("-at", "-id").first()
    return date.fromisoformat(last.data["registered_on"]) if last else case.matter.received_on


def let_in(case: Case, body: UUID, *, at: datetime) -> None:
    """Of a sealed item only the head of the body asked sees it. Raises Invalid without one."""
    if not case.matter.sealed:
        return
    not_shut_out(case, body, at=at)
    head = head_of(body, today=local_day(at))
    if head is None:
        raise Invalid(
            _(
                "What is sealed is opened by the head of the body asked, and none has an account "
                "here. Send it by letter."
            )
        )
    admit(case.matter, post=head.pk)


@transaction.atomic
def urge(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """Urge the body the petition was transferred to (đôn đốc)."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.URGE_TRANSFERRED](by, case))
    workflow.URGE_TRANSFERRED.take(case)
    words = decisions.checked(text)
    sent = _last_letter(case)
    not_shut_out(case, sent.to_id, at=at)
    more, content = decisions.to_the_person(case, words)
    said = Said(events.Urged(sent.to_id, sent.pk), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("urge_transferred", words, to=sent.to_id)
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


def _last_letter(case: Case) -> Transfer:
    found = case.transfers.filter(how="letter", ended="").first()
    assert found is not None, "the state says it was transferred by letter"
    return found


@transaction.atomic
def record_settled(case_id: UUID, *, text: str, by: Actor, at: datetime) -> Case:
    """The body it was transferred to has settled it, as its document says."""
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.RECORD_SETTLED](by, case))
    workflow.RECORD_SETTLED.take(case)
    words = decisions.checked(text)
    sent = _last_letter(case)
    sent.ended, sent.ended_at = "replied", at
    sent.save(update_fields=["ended", "ended_at"])
    case.closed_at = at
    store(case, "closed_at")
    more, content = decisions.to_the_person(case, words)
    entry = enter_all(
        [Said(petition_events.Settled(), content), *more], about=case.matter, by=by, at=at
    )[0]
    decided = Decided("record_settled", words, "settled_elsewhere")
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


@transaction.atomic
def tell_forwarder(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """Whoever passed the petition on was told what became of it (Law on Citizen Reception 42/2013,
    article 28; Law on Denunciations 25/2018, article 26: within 20 days).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.TELL_FORWARDER](by, case))
    workflow.TELL_FORWARDER.take(case)
    answered = case.matter.procedure in petition_rules.PRIVATE
    for sent in Petition.objects.filter(submission__carried__case=case):
        forwarded_by(case.matter, sent.forwarding_body_id, at=at)
    said = petition_events.ForwarderAnswered() if answered else petition_events.ForwarderInformed()
    enter(said, about=case.matter, by=by, at=at)
    return case


def forwarded_by(matter: Matter, body: UUID | None, *, at: datetime) -> None:
    """Write the body that passed it on as party, where somebody there has things to do here: it
    will owe the person the result. It sees nothing of the file by that. Nothing of what is sealed,
    and nothing for a body the matter is about.
    """
    if body is None or matter.sealed or not _has_things_to_do(body, at):
        return
    out = matter.excluded.filter(body=body).exists()
    if out or matter.parties.filter(role=petition_rules.FORWARDER, until=None).exists():
        return
    Party.objects.create(matter=matter, role=petition_rules.FORWARDER, body_id=body, since=at)


def _has_things_to_do(body: UUID, at: datetime) -> bool:
    """Whether somebody who acts for the body that day may do more here than read."""
    today = local_day(at)
    office = Q(body__parent=body, roles__rights__act="docket.office")
    held = Post.objects.filter(
        Q(body=body) | office, valid__contains=today, holdings__valid__contains=today
    )
    return held.filter(roles__rights__act="docket.inbox").exists()


def _locked_for_forwarder(case_id: UUID, by: Actor) -> Case:
    """The body that passed it on does not see it; the row is locked for it as by the clock."""
    passed_on = petition_rules.passed_on_by(by) if isinstance(by, Official) else Case.objects.none()
    theirs = passed_on.filter(pk=case_id).exists()
    return Case.objects.lock(case_id, seen_by=Clock("forwarded") if theirs else by)


@transaction.atomic
def citizen_told(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """Whoever passed the petition on has told the person the result they were told (Law on Citizen
    Reception 42/2013, article 28: within 5 working days). Raises NotFound for who neither sees it
    nor passed it on.
    """
    case = _locked_for_forwarder(case_id, by)
    require(policies.RIGHTS[workflow.CITIZEN_TOLD](by, case))
    workflow.CITIZEN_TOLD.take(case)
    enter(petition_events.CitizenInformed(), about=case.matter, by=by, at=at)
    return case
