"""Ends and new beginnings: close, withdraw, archive, reopen; join cases that are one, part them
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, filed, petition_rules, policies, withdrawing_rules, workflow
from doithoai.cases.commands import filing
from doithoai.cases.commands.petitions import withdrawing
from doithoai.cases.commands.settling import (
    end_transfers,
    enter_for_person,
    explain,
    speaking,
    store,
)
from doithoai.cases.commands.telling import tell
from doithoai.cases.commands.vaulting import stow_paper, stow_words
from doithoai.cases.models import Carried, Case, Submission
from doithoai.cases.sealed_rules import in_vault
from doithoai.cases.workflow import Outcome
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import no, require
from doithoai.core.errors import Invalid, NotFound
from doithoai.core.grounds import Ground
from doithoai.docket import events as docket_events
from doithoai.docket.commands import become, enter
from doithoai.docket.models import Access, Link, Obligation
from doithoai.files import commands as files
from doithoai.files.models import Purpose
from doithoai.ledger.models import Receipt
from doithoai.units.queries import country

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


@dataclass(frozen=True)
class SignedPaper:
    """The paper on which a person signed that they withdraw, and the day they signed it."""

    signed_on: date
    upload: "Upload"


@transaction.atomic
def close(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """End an answered case whose outcome is final and whose person was heard or had the time to
    speak.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_close(by, case))
    workflow.CLOSE.take(case)
    case.closed_at = at
    store(case, "closed_at")
    enter(events.Closed(), about=case.matter, by=by, at=at)
    return case


@transaction.atomic
def withdraw(
    case_id: UUID,
    *,
    reason: str,
    submission: UUID | None = None,
    paper: SignedPaper | None = None,
    by: Actor,
    at: datetime,
) -> Case:
    """A person withdraws what they said; the case ends when nobody else's words are left in it.

    ``submission`` names whose words, where an official writes it down from the signed ``paper``;
    the person is then told, with the way back. Of a complaint or a denunciation it is a request
    that whoever settles it decides on. Raises Invalid without them, or without a reason.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(withdrawing_rules.may_withdraw(by, case))
    mine = speaking(case, submission, by)
    signed_on = _keep_paper(case, paper, by, at)
    if case.carried.filter(until=None).exclude(submission=mine).exists():
        return _one_withdraws(case, mine, reason, by, at)
    if petition_rules.is_petition(case):
        withdrawing.ask(case, reason=reason, signed_on=signed_on, by=by, at=at)
        if by.kind != "citizen":
            tell(case, withdrawing.ASKED, {}, at=at, only=mine.pk)
        return case
    workflow.WITHDRAW.take(case)
    case.outcome, case.closed_at = Outcome.WITHDRAWN, at
    end_transfers(case, at=at)
    store(case, "outcome", "closed_at")
    said = events.Withdrawn(signed_on is None, signed_on)
    explain(enter(said, about=case.matter, by=by, at=at, content=[reason]), case, reason)
    _tell_who_did_not_say_so(case, mine, by, at)
    return case


def _keep_paper(case: Case, paper: SignedPaper | None, by: Actor, at: datetime) -> date | None:
    """The person's own slip needs no paper. Anybody else's word for it does."""
    if by.kind == "citizen":
        return None
    if paper is None:
        raise Invalid(
            _(
                "A withdrawal is recorded from the person's signed paper: attach it, with its "
                "date (Law on Complaints 02/2011, article 10; Law on Denunciations 25/2018, "
                "article 33)."
            )
        )
    if paper.signed_on > local_day(at):
        raise Invalid(_("The date of the signed paper lies in the future. Correct it."))
    if in_vault(case):
        stow_paper(case, paper.upload)
        return paper.signed_on
    files.keep(paper.upload, about=case.pk, purpose=Purpose.SIGNED, by=by, at=at)
    return paper.signed_on


def _tell_who_did_not_say_so(case: Case, mine: Submission, by: Actor, at: datetime) -> None:
    if by.kind == "citizen":
        return
    until = _deniable_until(case)
    tell(case, "withdrawn", {"until": f"{until:%d/%m/%Y}" if until else ""}, at=at, only=mine.pk)


def _deniable_until(case: Case) -> date | None:
    """Until when the person may say that they did not withdraw."""
    windows = Obligation.objects.filter(matter=case.pk, kind="window", role="person", state="open")
    return windows.values_list("due_on", flat=True).first()


def _one_withdraws(case: Case, mine: Submission, reason: str, by: Actor, at: datetime) -> Case:
    """The others go on; they never read why this one left, and this one reads no more of theirs."""
    if not workflow.WITHDRAW.fits(case):
        workflow.WITHDRAW.take(case)
    if not reason.strip():
        raise Invalid(_("Give the reason in a sentence; the person will read it."))
    _tell_who_did_not_say_so(case, mine, by, at)
    why = "" if stow_words(case, "left", reason, on=local_day(at)) else reason.strip()
    ended = case.carried.filter(submission=mine, until=None)
    ended.update(until=at, why_ended=why)
    _let_out(case, [mine.pk])
    said = events.Carried(mine.pk, joined=False)
    enter(said, about=case.matter, by=by, at=at, content=[reason])
    return case


@transaction.atomic
def archive(
    case_id: UUID,
    *,
    ground: str,
    why: str = "",
    conditions: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Case:
    """Put on file on a ground of the country's list, ``why`` it fits here; the person is told.

    Raises Invalid for a ground that is not there, and for one that says a condition is not met
    without saying which; Denied to all but a head when a date has passed.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_archive(by, case))
    _only_a_head_when_late(case, by, at)
    workflow.ARCHIVE.take(case)
    found = _ground(ground)
    unmet = filing.unmet(case, found, conditions, by=by, at=at)
    case.closed_at = at
    store(case, "closed_at")
    text = f"{filed.in_words(found, unmet)} {why.strip()}".strip()
    said = events.Archived(ground)
    enter_for_person(case, said, text, called="archived", by=by, at=at)
    tell(case, "archived", {"ground": ground, "basis": found.basis}, at=at)
    return case


def _ground(code: str) -> Ground:
    found = country().archive_grounds.get(code)
    if found is None:
        raise Invalid(_("Choose the ground from the list."))
    return found


def _only_a_head_when_late(case: Case, by: Actor, at: datetime) -> None:
    owed = Obligation.objects.filter(matter=case.pk, kind="duty", state="open")
    if owed.filter(due_on__lt=local_day(at)).exists() and not by.may("cases.approve"):
        require(
            no(
                _(
                    "A date of this item has passed: only a head may put it on file. Give it to "
                    "the head, with the ground (Circular 05/2021/TT-TTCP, article 6)."
                )
            )
        )


@transaction.atomic
def reopen(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """Take an ended case up again; it is owed anew. A person may who did not withdraw it, as long
    as the time to say so runs.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.may_reopen(by, case))
    _check_deniable(case, by, at)
    workflow.REOPEN.take(case)
    case.closed_at = None
    case.outcome = Outcome.NONE if case.outcome == Outcome.WITHDRAWN else case.outcome
    if case.handling_body_id is None:
        case.handling_body = case.receiving_body
        become(case.matter, role="handling_body", body=case.receiving_body_id, at=at)
    store(case, "closed_at", "handling_body", "outcome")
    explain(
        enter(events.Reopened(), about=case.matter, by=by, at=at, content=[reason]), case, reason
    )
    return case


def _check_deniable(case: Case, by: Actor, at: datetime) -> None:
    until = _deniable_until(case)
    if by.kind == "citizen" and (until is None or until < local_day(at)):
        raise Invalid(_("The time to say that you did not withdraw it has passed. Ask us."))


@transaction.atomic
def join(case_id: UUID, *, into: UUID, by: Actor, at: datetime) -> Case:
    """Handle this case together with another: its people follow that one. Undone by ``part``."""
    if case_id == into:
        raise Invalid(_("Choose another item to handle this one with."))
    case, target = sorted(
        Case.objects.lock_all([case_id, into], seen_by=by), key=lambda c: c.pk != case_id
    )
    require(policies.may_route(by, case) and policies.may_route(by, target))
    workflow.JOIN.take(case)
    if target.final:
        raise Invalid(_("The other item has ended. Reopen it first, or keep this one on its own."))
    _sealed_alike(case, target)
    Link.objects.create(source=case.matter, kind=Link.Kind.MERGED_INTO, target=target.matter)
    moved = list(case.carried.filter(until=None))
    case.carried.filter(until=None).update(until=at)
    Carried.objects.bulk_create(
        Carried(case=target, submission_id=c.submission_id, since=at) for c in moved
    )
    _let_in(case, target)
    store(case)
    enter(docket_events.Merged(target.pk), about=case.matter, by=by, at=at)
    for each in moved:
        enter(events.Carried(each.submission_id, joined=True), about=target.matter, by=by, at=at)
    return target


def _sealed_alike(case: Case, target: Case) -> None:
    """Words move with an item: into the clear, beside what is sealed, or under the eyes of those
    they are about. The sentence says neither which is which nor about whom.
    """
    if _kept_close(case) == _kept_close(target) and _shut_out_of(case) <= _shut_out_of(target):
        return
    raise Invalid(
        _(
            "These two items cannot be handled together. Keep this one on its own, and go on with "
            "it."
        )
    )


def _kept_close(case: Case) -> tuple[bool, bool]:
    """Whether it is sealed, or waits for the first look of a few (``first_readers``)."""
    whole_bodies = case.matter.audience.filter(body__isnull=False)
    return case.matter.sealed, not case.matter.sealed and not whole_bodies.exists()


def _shut_out_of(case: Case) -> set[tuple[UUID | None, UUID | None, UUID | None]]:
    return set(case.matter.excluded.values_list("body", "post", "user"))


def _let_in(case: Case, target: Case) -> None:
    """The people of the joined case follow the common one; no officials are let in by it."""
    people = case.matter.audience.filter(body=None, post=None).values_list("holder", flat=True)
    Access.objects.bulk_create(
        [Access(matter=target.matter, holder=h) for h in people], ignore_conflicts=True
    )


def _let_out(target: Case, submissions: Sequence[UUID]) -> None:
    """Whoever only came with the parted case follows the other one no longer."""
    staying = target.carried.filter(until=None).values("submission")
    gone = Receipt.objects.filter(about__in=submissions).exclude(about__in=staying).values("pk")
    Access.objects.filter(matter=target.matter, holder__in=gone).delete()


@transaction.atomic
def part(case_id: UUID, *, reason: str, by: Actor, at: datetime) -> Case:
    """Undo a joining: the case stands on its own again, with its own people."""
    first = Case.objects.visible_to(by).filter(pk=case_id).first()
    link = Link.objects.filter(source=case_id, kind=Link.Kind.MERGED_INTO, ended_at=None).first()
    if first is None:
        raise NotFound("")
    if link is None:
        raise Invalid(_("This item is not handled with another one."))
    locked = Case.objects.lock_all([case_id, link.target_id], seen_by=by)
    case, target = sorted(locked, key=lambda c: c.pk != case_id)
    require(policies.may_route(by, case))
    workflow.PART.take(case)
    mine = list(case.carried.values_list("submission", flat=True))
    target.carried.filter(submission__in=mine, until=None).update(until=at)
    Carried.objects.bulk_create(
        Carried(case=case, submission_id=s, since=at) for s in dict.fromkeys(mine)
    )
    _let_out(target, mine)
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    store(case)
    explain(
        enter(docket_events.Split(target.pk), about=case.matter, by=by, at=at, content=[reason]),
        case,
        reason,
    )
    return case
