"""The rights table is the specification: who may take which step, and what the others are told.

Not found: they must not learn that it exists. Denied: they see it, and are told why not.
"""

from uuid import UUID

import pytest
from django.db import transaction

from doithoai.cases import policies, workflow
from doithoai.cases.workflow import State
from doithoai.core.errors import Denied, DomainError, NotFound
from doithoai.core.events import REGISTER
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import Story, reach

pytestmark = pytest.mark.django_db

CAST = ("lan", "stranger", "minh", "hoa", "kien", "chi", "quang", "nong", "lien", "clock")
D, N, Y = Denied, NotFound, None

# fmt: off
# The commune's committee received the case (minh: its clerk, chi: its chair); once routed, it is
# with the economy office (hoa: officer, kien: head). quang is of the Front; nong of a provincial
# department, who sees it only once it was offered to her; lien is a clerk of another commune.
RIGHTS = {  #                                    lan stra minh hoa kien chi quan nong lien clock
    ("classify", State.RECEIVED):               [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
    ("redirect", State.RECEIVED):               [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
    ("guide", State.REDIRECTED):                [D,  N,   Y,   N,  N,   Y,  N,   N,   N,   D],
    ("route", State.CLASSIFIED):                [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
    ("offer", State.ROUTED):                    [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("accept", State.OFFERED):                  [D,  N,   D,   D,  D,   D,  D,   Y,   N,   D],
    ("return", State.OFFERED):                  [D,  N,   D,   D,  D,   D,  D,   Y,   N,   D],
    ("decide_lead", State.DISPUTED_LEAD):       [D,  N,   D,   D,  D,   Y,  D,   D,   N,   D],
    ("route_above", State.ESCALATED):           [D,  N,   Y,   D,  D,   Y,  D,   N,   N,   D],
    ("take_back", State.OFFERED):               [D,  N,   Y,   Y,  Y,   Y,  D,   D,   N,   D],
    ("urge_offered", State.OFFERED):            [D,  N,   Y,   Y,  Y,   Y,  D,   D,   N,   D],
    ("refer_unanswered", State.OFFERED):        [D,  N,   Y,   Y,  Y,   Y,  D,   D,   N,   D],
    ("draft_letter", State.ROUTED):             [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("forward", State.ROUTED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("urge", State.FORWARDED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("record_reply", State.FORWARDED):          [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("assign", State.ROUTED):                   [D,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("act", State.ROUTED):                      [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("ask", State.ROUTED):                      [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("hear_reply", State.ASKED):                [Y,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("draft", State.ROUTED):                    [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("approve", State.DRAFTED):                 [D,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("answer", State.ROUTED):                   [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("schedule", State.ROUTED):                 [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("take_in", State.ROUTED):                  [D,  N,   Y,   D,  Y,   Y,  D,   N,   N,   D],
    ("take_in_scheduled", State.ROUTED):        [D,  N,   Y,   D,  Y,   Y,  D,   N,   N,   D],
    ("inform", State.ROUTED):                   [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("review", State.SCHEDULED):                [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("publish", State.ANSWERED):                [D,  N,   Y,   D,  Y,   Y,  D,   N,   N,   D],
    ("confirm", State.ANSWERED):                [Y,  N,   D,   D,  D,   D,  Y,   N,   N,   D],
    ("confirm_part", State.ANSWERED):           [Y,  N,   D,   D,  D,   D,  Y,   N,   N,   D],
    ("dispute", State.ANSWERED):                [Y,  N,   D,   D,  D,   D,  Y,   N,   N,   D],
    ("lapse", State.ANSWERED):                  [D,  N,   D,   D,  D,   D,  D,   N,   N,   Y],
    ("reopen", State.CONFIRMED):                [D,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("close", State.ANSWERED):                  [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
    ("extend", State.ROUTED):                   [D,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("withdraw", State.ROUTED):                 [Y,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("archive", State.ROUTED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("join", State.CLASSIFIED):                 [N,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
    ("part", State.JOINED):                     [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
}

# Complaints, with what brings them there; decided by who has them, answered by nobody.
MINE = [("sort", "minh")]
THEIRS = [("sort_elsewhere", "minh")]
GONE = [*THEIRS, ("transfer", "minh")]
ADMITTED = [*MINE, ("examine", "minh"), ("admit", "minh")]
ASKED = [*MINE, ("ask_to_withdraw", "lan")]
STOPPED = [*ASKED, ("stop", "chi")]
OF_PETITIONS = {  #                 lan stra minh hoa kien chi quan nong lien clock
    "sort":              ([],      [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "split":             ([],      [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "convert":           (MINE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "examine":           (MINE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "admit":             (ADMITTED[:2], [D, N, Y, N,  D,   Y,  D,   N,   N,   D]),
    "decline":           (MINE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "advise":            (MINE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "transfer":          (THEIRS,  [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "hand_back":         (MINE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "urge_transferred":  (GONE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "record_settled":    (GONE,    [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "notify_acceptance": (ADMITTED, [D, N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
    "ask_to_withdraw":   (MINE,    [Y,  N,   D,   N,  D,   Y,  D,   N,   N,   D]),
    "go_on":             (ASKED,   [D,  N,   D,   N,  D,   Y,  D,   N,   N,   D]),
    "stop":              (ASKED,   [D,  N,   D,   N,  D,   Y,  D,   N,   N,   D]),
    "send_stop":         (STOPPED, [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D]),
}
# fmt: on
# What is done to a recommendation only: never to a complaint, whoever asks.
NEVER = (
    "classify",
    "redirect",
    "route",
    "draft_letter",
    "forward",
    "ask",
    "draft",
    "answer",
    "schedule",
    "take_in",
    "inform",
)  # fmt: skip

ENTRY = {
    "classify": "cases.classified", "redirect": "cases.classified", "guide": "cases.guided",
    "route": "cases.routed", "offer": "cases.offered", "accept": "cases.accepted",
    "route_above": "cases.routed", "take_back": "cases.taken_back",
    "take_back_in_hand": "cases.taken_back",
    "urge_offered": "cases.offer_urged", "refer_unanswered": "cases.referred",
    "return": "cases.returned", "decide_lead": "cases.decided_lead", "forward": "cases.forwarded",
    "draft_letter": "cases.letter_drafted", "inform": "cases.informed",
    "urge": "cases.urged", "record_reply": "cases.body_replied", "assign": "cases.assigned",
    "act": "cases.acted", "ask": "cases.asked", "hear_reply": "cases.person_replied",
    "draft": "cases.drafted", "approve": "cases.approved", "answer": "cases.answered",
    "schedule": "cases.scheduled", "take_in": "cases.answered",
    "take_in_scheduled": "cases.scheduled", "review": "cases.reviewed",
    "publish": "cases.published", "confirm": "cases.confirmed",
    "confirm_part": "cases.partly_confirmed", "dispute": "cases.disputed",
    "lapse": "cases.unconfirmed", "reopen": "cases.reopened", "close": "cases.closed",
    "extend": "cases.extended", "withdraw": "cases.withdrawn", "archive": "cases.archived",
    "join": "docket.merged", "part": "docket.split",
    "sort": "cases.classified", "split": "cases.divided", "convert": "cases.converted",
    "examine": "cases.examined", "admit": "cases.admitted", "decline": "cases.declined",
    "advise": "cases.guided", "transfer": "cases.transferred", "hand_back": "cases.handed_back",
    "urge_transferred": "cases.urged", "record_settled": "cases.settled",
    "notify_acceptance": "cases.acceptance_notified", "tell_forwarder": "cases.forwarder_informed",
    "ask_to_withdraw": "cases.withdrawal_asked", "go_on": "cases.withdrawal_not_followed",
    "stop": "cases.terminated", "send_stop": "cases.suspension_sent",
    "citizen_told": "cases.citizen_informed",
}  # fmt: skip
TOLD = {"ask": "asked", "answer": "answered", "schedule": "answered", "review": "reviewed",
        "inform": "informed", "extend": "extended", "guide": "guided",
        "archive": "archived", "split": "divided", "convert": "converted", "admit": "admitted",
        "decline": "declined", "advise": "guided", "transfer": "transferred",
        "hand_back": "handed_back", "record_settled": "settled_elsewhere",
        "notify_acceptance": "admitted", "go_on": "gone_on", "stop": "terminated"}  # fmt: skip


def _asked_to(story: Story, step: str, by: str) -> type[DomainError] | None:
    """What somebody meets who asks for a step; whatever they did is taken back."""
    before = story.at
    try:
        with transaction.atomic():
            seen = set(Entry.objects.filter(matter=story.case_id).values_list("pk", flat=True))
            story.do(step, by)
            _left_its_trace(story, step, by, seen)
            transaction.set_rollback(True)
    except DomainError as refusal:
        return _with_its_reason(refusal)
    finally:
        story.at = before
    return None


def _with_its_reason(refusal: DomainError) -> type[DomainError]:
    assert refusal.message or isinstance(refusal, NotFound)
    return type(refusal)


def _left_its_trace(story: Story, step: str, by: str, seen: set[UUID]) -> None:
    made = Entry.objects.filter(matter=story.case_id, kind=ENTRY[step]).exclude(pk__in=seen).get()
    assert (made.actor_kind, made.actor) == (story.who(by).kind, story.who(by).ref)
    assert made.post == story.who(by).post
    told = Outbox.objects.filter(about=story.case_id, made_at=story.at)
    wanted = [f"cases/notices/{TOLD[step]}"] if step in TOLD else []
    if step == "withdraw" and by != "lan":
        wanted = ["cases/notices/withdrawn"]  # whoever withdrew by themselves knows it
    if step == "ask_to_withdraw" and by != "lan":
        wanted = ["cases/notices/withdrawal_asked"]
    if step == "urge_offered":
        wanted = ["docket/notices/reminded"]  # of the body asked
    assert [n.template for n in told] == wanted
    assert all(story.secret not in str(n.context) for n in told)


@pytest.mark.parametrize(("step", "state"), RIGHTS, ids=str)
def test_only_who_may_takes_the_step_and_the_others_are_told_no_more_than_they_may_know(
    step: str, state: State
) -> None:
    before = {"close": ("lapse", "clock"), "refer_unanswered": ("unanswered", "clock")}
    story = reach(state, *([before[step]] if step in before else []))
    met = {who: _asked_to(story, step, who) for who in CAST}
    assert met == dict(zip(CAST, RIGHTS[step, state], strict=True))


@pytest.mark.parametrize("step", OF_PETITIONS)
def test_only_who_has_a_petition_decides_on_it(step: str) -> None:
    prelude, wanted = OF_PETITIONS[step]
    story = reach(State.RECEIVED, *prelude)
    met = {who: _asked_to(story, step, who) for who in CAST}
    assert met == dict(zip(CAST, wanted, strict=True))


def test_a_complaint_is_never_answered_like_a_recommendation_and_the_reason_names_the_law() -> None:
    story = reach(State.RECEIVED, *MINE)
    for step in NEVER:
        assert _asked_to(story, step, "minh") is Denied, step
    offered = policies.offered(story.who("minh"), story.case)
    assert "02/2011" in offered["answer"].reason


def test_a_recommendation_is_never_accepted_or_declined_like_a_complaint() -> None:
    story = reach(State.CLASSIFIED)
    for step in ("examine", "admit", "decline", "advise", "transfer", "hand_back"):
        assert _asked_to(story, step, "minh") is Denied, step


def test_every_step_of_the_workflow_has_its_line_in_the_table() -> None:
    covered = {step for step, _state in RIGHTS} | {"refer"}  # the third return, in test_workflow
    covered |= {*OF_PETITIONS, "tell_forwarder", "citizen_told"}  # the latter in test_petitions
    covered |= {"take_back_in_hand", "hear_reply_above"}  # the same acts where a body had it
    assert covered == {each.name for each in workflow.STEPS}
    assert set(policies.RIGHTS) == set(workflow.STEPS)


def test_what_moves_a_case_is_mended_by_a_step_and_not_taken_out_of_the_record() -> None:
    moving = [ENTRY[each.name] for each in workflow.STEPS if each.target and each.name in ENTRY]
    assert [kind for kind in moving if not REGISTER[kind].undone_by] == []


@pytest.mark.parametrize("state", [State.RECEIVED, State.OFFERED, State.ANSWERED])
def test_a_page_offers_exactly_what_the_commands_then_allow(state: State) -> None:
    story = reach(state)
    for who in ("lan", "minh", "chi", "quang"):
        offered = policies.offered(story.who(who), story.case)
        for step, decision in offered.items():
            if step in {"refer", "return", "take_in", "take_in_scheduled", "join"}:
                continue  # one act with another, or needing more than the case itself
            allowed = _asked_to(story, step, who) is None
            assert allowed == bool(decision), (who, step, decision.reason)
