"""A case's entries said to the person: plain sentences, nothing internal, nobody else's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from doithoai.cases.models import Case, PersonsWord, Question, Reason
from doithoai.cases.workflow import Outcome
from doithoai.ledger.models import Entry
from doithoai.theme.components import Happening
from doithoai.theme.formatting import day
from doithoai.units.models import Body

# What is not in this table is internal: notes, drafts, approvals, reminders, who works on it.
SENTENCES: Mapping[str, str] = {
    "cases.received": gettext_noop("Received by %(receiver)s."),
    "cases.classified": gettext_noop("Read and sorted."),
    "cases.guided": gettext_noop(
        "You were told in writing which other procedure is the right one."
    ),
    "cases.routed": gettext_noop("Given to %(body)s to settle."),
    "cases.offered": gettext_noop("%(body)s was asked to take it."),
    "cases.accepted": gettext_noop("%(body)s accepted it."),
    "cases.returned": gettext_noop("%(body)s returned it."),
    "cases.referred": gettext_noop("The person who decides on the lead body was asked to decide."),
    "cases.taken_back": gettext_noop("The question to %(body)s was taken back."),
    "cases.offer_urged": gettext_noop("%(body)s was urged."),
    "cases.decided_lead": gettext_noop("%(body)s was named lead body."),
    "cases.forwarded": gettext_noop(
        "Sent to %(body)s by letter %(number)s of %(signed_on)s. "
        "The sender stays answerable to you."
    ),
    "cases.urged": gettext_noop("%(body)s was urged."),
    "cases.body_replied": gettext_noop("The body written to replied. The sender will tell you."),
    "cases.asked": gettext_noop("You were asked something."),
    "cases.person_replied": gettext_noop("Your reply arrived."),
    "cases.acted": gettext_noop("A first measure was taken."),
    "cases.promised": gettext_noop("The conclusion of the dialogue set the date %(due_on)s."),
    "cases.conclusion_published": gettext_noop(
        "The conclusion notice of %(conclusion_on)s came out."
    ),
    "cases.answered": gettext_noop("Answered: %(outcome)s."),
    "cases.informed": gettext_noop("You were told how far it is."),
    "cases.scheduled": gettext_noop("Put on the roadmap for %(year)s."),
    "cases.reviewed": gettext_noop("The roadmap was looked at again."),
    "cases.published": gettext_noop("A version without names was published."),
    "cases.confirmed": gettext_noop("The result was agreed with."),
    "cases.partly_confirmed": gettext_noop("The result was agreed with in part."),
    "cases.disputed": gettext_noop("The result was not agreed with."),
    "cases.unconfirmed": gettext_noop("The time to say whether you agree has passed."),
    "cases.escalated": gettext_noop("It went one level up, to %(body)s."),
    "cases.extended": gettext_noop("The time was extended."),
    "cases.reopened": gettext_noop("It was taken up again."),
    "cases.closed": gettext_noop("Ended."),
    "cases.withdrawn": gettext_noop("Withdrawn."),
    "cases.archived": gettext_noop("Put on file."),
    "cases.divided": gettext_noop(
        "What you sent is about several matters; each is handled under its own procedure."
    ),
    "cases.converted": gettext_noop("It is handled under another procedure from now on."),
    "cases.admitted": gettext_noop("Accepted for settlement on %(accepted_on)s."),
    "cases.declined": gettext_noop("Not accepted for settlement; you were told why in writing."),
    "cases.transferred": gettext_noop("Transferred to %(body)s, which is competent."),
    "cases.handed_back": gettext_noop("Handed back to you with your original papers."),
    "cases.settled": gettext_noop("The body it was transferred to has settled it."),
    "cases.withdrawal_asked": gettext_noop(
        "It was asked to withdraw this; the body that settles it decides."
    ),
    "cases.withdrawal_not_followed": gettext_noop("It is settled in spite of the withdrawal."),
    "cases.terminated": gettext_noop("The settlement was stopped by decision of %(decided_on)s."),
    "cases.suspension_sent": gettext_noop("The decision to stop was sent."),
    "cases.slip_reissued": gettext_noop("A new slip was handed out; the old one no longer works."),
    "docket.merged": gettext_noop("It is handled together with another item about the same."),
    "docket.split": gettext_noop("It is handled on its own again."),
    "docket.taken_over": gettext_noop("%(body)s took it over from the body that had it."),
    "docket.escalated": gettext_noop("A date has passed: the head and the supervisor were told."),
    "docket.due_changed": gettext_noop("A date moved from %(old)s to %(new)s."),
}
MINOR = {"docket.due_changed", "cases.published", "cases.conclusion_published"}
OF_BODIES = ("body",)
OF_DAYS = ("due_on", "signed_on", "old", "new", "conclusion_on", "accepted_on", "decided_on")


@dataclass(frozen=True)
class Teller:
    """What the sentences need besides: names of bodies, and words this person may read."""

    receiver: str
    bodies: Mapping[UUID, str]
    words: Mapping[UUID, str]

    @classmethod
    def about(cls, case: Case, entries: Sequence[Entry], *, submission: UUID) -> "Teller":
        """Four queries, however long the line is."""
        named = {UUID(e.data["body"]) for e in entries if e.data.get("body")}
        bodies = Body.objects.filter(pk__in=named).values_list("pk", "short_name")
        words: dict[UUID, str] = dict(Reason.objects.filter(case=case).values_list("entry", "text"))
        questions = Question.objects.filter(case=case).values_list("pk", "text", "reply")
        own = PersonsWord.objects.filter(case=case, submission=submission)
        said = dict(own.values_list("at", "text"))
        alone = case.carried.filter(until=None).count() == 1
        asked = {pk: text for pk, text, _reply in questions}
        replies = {pk: reply for pk, _text, reply in questions} if alone else {}
        for entry in entries:
            words |= _quoted(entry, asked, replies, said)
        return cls(case.receiving_body.short_name, dict(bodies), words)


_SPOKEN = {"cases.confirmed", "cases.partly_confirmed", "cases.disputed"}


def _quoted(
    entry: Entry,
    asked: Mapping[UUID, str],
    replies: Mapping[UUID, str],
    said: Mapping[datetime, str],
) -> dict[UUID, str]:
    """What somebody said in it, if this person may read that; nobody else's words."""
    if entry.kind == "cases.asked":
        return {entry.pk: asked.get(UUID(entry.data["request"]), "")}
    if entry.kind == "cases.person_replied":
        return {entry.pk: replies.get(UUID(entry.data["request"]), "")}
    if entry.kind in _SPOKEN:
        return {entry.pk: said.get(entry.at, "")}
    return {}


def happenings(entries: Sequence[Entry], teller: Teller) -> tuple[Happening, ...]:
    """The line of a case, newest first."""
    told = [e for e in entries if e.kind in SENTENCES and not _opens_or_shuts(e)]
    return tuple(
        Happening(
            at=e.at,
            text=_(SENTENCES[e.kind]) % _facts(e, teller),
            words=teller.words.get(e.pk, ""),
            minor=e.kind in MINOR,
        )
        for e in reversed(told)
    )


def _opens_or_shuts(entry: Entry) -> bool:
    """A date that only began or stopped to run did not move for the person."""
    return entry.kind == "docket.due_changed" and not (entry.data["old"] and entry.data["new"])


def _facts(entry: Entry, teller: Teller) -> dict[str, str]:
    found = {name: str(value) for name, value in entry.data.items()}
    found["receiver"] = teller.receiver
    for name in OF_BODIES:
        if entry.data.get(name):
            found[name] = teller.bodies.get(UUID(entry.data[name]), "")
    for name in OF_DAYS:
        if entry.data.get(name):
            found[name] = day(date.fromisoformat(entry.data[name]))
    if "outcome" in found:
        found["outcome"] = str(Outcome(found["outcome"]).label)
    return found
