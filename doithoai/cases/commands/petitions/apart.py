"""The parts of a mixed petition, taken apart so that nothing of what is sealed stays with what is
open: not its words, not its line in a register, not its slip.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from doithoai.accounts.models import User
from doithoai.cases import masking, secrecy
from doithoai.cases.commands.intake import Statement, fan_out, how_it_came, submit
from doithoai.cases.commands.petitions import arrivals, sealed_receiving
from doithoai.cases.commands.petitions.arrivals import Arrival
from doithoai.cases.commands.petitions.sorting import Nature, holder
from doithoai.cases.commands.sealed_opening import sealed_number
from doithoai.cases.commands.sealed_ways import paper_way
from doithoai.cases.models import Case, Petition, Submission
from doithoai.core.actors import Actor
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket.commands import admit


def paper(case: Case) -> Petition | None:
    """The paper by which it came, if it has a line in a register of petitions."""
    rows = Petition.objects.filter(submission__carried__case=case, submission__carried__until=None)
    return rows.order_by("year", "number").first()


def say(case: Case, text: str) -> None:
    """From now on it says these words alone."""
    case.text = text.strip()
    case.save(update_fields=["text"])


def looked_at(case: Case) -> bool:
    """Whether a mark in the whole was looked at when it came in, and proved no state secret."""
    return bool(secrecy.stamped(case.text))


def opened(case: Case, texts: Sequence[str], *, by: Actor, at: datetime) -> list[Case]:
    """The matters that stay open: one statement in their own words, which all of them carry, and
    which the slips of the whole open as well.
    """
    said = _statement(case, "\n\n".join(text.strip() for text in texts))
    first = submit(said, to=holder(case), by=by, at=at, slip=False).case
    more = fan_out(first.pk, texts=texts[1:], not_secret=said.not_secret, by=by, at=at)
    say(first, texts[0])
    first.matter.title = masking.impersonal(first.text)
    first.matter.save(update_fields=["title"])
    for each in (first, *more):
        for slip in _slips(case):
            admit(each.matter, holder=slip)
    return [first, *more]


def sealed(case: Case, nature: Nature, text: str, *, by: Actor, at: datetime) -> Case:
    """A further part that is sealed: never open, in its own words, under the head who settles it.

    Raises Invalid where nobody here may have it.
    """
    found = nature.whither(holder(case), today=local_day(at))
    if found.to is None:
        raise Invalid(paper_way(found))
    said, came = _statement(case, text), paper(case)
    arrival = arrivals.of(came) if came else Arrival(case.matter.received_on)
    content = sealed_receiving.content_of(said, replace(arrival, nature=nature), nature)
    made = sealed_receiving.open_apart(content, nature, found, holders=_slips(case), by=by, at=at)
    sealed_receiving.line(made, arrival, found.to.body)
    return made.case


def _slips(case: Case) -> list[UUID]:
    """The slips by which people follow it; not officials who may see it in person."""
    held = case.matter.audience.filter(holder__isnull=False).values_list("holder", flat=True)
    officials = set(User.objects.filter(pk__in=list(held)).values_list("pk", flat=True))
    return [each for each in held if each and each not in officials]


def hand_line_over(case: Case, came: Petition | None, made: Sequence[Case]) -> None:
    """The open matters keep the line of the paper in the register: its number, day and way, and
    nothing in it tells that there was more. It is of no thread: the copies of the paper were sealed
    with it. What was sealed gets a line in the sealed register of
    the body that has it now. Where nothing of it was sealed, or nothing stays open, all stays.
    """
    open_one = next((each for each in made if not each.matter.sealed), None)
    if came is None or open_one is None or not case.matter.sealed:
        return
    _to_sealed_register(came, case)
    line = arrivals.row(open_one.carried.get(until=None).submission, arrivals.of(came))
    line.body, line.year, line.number = came.body, came.year, came.number
    line.forwarder_name, line.sender_key = came.forwarder_name, came.sender_key
    line.save(force_insert=True)


def _to_sealed_register(came: Petition, case: Case) -> None:
    row, body = Petition.objects.get(pk=came.pk), holder(case)
    row.sealed, row.body, row.thread, row.repeats = True, body, None, None
    row.sender_key = row.forwarder_name = ""
    row.number = sealed_number(body, year=row.year)
    row.save()


def _statement(case: Case, text: str) -> Statement:
    """Said by the same person, on the same day and the same way, in other words."""
    said = Submission.objects.filter(carried__case=case, carried__until=None).order_by("said_at")[0]
    forwarder, party_head = how_it_came(case)
    return Statement(
        text=text,
        forwarder=forwarder,
        party_head=party_head,
        channel=said.channel,
        occasion=said.occasion,
        who=said.who,
        speaker=said.speaker,
        people=said.people,
        place=said.place_id,
        place_text=said.place_text,
        phone=said.phone,
        email=said.email,
        address=said.address,
        field=case.matter.field,
        occasion_matter=case.occasion_matter,
        language=said.language,
        received_on=case.matter.received_on,
        not_secret=looked_at(case),
    )
