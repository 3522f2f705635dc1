"""A person is erased: what they said, who they are and how to reach them. The record that somebody
said something, when, and what became of it stays, and its proof stays whole (design §7).

Law on the protection of personal data 91/2025/QH15; what a body must keep is kept until the day of
its own list of retention periods (Law on archives 33/2024/QH15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.cases import policies
from doithoai.cases.commands import striking
from doithoai.cases.commands.settling import explain
from doithoai.cases.commands.striking import Gone
from doithoai.cases.models import Carried, Case, Submission
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid, NotFound
from doithoai.docket import events
from doithoai.docket.commands import enter
from doithoai.docket.models import Access
from doithoai.files.models import Attachment, Document
from doithoai.ledger.commands import forget_all, kill_receipts
from doithoai.ledger.models import Entry, Receipt
from doithoai.theme.formatting import day
from doithoai.vault.commands import destroy
from doithoai.vault.reading import holds

KEPT_YEARS: Final = 10  # a default of ours, until the body's own list of retention periods is set


@dataclass(frozen=True)
class Ground:
    """Why a person is erased. ``document`` is the request or decision by its number, ``decided_on``
    its day; ``kept_years`` after its end an item is kept, and not erased but ``despite_duty``.
    """

    reason: str
    basis: str
    document: str
    decided_on: date
    despite_duty: bool = False
    kept_years: int = KEPT_YEARS


@dataclass(frozen=True)
class Erased:
    """What was done: items, proofs that confirm nothing any more, and what stays and why."""

    cases: tuple[str, ...]
    salts: int
    sealed: int
    kept: tuple[str, ...]


@transaction.atomic
def erase(submission_id: UUID, ground: Ground, *, by: Actor, at: datetime) -> Erased:
    """Erase the person behind a statement from every item that carries or carried it.

    Raises NotFound; Invalid without reason, basis or document, where one of these names the person,
    while a duty to keep the record runs, and for a sealed item that keeps others' words as well.
    """
    ids = Carried.objects.filter(submission=submission_id).values_list("case", flat=True)
    cases = Case.objects.lock_all(list(ids), seen_by=by)
    if not cases:
        raise NotFound(_("There is no such statement."))
    for case in cases:
        require(policies.may_erase(by, case))
    gone = _gone(submission_id, cases, at)
    _check_ground(ground, gone)
    _check_duty_to_keep(ground, cases, at)
    sealed = _destroy_sealed(gone)
    for strike in striking.BESIDE.values():
        strike(gone)
    for case in cases:
        striking.out_of_item(case, gone)
    salts = _forget_proofs(gone)
    _shut_receipts(gone)
    striking.out_of_statement(gone)
    _enter(ground, gone, by, at)
    return Erased(tuple(c.matter.code for c in cases), salts, sealed, _kept(gone))


def _gone(submission_id: UUID, cases: Sequence[Case], at: datetime) -> Gone:
    said = Submission.objects.select_for_update(no_key=True).get(pk=submission_id)
    shared = Carried.objects.filter(case__in=cases).exclude(submission=submission_id)
    others = set(shared.exclude(submission__text="").values_list("case", flat=True))
    return Gone(said, tuple(cases), frozenset(c.pk for c in cases if c.pk not in others), at)


def _check_ground(ground: Ground, gone: Gone) -> None:
    given = (ground.reason, ground.basis, ground.document)
    if not all(text.strip() for text in given):
        raise Invalid(_("Give the reason, the legal basis and the request or decision."))
    if any(gone.strike(text) != text for text in given):
        raise Invalid(
            _("The reason, the basis and the document stay in the record: name nobody in them.")
        )


def _check_duty_to_keep(ground: Ground, cases: Sequence[Case], at: datetime) -> None:
    """An item in progress is needed to settle it; one that has ended is kept for some years."""
    if ground.despite_duty:
        return
    for case in cases:
        if not case.final:
            raise Invalid(
                _("%(code)s is still being settled: what was said is needed until it ends.")
                % {"code": case.matter.code}
            )
        until = _kept_until(case, ground.kept_years)
        if local_day(at) < until:
            raise Invalid(
                _("%(code)s has to be kept until %(day)s. A decision may say otherwise.")
                % {"code": case.matter.code, "day": day(until)}
            )


def _kept_until(case: Case, years: int) -> date:
    """The first of January after so many whole years since the last thing that happened."""
    last = Entry.objects.filter(matter=case.pk).latest("at")
    return date(local_day(last.at).year + years + 1, 1, 1)


def _destroy_sealed(gone: Gone) -> int:
    """Nobody opens what the vault keeps of these items any more; how many items that were."""
    sealed = [case.pk for case in gone.cases if holds(case.pk)]
    if set(sealed) - gone.alone:
        raise Invalid(
            _("A sealed item keeps several people's words under one key: none is erased alone.")
        )
    for matter in sealed:
        destroy(matter)
    return len(sealed)


def _forget_proofs(gone: Gone) -> int:
    """Delete the salts of what they said and of what the office wrote to them; what others said
    can still be proved.
    """
    matters = [case.pk for case in gone.cases]
    others = Carried.objects.filter(case__in=matters).exclude(submission=gone.submission.pk)
    named = [str(pk) for pk in others.values_list("submission", flat=True)]
    receipts = Receipt.objects.filter(about__in=others.values("submission")).values("pk")
    about = Q(matter__in=matters) | Q(matter=gone.submission.pk)
    said = Entry.objects.filter(about).exclude(content=[])
    theirs = said.exclude(data__submission__in=named).exclude(actor__in=receipts)
    return forget_all(list(theirs.values_list("pk", flat=True)))


def _shut_receipts(gone: Gone) -> None:
    """Their slip opens nothing any more."""
    receipts = Receipt.objects.filter(about=gone.submission.pk).values_list("pk", flat=True)
    Access.objects.filter(holder__in=list(receipts)).delete()
    kill_receipts(gone.submission.pk, at=gone.at)


def _enter(ground: Ground, gone: Gone, by: Actor, at: datetime) -> None:
    said = events.Erased(
        subject=gone.submission.pk,
        basis=ground.basis.strip(),
        document=ground.document.strip(),
        decided_on=ground.decided_on,
        despite_duty=ground.despite_duty,
    )
    for case in gone.cases:
        entry = enter(said, about=case.matter, by=by, at=at, content=[ground.reason.strip()])
        explain(entry, case, ground.reason)


def _kept(gone: Gone) -> tuple[str, ...]:
    """What stays, each with why."""
    kept = [
        _("The entries stay: when what happened, without words or names; figures rest on them."),
        _("The office's answers and notes stay, with what names the person struck out."),
    ]
    papers = Document.objects.filter(about__in=[case.pk for case in gone.cases])
    signed = papers.exclude(signed_file=None).count()
    if signed:
        text = _("%(count)s signed documents stay: they are the body's records (Law on archives).")
        kept.append(text % {"count": signed})
    shared = [case.pk for case in gone.cases if case.pk not in gone.alone]
    files = Attachment.objects.filter(about__in=shared).count()
    if files:
        text = _(
            "%(count)s files stay, because others spoke in the item too: look whether they show"
            " the person."
        )
        kept.append(text % {"count": files})
    return tuple(kept)
