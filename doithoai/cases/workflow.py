"""When a recommendation or reflection may move, and where to. Outcome and the person's word are not
states.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from doithoai.core.workflow import Step, step


class State(TextChoices):
    """Where the settlement of a case stands."""

    RECEIVED = "received", _("Received")
    CLASSIFIED = "classified", _("Classified")
    ROUTED = "routed", _("Being handled")
    OFFERED = "offered", _("Transferred, waiting for acceptance")
    RETURNED = "returned", _("Returned by the body asked")
    DISPUTED_LEAD = "disputed_lead", _("Waiting for the decision on the lead body")
    FORWARDED = "forwarded", _("Transferred by letter")
    ASKED = "asked", _("Waiting for the person's reply")
    DRAFTED = "drafted", _("Answer drafted")
    APPROVED = "approved", _("Answer approved")
    ANSWERED = "answered", _("Answered")
    ESCALATED = "escalated", _("Disputed, with the body one level up")
    SCHEDULED = "scheduled", _("On the roadmap")
    REDIRECTED = "redirected", _("To be handled under another procedure")
    CONFIRMED = "confirmed", _("Confirmed by the person")
    CLOSED = "closed", _("Closed")
    GUIDED = "guided", _("Guided to the right procedure")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")
    JOINED = "joined", _("Handled together with another case")
    ADMITTED = "admitted", _("Accepted for settlement")
    DECLINED = "declined", _("Not accepted for settlement")
    TRANSFERRED = "transferred", _("Transferred to the competent body")
    HANDED_BACK = "handed_back", _("Handed back to the person")
    SETTLED = "settled", _("Settled by the competent body")
    TERMINATED = "terminated", _("Settlement stopped")


class Outcome(TextChoices):
    """What came of it: separate from the state."""

    NONE = "none", _("No outcome yet")
    SETTLED = "settled", _("Settled")
    PARTLY = "partly", _("Partly settled")
    IN_PROGRESS = "in_progress", _("Being settled")
    SCHEDULED = "scheduled", _("On the roadmap (resources not yet found)")
    EXPLAINED = "explained", _("Explained, information given")
    NOT_COMPETENT = "not_competent", _("Not within competence, transferred")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person")


class Word(TextChoices):
    """The person's own word on the answer. Silence is unconfirmed, never satisfied."""

    NONE = "none", _("Not asked yet")
    AGREED = "agreed", _("Agrees with the result")
    PARTLY = "partly", _("Agrees in part")
    DISAGREED = "disagreed", _("Does not agree, recommends again")
    UNCONFIRMED = "unconfirmed", _("No word from the person yet")


FINAL = frozenset(
    {
        State.CONFIRMED,
        State.CLOSED,
        State.GUIDED,
        State.WITHDRAWN,
        State.ARCHIVED,
        State.JOINED,
        State.DECLINED,
        State.HANDED_BACK,
        State.SETTLED,
        State.TERMINATED,
    }
)
LIVE = tuple(s for s in State if s not in FINAL)
IN_HAND = (
    State.ROUTED,
    State.DRAFTED,
    State.APPROVED,
    State.ESCALATED,
    State.FORWARDED,
    State.SCHEDULED,
)
UNPLACED = (State.CLASSIFIED, State.RETURNED)
ANSWERABLE = (*IN_HAND, State.ANSWERED, State.RETURNED, State.CLASSIFIED)

CLASSIFY = step("classify", (State.RECEIVED, State.CLASSIFIED, State.RETURNED), State.CLASSIFIED)
REDIRECT = step(
    "redirect", (State.RECEIVED, State.CLASSIFIED, State.ROUTED, State.RETURNED), State.REDIRECTED
)
GUIDE = step("guide", (State.REDIRECTED,), State.GUIDED)
ROUTE = step("route", (*UNPLACED, State.ROUTED), State.ROUTED)
# Within the upper level: what people disputed never comes back to whom they disputed it with.
ROUTE_ABOVE = step("route_above", (State.ESCALATED,), State.ESCALATED)
OFFER = step("offer", (State.CLASSIFIED, State.RETURNED, State.ROUTED), State.OFFERED)
TAKE_BACK = step("take_back", (State.OFFERED,), State.CLASSIFIED)  # nobody had it in hand
TAKE_BACK_IN_HAND = step("take_back_in_hand", (State.OFFERED,), State.ROUTED)
ACCEPT = step("accept", (State.OFFERED,), State.ROUTED)
RETURN = step("return", (State.OFFERED,), State.RETURNED)
REFER = step("refer", (State.OFFERED,), State.DISPUTED_LEAD)
REFER_UNANSWERED = step("refer_unanswered", (State.OFFERED,), State.DISPUTED_LEAD)
DECIDE_LEAD = step("decide_lead", (State.DISPUTED_LEAD,), State.ROUTED)
FORWARD = step(
    "forward",
    (*UNPLACED, State.ROUTED),
    State.FORWARDED,
)
DRAFT_LETTER = step("draft_letter", (*UNPLACED, State.ROUTED), None)
URGE = step("urge", (State.FORWARDED,), None)
URGE_OFFERED = step("urge_offered", (State.OFFERED,), None)
RECORD_REPLY = step("record_reply", (State.FORWARDED,), State.ROUTED)
ASSIGN = step("assign", (*IN_HAND, State.ANSWERED, State.ADMITTED), None)
ACT = step("act", LIVE, None)
ASK = step("ask", (State.ROUTED, State.DRAFTED, State.ESCALATED), State.ASKED)
HEAR_REPLY = step("hear_reply", (State.ASKED,), State.ROUTED)
HEAR_REPLY_ABOVE = step("hear_reply_above", (State.ASKED,), State.ESCALATED)
DRAFT = step("draft", (State.ROUTED, State.DRAFTED, State.APPROVED, State.ESCALATED), State.DRAFTED)
APPROVE = step("approve", (State.DRAFTED,), State.APPROVED)
ANSWER = step("answer", (*ANSWERABLE, State.ASKED), State.ANSWERED)
TAKE_IN = step("take_in", (State.RECEIVED, *ANSWERABLE), State.ANSWERED)
TAKE_IN_SCHEDULED = step("take_in_scheduled", (State.RECEIVED, *ANSWERABLE), State.SCHEDULED)
SCHEDULE = step("schedule", (*ANSWERABLE, State.ASKED), State.SCHEDULED)
INFORM = step("inform", (*IN_HAND, State.ANSWERED), None)
REVIEW = step("review", (State.SCHEDULED,), None)
PUBLISH = step("publish", (State.ANSWERED, State.SCHEDULED, State.CONFIRMED, State.CLOSED), None)
CONFIRM = step("confirm", (State.ANSWERED, State.SCHEDULED), State.CONFIRMED)
CONFIRM_PART = step("confirm_part", (State.ANSWERED, State.SCHEDULED), None)
DISPUTE = step("dispute", (State.ANSWERED, State.SCHEDULED, State.CLOSED), State.ESCALATED)
LAPSE = step("lapse", (State.ANSWERED, State.SCHEDULED), None)
REOPEN = step(
    "reopen",
    (State.CLOSED, State.CONFIRMED, State.ARCHIVED, State.WITHDRAWN, State.TERMINATED),
    State.ROUTED,
)
CLOSE = step("close", (State.ANSWERED,), State.CLOSED)
EXTEND = step("extend", LIVE, None)
WITHDRAW = step("withdraw", LIVE, State.WITHDRAWN)
ARCHIVE = step(
    "archive", (State.RECEIVED, State.CLASSIFIED, State.RETURNED, State.ROUTED), State.ARCHIVED
)
JOIN = step("join", (State.RECEIVED, State.CLASSIFIED, State.ROUTED, State.RETURNED), State.JOINED)
PART = step("part", (State.JOINED,), State.CLASSIFIED)

# Complaints, denunciations, information with the content of one, matters under Party rules.
PLACED = (*UNPLACED, State.ROUTED)
SORT = step(
    "sort", (State.RECEIVED, State.CLASSIFIED, State.REDIRECTED, State.RETURNED), State.CLASSIFIED
)
SPLIT = step("split", (State.RECEIVED, *PLACED, State.REDIRECTED), State.CLASSIFIED)
CONVERT = step("convert", (*PLACED, State.ADMITTED), State.CLASSIFIED)
EXAMINE = step("examine", PLACED, None)
ADMIT = step("admit", PLACED, State.ADMITTED)
DECLINE = step("decline", PLACED, State.DECLINED)
ADVISE = step("advise", PLACED, State.GUIDED)
TRANSFER = step("transfer", PLACED, State.TRANSFERRED)
HAND_BACK = step("hand_back", PLACED, State.HANDED_BACK)
URGE_TRANSFERRED = step("urge_transferred", (State.TRANSFERRED,), None)
RECORD_SETTLED = step("record_settled", (State.TRANSFERRED,), State.SETTLED)
NOTIFY_ACCEPTANCE = step("notify_acceptance", (State.ADMITTED,), None)
TELL_FORWARDER = step("tell_forwarder", tuple(State), None)
CITIZEN_TOLD = step("citizen_told", tuple(State), None)
# A withdrawal ends nothing by itself: whoever settles it stops, or goes on.
ASK_TO_WITHDRAW = step("ask_to_withdraw", LIVE, None)
GO_ON = step("go_on", LIVE, None)
STOP = step("stop", LIVE, State.TERMINATED)
SEND_STOP = step("send_stop", (State.TERMINATED,), None)

STEPS: tuple[Step[State], ...] = (
    CLASSIFY,
    REDIRECT,
    GUIDE,
    ROUTE,
    ROUTE_ABOVE,
    OFFER,
    TAKE_BACK,
    TAKE_BACK_IN_HAND,
    ACCEPT,
    RETURN,
    REFER,
    REFER_UNANSWERED,
    DECIDE_LEAD,
    DRAFT_LETTER,
    FORWARD,
    URGE,
    URGE_OFFERED,
    RECORD_REPLY,
    ASSIGN,
    ACT,
    ASK,
    HEAR_REPLY,
    HEAR_REPLY_ABOVE,
    DRAFT,
    APPROVE,
    ANSWER,
    TAKE_IN,
    TAKE_IN_SCHEDULED,
    SCHEDULE,
    INFORM,
    REVIEW,
    PUBLISH,
    CONFIRM,
    CONFIRM_PART,
    DISPUTE,
    LAPSE,
    REOPEN,
    CLOSE,
    EXTEND,
    WITHDRAW,
    ARCHIVE,
    JOIN,
    PART,
    SORT,
    SPLIT,
    CONVERT,
    EXAMINE,
    ADMIT,
    DECLINE,
    ADVISE,
    TRANSFER,
    HAND_BACK,
    URGE_TRANSFERRED,
    RECORD_SETTLED,
    NOTIFY_ACCEPTANCE,
    TELL_FORWARDER,
    CITIZEN_TOLD,
    ASK_TO_WITHDRAW,
    GO_ON,
    STOP,
    SEND_STOP,
)
