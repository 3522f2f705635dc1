"""The papers of a petition: forms filled in from the case, its petition and what was decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases.models import Case, Petition, Ruling, Submission, Transfer
from doithoai.docket.models import Obligation
from doithoai.docket.unsealing import Contents
from doithoai.files.facts import Facts, Head
from doithoai.files.form_queries import Made, made
from doithoai.files.signing import headed
from doithoai.theme.formatting import day
from doithoai.units.models import Body
from doithoai.units.territory import country

SEVERAL: Final = 20  # respondents and papers named, at most


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the officer chose where the record does not say it yet, and what they add."""

    to: UUID | None = None
    grounds: tuple[str, ...] = ()
    explanation: str = ""


def paper(
    case: Case, code: str, asked: Asked, *, today: date, opened: Contents | None = None
) -> Made:
    """A form of this case filled in, in the layout of the body that signs.

    ``opened``: what an unsealing shows, for a sealed case; without it such a paper names nobody.
    Papers speak the language of the office, whatever language the clerk reads the screen in.
    """
    with override(settings.LANGUAGE_CODE):
        said = facts(case, asked)
        if case.matter.sealed:
            said = _unsealed(said, opened or Contents())
        return made(code, head(case, today=today), said)


def head(case: Case, *, today: date) -> Head:
    """Who makes the paper: the body that has the case, signed by its head of today."""
    return headed(case.handling_body or case.receiving_body, today=today)


def facts(case: Case, asked: Asked) -> Facts:
    """What the record says; what the officer chose comes first."""
    said = Submission.objects.filter(carried__case=case, carried__until=None)
    first = said.select_related("place").order_by("said_at").first()
    petition = Petition.objects.filter(submission=first).first() if first else None
    ruling = case.rulings.select_related("to").order_by("-at").first()
    found = Facts(
        code=case.matter.code,
        content=case.text.strip().rstrip(". "),
        received_on=day(case.matter.received_on),
        petition_kind=_kind(case.matter.procedure),
        respondent=_respondents(case),
        accepted_on=day(case.accepted_on) if case.accepted_on else "",
        due_on=_due(case),
        explanation=asked.explanation,
        parts=_parts(case),
    )
    return _decided(case, _by_petition(_by_person(found, first), petition), ruling, asked)


def _kind(procedure: str) -> str:
    named = country().petition_kinds.get(procedure)
    kind = named.label(settings.LANGUAGE_CODE).lower() if named else ""
    return _("petition (%(kind)s)") % {"kind": kind} if kind else ""


def _respondents(case: Case) -> str:
    rows = case.respondents.filter(relation="respondent").select_related("body", "post", "user")
    named = (row.user or row.post or row.body for row in rows[:SEVERAL])
    return "; ".join(str(getattr(each, "name", "") or getattr(each, "title", "")) for each in named)


def _due(case: Case) -> str:
    """Until when it is to be settled, once accepted."""
    if case.accepted_on is None:
        return ""
    owed = Obligation.objects.filter(
        matter=case.pk, kind="duty", state="open", rule__contains=".settle"
    )
    found = owed.order_by("due_on").values_list("due_on", flat=True).first()
    return day(found) if found else ""


def _parts(case: Case) -> str:
    """The matters of one petition, numbered; the whole text where it was not split."""
    said = Submission.objects.filter(carried__case=case, carried__until=None)
    titles = (
        Case.objects.filter(
            carried__submission__in=said, carried__until=None, matter__sealed=case.matter.sealed
        )
        .order_by("matter__code")
        .values_list("matter__title", flat=True)
        .distinct()
    )
    listed = list(titles[:SEVERAL])
    return _numbered(listed) if len(listed) > 1 else case.text


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))


def _by_person(found: Facts, said: Submission | None) -> Facts:
    if said is None:
        return found
    address = said.address or said.place_text or (said.place.name if said.place else "")
    people = str(said.people) if said.people else ""
    return replace(found, person_name=said.speaker, person_address=address, people=people)


def _by_petition(found: Facts, petition: Petition | None) -> Facts:
    if petition is None:
        return found
    return replace(
        found,
        petition_number=str(petition),
        petition_date=day(petition.dated_on) if petition.dated_on else "",
        received_on=day(petition.arrived_on),
        papers=_numbered(petition.originals),
    )


def _decided(case: Case, found: Facts, ruling: Ruling | None, asked: Asked) -> Facts:
    """Where it goes and why: as the officer chose, else as was decided."""
    to = Body.objects.filter(pk=asked.to).first() if asked.to else ruling.to if ruling else None
    sent = case.transfers.exclude(how=Transfer.How.ROUTE).select_related("to").order_by("-at")
    letter = sent.first()
    codes = asked.grounds or _recorded(case, ruling)
    chosen = [ground for code in codes if (ground := country().ground(code))]
    found = replace(
        found,
        to_body=to.name if to else letter.to.name if letter else "",
        ground="; ".join(g.label(settings.LANGUAGE_CODE) for g in chosen),
        article="; ".join(dict.fromkeys(g.basis for g in chosen)),
    )
    earlier = _earlier(ruling, letter)
    if ruling is not None and ruling.papers:
        found = replace(found, papers=_numbered(ruling.papers))
    return replace(found, earlier_number=earlier[0], earlier_date=earlier[1])


def _recorded(case: Case, ruling: Ruling | None) -> Sequence[str]:
    """The grounds of the last decision, else of the last look at the conditions."""
    if ruling is not None and ruling.ground:
        return (ruling.ground,)
    last = case.examinations.order_by("-at").first()
    return last.grounds if last else ()


def _earlier(ruling: Ruling | None, letter: Transfer | None) -> tuple[str, str]:
    """Number and day of the letter by which it went away."""
    for each in (ruling, letter):
        if each is not None and each.number and each.signed_on:
            return each.number, day(each.signed_on)
    return "", ""


def _unsealed(found: Facts, opened: Contents) -> Facts:
    """Of a sealed case the record says nothing; what is open to this user says it."""
    person = opened.persons[0] if opened.persons else None
    return replace(
        found,
        content="\n".join(text.text for text in opened.texts),
        parts="",
        person_name=person.name if person else "",
        person_address=person.address if person else "",
        person_identity=person.number if person else "",
    )
