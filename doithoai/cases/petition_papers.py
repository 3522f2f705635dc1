"""The papers of a petition: forms filled in from the case, its petition and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from doithoai.cases import filed
from doithoai.cases.events import Archived
from doithoai.cases.models import Case, Petition, Reason, Ruling, Submission, Transfer
from doithoai.cases.workflow import State
from doithoai.docket.models import Obligation
from doithoai.docket.unsealing import Contents
from doithoai.files.facts import Facts, Head
from doithoai.files.form_queries import Made, made
from doithoai.files.signing import headed
from doithoai.ledger.models import Entry
from doithoai.theme.formatting import day
from doithoai.units.models import Body
from doithoai.units.queries import upper
from doithoai.units.territory import country

SEVERAL: Final = 20  # respondents and papers named, at most
# Which decision a form tells of.
STEPS: Final[Mapping[str, str]] = {
    "guidance": "advise",
    "complaint_transferred": "transfer",
    "denunciation_transferred": "transfer",
    "party_matter_transferred": "transfer",
    "party_matter_passed_on": "transfer",
    "complaint_admitted": "admit",
    "denunciation_admitted": "admit",
    "complaint_declined": "decline",
    "denunciation_declined": "decline",
    "repeated_denunciation_declined": "decline",
    "handed_back": "hand_back",
    "not_eligible": "archive",
}
SENT_ON: Final = frozenset({"advise", "transfer"})


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
        said = facts(case, asked, code=code)
        if case.matter.sealed:
            said = _unsealed(said, opened or Contents())
        return made(code, head(case, today=today), said)


def head(case: Case, *, today: date) -> Head:
    """Who makes the paper: the body that has the case, signed by its head of today."""
    return headed(case.handling_body or case.receiving_body, today=today)


def facts(case: Case, asked: Asked, *, code: str = "") -> Facts:
    """What the record says; what the officer chose comes first. ``code``: of which form; it tells
    which decision is meant.
    """
    said = Submission.objects.filter(carried__case=case, carried__until=None)
    first = said.select_related("place").order_by("said_at").first()
    petition = Petition.objects.filter(submission=first).first() if first else None
    ruling = _ruling(case, code)
    above = upper(case.handling_body or case.receiving_body)
    found = Facts(
        code=case.matter.code,
        content=case.text.strip().rstrip(". "),
        received_on=day(case.matter.received_on),
        petition_kind=_kind(case.matter.procedure),
        respondent=_respondents(case),
        accepted_on=day(case.accepted_on) if case.accepted_on else "",
        due_on=_due(case),
        explanation=asked.explanation,
        above_body=above.name if above else "",
        parts=_parts(case),
    )
    known = _by_petition(_by_person(found, first), petition)
    return _decided(case, known, ruling, asked, STEPS.get(code, ""))


def _ruling(case: Case, code: str) -> Ruling | None:
    """The last decision of the step a form is about; of a form about none, the last one."""
    made = case.rulings.select_related("to").order_by("-at")
    step = STEPS.get(code)
    return made.filter(step=step).first() if step else made.first()


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


def _decided(case: Case, found: Facts, ruling: Ruling | None, asked: Asked, step: str) -> Facts:
    """Where it goes and why: as the officer chose, else as was decided."""
    to = Body.objects.filter(pk=asked.to).first() if asked.to else ruling.to if ruling else None
    sent = case.transfers.exclude(how=Transfer.How.ROUTE).select_related("to").order_by("-at")
    letter = sent.first()
    codes = asked.grounds or _recorded(case, ruling, step)
    chosen = [ground for code in codes if (ground := country().ground(code))]
    found = replace(
        found,
        to_body=to.name if to else letter.to.name if letter else "",
        ground="; ".join(g.label(settings.LANGUAGE_CODE) for g in chosen),
        article="; ".join(dict.fromkeys(g.basis for g in chosen)),
        next_step=" ".join(filter(None, (g.next_step(settings.LANGUAGE_CODE) for g in chosen))),
        reason=_said(case, ruling, letter, step),
    )
    earlier = _earlier(ruling, letter)
    if ruling is not None and ruling.papers:
        found = replace(found, papers=_numbered(ruling.papers))
    return replace(found, earlier_number=earlier[0], earlier_date=earlier[1])


def _said(case: Case, ruling: Ruling | None, letter: Transfer | None, step: str) -> str:
    """The words of the decision, as the person was told; of what is on file, why; of what was
    offered, why that body. Of a sealed case the record has none.
    """
    if ruling is not None:
        return ruling.text
    if case.matter.sealed:
        return ""
    if step == "transfer":
        return letter.why if letter else ""
    return _why_on_file(case)


def _why_on_file(case: Case) -> str:
    """What was added to the ground, its article and the conditions, which stand there already."""
    entry = _on_file(case)
    ground = country().archive_grounds.get(entry.data["ground"]) if entry else None
    if entry is None or ground is None:
        return ""
    last = case.examinations.order_by("-at").first() if ground.conditions else None
    text = Reason.objects.filter(entry=entry.pk).values_list("text", flat=True).first() or ""
    return text.removeprefix(filed.in_words(ground, last.grounds if last else ())).strip()


def _on_file(case: Case) -> Entry | None:
    if case.state != State.ARCHIVED:
        return None
    return Entry.objects.filter(matter=case.pk, kind=Archived.name).order_by("at", "id").last()


def _recorded(case: Case, ruling: Ruling | None, step: str) -> Sequence[str]:
    """The grounds of the last decision, the ground on which it is on file, else what the last look
    at the conditions found: that is no ground for sending it to another body.
    """
    if ruling is not None and ruling.ground:
        return (ruling.ground,)
    entry = _on_file(case)
    ground = country().archive_grounds.get(entry.data["ground"]) if entry else None
    if ground is not None and not ground.conditions:
        return (ground.code,)
    last = None if step in SENT_ON else case.examinations.order_by("-at").first()
    if last is not None:
        return last.grounds
    return (ground.code,) if ground else ()


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
