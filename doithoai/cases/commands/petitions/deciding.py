"""Decisions on a petition: its conditions, accept, decline, guide, hand back with the originals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doithoai.cases import events, petition_events, policies, workflow
from doithoai.cases.commands.petitions import decisions, passing, threads
from doithoai.cases.commands.petitions.decisions import UNSIGNED, Decided, Signed
from doithoai.cases.commands.settling import not_shut_out, store
from doithoai.cases.commands.telling import tell
from doithoai.cases.models import Case, Examination, Petition
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.decisions import require
from doithoai.core.errors import Invalid
from doithoai.docket.commands import Said, become, enter, enter_all
from doithoai.units.territory import country


@dataclass(frozen=True)
class Acceptance:
    """Thụ lý: from which day, in which area, how complex, by which document."""

    accepted_on: date
    complexity: str = "normal"
    remote_area: bool | None = None  # None: as the place's own data say
    paper: Signed = UNSIGNED


@transaction.atomic
def examine(case_id: UUID, *, grounds: Sequence[str] = (), by: Actor, at: datetime) -> Examination:
    """Look at the conditions to handle the petition (Circular 05/2021/TT-TTCP, article 6).

    Without ``grounds`` it meets them. Raises Invalid for a ground the country pack does not have.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.EXAMINE](by, case))
    workflow.EXAMINE.take(case)
    known = country().ineligible_grounds
    if not set(grounds) <= set(known):
        raise Invalid(_("Choose the conditions it does not meet from the list."))
    assert by.post is not None, "policies let only officials decide"
    made = Examination.objects.create(
        case=case, eligible=not grounds, grounds=sorted(set(grounds)), by_id=by.post, at=at
    )
    enter(petition_events.Examined(eligible=not grounds), about=case.matter, by=by, at=at)
    return made


@transaction.atomic
def admit(case_id: UUID, acceptance: Acceptance, *, by: Actor, at: datetime) -> Case:
    """Accept for settlement: its time runs from ``accepted_on``, by the area and the complexity.

    Raises Denied without competence or without the conditions met; Invalid for a day before it
    came in or yet to come.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.ADMIT](by, case))
    workflow.ADMIT.take(case)
    _check_day(case, acceptance.accepted_on, at)
    holder = case.handling_body_id or case.receiving_body_id
    case.handling_body_id = holder
    case.accepted_on, case.complexity = acceptance.accepted_on, acceptance.complexity
    case.remote_area = bool(acceptance.remote_area)
    become(case.matter, role="handling_body", body=holder, at=at)
    store(case, "handling_body", "accepted_on", "complexity", "remote_area")
    said = petition_events.Admitted(case.accepted_on, case.remote_area, case.complexity)
    text = _("Accepted for settlement.")
    more, content = decisions.to_the_person(case, text)
    entry = enter_all([Said(said, content), *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("admit", text, "admitted", paper=acceptance.paper)
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


def _check_day(case: Case, day: date, at: datetime) -> None:
    if day > local_day(at):
        raise Invalid(_("The day of acceptance lies in the future. Correct it."))
    if day < passing.registered_on(case):
        raise Invalid(_("The day of acceptance lies before the petition came in. Correct it."))


@transaction.atomic
def decline(
    case_id: UUID,
    *,
    ground: str,
    text: str,
    paper: Signed = UNSIGNED,
    by: Actor,
    at: datetime,
) -> Case:
    """Do not accept for settlement, on a ground of the law, and say so in writing.

    Raises Invalid for a ground the law does not give for this kind (Law on Complaints 02/2011,
    article 11; Law on Denunciations 25/2018, article 29).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.DECLINE](by, case))
    workflow.DECLINE.take(case)
    found = decisions.ground_named(ground, for_kind=case.matter.procedure)
    words = decisions.checked(text)
    case.closed_at = at
    store(case, "closed_at")
    more, content = decisions.to_the_person(case, decisions.in_full(words, found))
    said = Said(petition_events.Declined(found.code), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("decline", words, "declined", found.code, paper=paper)
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


@transaction.atomic
def advise(
    case_id: UUID, *, ground: str, text: str, to: UUID | None = None, by: Actor, at: datetime
) -> Case:
    """Guide the person to the competent body (hướng dẫn), once only on the same content.

    Raises Invalid for a ground the law does not give for this kind, for the body that has it, and
    when they were guided on it before: then it is put on file (Circular 05/2021/TT-TTCP, article
    6).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.ADVISE](by, case))
    workflow.ADVISE.take(case)
    grounds = country().advise_grounds
    found = decisions.elsewhere(grounds, ground, for_kind=case.matter.procedure)
    _check_guided_to(case, to, at)
    words = decisions.checked(text)
    case.closed_at = at
    store(case, "closed_at")
    more, content = decisions.to_the_person(case, decisions.in_full(words, found))
    entry = enter_all([Said(events.Guided(), content), *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("advise", words, "guided", found.code, to=to)
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


def _check_guided_to(case: Case, to: UUID | None, at: datetime) -> None:
    not_shut_out(case, to, at=at)
    if to is not None and to == (case.handling_body_id or case.receiving_body_id):
        raise Invalid(_("Your body has it already. Choose the body the person is to turn to."))
    if threads.guided_before(case):
        raise Invalid(
            _(
                "This person was guided once already on the same content. A second time it is put "
                "on file on that ground (Circular 05/2021/TT-TTCP, article 6)."
            )
        )


@transaction.atomic
def hand_back(
    case_id: UUID, *, ground: str, text: str, papers: Sequence[str], by: Actor, at: datetime
) -> Case:
    """Hand the petition back with every original that came with it (trả lại đơn).

    Raises Invalid for a ground the law does not give for this kind, when an original is missing
    from ``papers``, and for one that was never received.
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.HAND_BACK](by, case))
    workflow.HAND_BACK.take(case)
    grounds = country().hand_back_grounds
    found = decisions.elsewhere(grounds, ground, for_kind=case.matter.procedure)
    given = [paper.strip() for paper in papers if paper.strip()]
    _check_originals(case, given)
    words = decisions.checked(text)
    case.closed_at = at
    store(case, "closed_at")
    more, content = decisions.to_the_person(case, decisions.in_full(words, found))
    said = Said(petition_events.HandedBack(len(given)), content)
    entry = enter_all([said, *more], about=case.matter, by=by, at=at)[0]
    decided = Decided("hand_back", words, "handed_back", found.code, papers=tuple(given))
    decisions.keep(case, entry, decided, by=by, at=at)
    return case


def _check_originals(case: Case, given: Sequence[str]) -> None:
    came = _originals(case)
    missing = [each for each in came if each not in given]
    if missing:
        raise Invalid(
            _("These originals came with the petition and go back with it: %(papers)s.")
            % {"papers": "; ".join(missing)}
        )
    never = [each for each in given if each not in came]
    if never:
        raise Invalid(
            _(
                "These papers are not among the originals registered with the petition, so they "
                "cannot be handed back: %(papers)s."
            )
            % {"papers": "; ".join(never)}
        )


def _originals(case: Case) -> list[str]:
    rows = Petition.objects.filter(submission__carried__case=case, submission__carried__until=None)
    return [paper for each in rows.values_list("originals", flat=True) for paper in each]


@transaction.atomic
def notify_acceptance(case_id: UUID, *, by: Actor, at: datetime) -> Case:
    """The denouncer was told of the acceptance, and the denounced of the content, never of who
    (Law on Denunciations 25/2018, article 29).
    """
    case = Case.objects.lock(case_id, seen_by=by)
    require(policies.RIGHTS[workflow.NOTIFY_ACCEPTANCE](by, case))
    workflow.NOTIFY_ACCEPTANCE.take(case)
    enter(petition_events.AcceptanceNotified(), about=case.matter, by=by, at=at)
    if not case.matter.sealed:
        tell(case, "admitted", {}, at=at)
    return case
