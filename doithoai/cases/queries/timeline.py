"""The record of a case as sentences: what happened, who did it, in whose words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from doithoai.cases.queries import labels
from doithoai.cases.queries.choosing import field_named
from doithoai.cases.queries.page import Fact, Piece, Pieces
from doithoai.cases.workflow import Outcome
from doithoai.core.days import local_day
from doithoai.docket import lawbook
from doithoai.theme.components import Happening
from doithoai.theme.formatting import day

SENTENCES: Final[Mapping[str, str]] = {
    "cases.received": noop("Received: %(channel)s"),
    "cases.classified": noop("Classified as %(field)s"),
    "cases.guided": noop("The person was told in writing which procedure is the right one"),
    "cases.routed": noop("Given to %(body)s"),
    "cases.offered": noop("Transferred to %(body)s, which is to accept or return it"),
    "cases.accepted": noop("%(body)s accepted it"),
    "cases.returned": noop("%(body)s returned it (time %(times)s)"),
    "cases.referred": noop("The lead body is to be decided"),
    "cases.taken_back": noop("The transfer to %(body)s was taken back"),
    "cases.offer_urged": noop("%(body)s was urged to accept or return it"),
    "cases.decided_lead": noop("%(body)s was named the lead body"),
    "cases.forwarded": noop("Sent to %(body)s by letter %(number)s of %(signed_on)s"),
    "cases.letter_drafted": noop("A letter to %(body)s was drafted, to be numbered and signed"),
    "cases.urged": noop("%(body)s was urged to reply"),
    "cases.body_replied": noop("The body written to replied"),
    "cases.assigned": noop("Given to work on to %(post)s"),
    "cases.asked": noop("The person was asked"),
    "cases.person_replied": noop("The person replied"),
    "cases.acted": noop("First measure on the same day"),
    "cases.drafted": noop("An answer was drafted"),
    "cases.approved": noop("The drafted answer was approved"),
    "cases.promised": noop("The conclusion set the date %(due_on)s"),
    "cases.conclusion_published": noop("The conclusion notice of %(conclusion_on)s came out"),
    "cases.answered": noop("Answered: %(outcome)s"),
    "cases.published": noop("Published, with names and numbers masked"),
    "cases.withheld": noop("It was decided not to publish it"),
    "cases.confirmed": noop("The person agrees with the result"),
    "cases.one_agreed": noop("One of the people agrees; the others are still to be heard"),
    "cases.partly_confirmed": noop("The person agrees in part"),
    "cases.disputed": noop("The person does not agree and recommends again"),
    "cases.unconfirmed": noop("The time to hear the person ran out: no word from the person"),
    "cases.escalated": noop("Went one level up, to %(body)s"),
    "cases.scheduled": noop("Put on the roadmap of %(year)s"),
    "cases.informed": noop("The person was told how far it is"),
    "cases.reviewed": noop("The roadmap was reviewed"),
    "cases.extended": noop("The time was extended"),
    "cases.reopened": noop("Taken up again"),
    "cases.closed": noop("Closed"),
    "cases.withdrawn": noop("Withdrawn by the person"),
    "cases.archived": noop("Archived"),
    "cases.examined": noop("The conditions to handle the petition were looked at"),
    "cases.divided": noop("Split into %(parts)s matters, each handled under its own procedure"),
    "cases.converted": noop("Handled from now on as: %(kind)s"),
    "cases.admitted": noop("Accepted for settlement on %(accepted_on)s"),
    "cases.declined": noop("Not accepted for settlement: %(ground)s"),
    "cases.transferred": noop("Transferred to %(body)s, the competent body"),
    "cases.handed_back": noop("Handed back to the person with %(papers)s original papers"),
    "cases.settled": noop("The competent body has settled it"),
    "cases.acceptance_notified": noop("The acceptance was notified"),
    "cases.protection_asked": noop(
        "The person asks that nobody learns who they are: whoever settles it decides on "
        "protection and writes to them; they are not received online about it"
    ),
    "cases.withdrawal_asked": noop("The person asks to withdraw it; it is not decided yet"),
    "cases.withdrawal_not_followed": noop("It is settled in spite of the withdrawal: %(ground)s"),
    "cases.terminated": noop("The settlement was stopped by decision of %(decided_on)s"),
    "cases.suspension_sent": noop("The decision to stop was sent"),
    "cases.forwarder_informed": noop("Whoever forwarded it was told the result"),
    "cases.citizen_informed": noop("Whoever forwarded it has told the person"),
    "cases.forwarder_answered": noop("Whoever forwarded it was answered"),
    "cases.slip_reissued": noop("A new receipt was handed out; the old one is dead"),
    "cases.coordinated": noop("Coordinating bodies were named: %(bodies)s"),
    "cases.looked_over": noop("What was left for a person was looked at"),
    "cases.carried": noop("A further statement is handled in this item"),
    "cases.sealed": noop("Kept private together with an item for another procedure"),
    "reception.brought_up": noop("Raised at citizen reception: register no. %(number)s/%(year)s"),
    "reception.attended": noop("It is on record who really received the person"),
    "docket.corrected": noop("A mistaken entry was taken out of the record"),
    "docket.moved": noop("The task went to %(body)s"),
    "docket.taken_over": noop("%(body)s took it over as the successor of the body that had it"),
    "docket.erased": noop("What a person had said and who they are was erased: %(basis)s"),
    "docket.due_changed": noop("The date moved from %(old)s to %(new)s"),
    "docket.merged": noop("Handled together with another item"),
    "docket.split": noop("Handled on its own again"),
    "docket.reminded": noop("Reminder %(times)s to whoever owes"),
    "docket.escalated": noop("The date has passed: the post above and the supervisor were told"),
    "docket.alarmed": noop("An alarm has passed: the head and the supervisor were told"),
    "files.kept": noop("A file was added"),
}
LEFT: Final = noop("One of the statements is no longer handled in this item")
BY_DOCUMENT: Final = noop("The body written to replied by document %(number)s of %(signed_on)s")
PAUSED: Final = noop("The time is paused")
RUNS: Final = noop("The time runs, until %(new)s")
MINOR: Final = frozenset(
    {
        "docket.reminded",
        "docket.escalated",
        "docket.alarmed",
        "docket.moved",
        "docket.due_changed",
        "files.kept",
        "cases.looked_over",
    }
)
ONE_DAY: Final = 1  # working days; a discharge entered later than this is entered late
DISCHARGES: Final = frozenset(
    {
        "cases.answered",
        "cases.acted",
        "cases.body_replied",
        "cases.urged",
        "cases.person_replied",
        "cases.confirmed",
        "cases.partly_confirmed",
        "cases.disputed",
        "cases.reviewed",
    }
)
HANDED: Final = frozenset(
    {"cases.routed", "cases.accepted", "cases.decided_lead", "docket.taken_over"}
)
DAYS: Final = ("due_on", "signed_on", "old", "new", "conclusion_on", "accepted_on", "decided_on")


def happenings(pieces: Pieces) -> tuple[Happening, ...]:
    """The timeline, oldest first; internal notes are not part of it."""
    out = {e.data.get("entry") for e in pieces.of("entry") if e.text == "docket.corrected"}
    told = [e for e in pieces.of("entry") if e.text in SENTENCES and str(e.id) not in out]
    handed = {e.at for e in told if e.text in HANDED}
    return tuple(
        _happening(entry, pieces)
        for entry in told
        if entry.text != "docket.moved" or entry.at not in handed
    )


def _happening(entry: Piece, pieces: Pieces) -> Happening:
    return Happening(
        at=entry.at,
        text=_(_sentence(entry)) % _values(entry, pieces),
        actor=_who(entry, pieces),
        words=_in_words(entry, pieces),
        detail=_("entered late") if _late(entry) else "",
        minor=entry.text in MINOR,
    )


def _sentence(entry: Piece) -> str:
    """A date that stopped or began to run has not moved from or to a day; a reply names its
    document when it had one; a statement came or went.
    """
    data = entry.data
    if entry.text == "cases.body_replied" and data.get("number"):
        return BY_DOCUMENT
    if entry.text == "cases.carried" and not data.get("joined"):
        return LEFT
    if entry.text != "docket.due_changed" or (data.get("old") and data.get("new")):
        return SENTENCES[entry.text]
    return RUNS if data.get("new") else PAUSED


class _Blank(dict[str, str]):
    """Facts an entry does not state are a dash: a sentence is never lost for one."""

    def __missing__(self, key: str) -> str:
        return "—"


def _values(entry: Piece, pieces: Pieces) -> Mapping[str, str]:
    data = entry.data
    values = _Blank({n: str(v) for n, v in data.items() if v not in {None, ""}})
    for sort in ("body", "post"):
        named = pieces.named(sort).get(str(data.get(sort)))
        values[sort] = named.text if named else "—"
    for name in DAYS:
        if name in values:
            values[name] = day(date.fromisoformat(values[name]))
    values.update(_translated(data))
    return values


def _translated(data: Mapping[str, Fact]) -> Mapping[str, str]:
    found = {}
    if data.get("field"):
        found["field"] = field_named(str(data["field"]))
    if data.get("outcome"):
        found["outcome"] = str(Outcome(str(data["outcome"])).label)
    if data.get("channel"):
        found["channel"] = labels.channel(str(data["channel"]))
    if data.get("kind"):
        found["kind"] = labels.petition_kind(str(data["kind"]))
    if data.get("ground"):
        found["ground"] = labels.ground(str(data["ground"]))
    return found


def _who(entry: Piece, pieces: Pieces) -> str:
    kinds = {
        "citizen": _("the person"),
        "clock": _("the system"),
        "representative": _("the body written to"),
    }
    post = pieces.named("post").get(entry.said("post"))
    if post is not None:
        return f"{post.text}, {post.said('body')}"
    return kinds.get(entry.said("by"), "")


def _in_words(entry: Piece, pieces: Pieces) -> str:
    reason = pieces.named("reason").get(str(entry.id))
    if reason is not None:
        return reason.text
    data = entry.data
    if entry.text in {"cases.asked", "cases.person_replied"}:
        question = pieces.named("question").get(str(data.get("request")))
        return _of_question(entry, question) if question else ""
    return _of_word(entry, pieces)


def _of_question(entry: Piece, question: Piece) -> str:
    return question.text if entry.text == "cases.asked" else question.said("reply")


def _of_word(entry: Piece, pieces: Pieces) -> str:
    """The person's word carries the moment of its entry; both are written in one command."""
    if entry.text not in {"cases.confirmed", "cases.partly_confirmed", "cases.disputed"}:
        return ""
    return next((w.text for w in pieces.of("word") if w.at == entry.at), "")


def _late(entry: Piece) -> bool:
    if entry.text not in DISCHARGES:
        return False
    entered = datetime.fromisoformat(entry.said("entered_at"))
    between = lawbook.calendar().working_between(local_day(entry.at), local_day(entered))
    return between > ONE_DAY
