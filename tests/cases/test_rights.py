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
    ("draft_letter", State.ROUTED):             [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("forward", State.ROUTED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("urge", State.FORWARDED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("record_reply", State.FORWARDED):          [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("assign", State.ROUTED):                   [D,  N,   D,   D,  Y,   Y,  D,   N,   N,   D],
    ("act", State.ROUTED):                      [D,  N,   D,   Y,  Y,   Y,  D,   N,   N,   D],
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
    ("withdraw", State.ROUTED):                 [Y,  N,   Y,   D,  D,   Y,  D,   N,   N,   D],
    ("archive", State.ROUTED):                  [D,  N,   Y,   Y,  Y,   Y,  D,   N,   N,   D],
    ("join", State.CLASSIFIED):                 [N,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
    ("part", State.JOINED):                     [D,  N,   Y,   N,  D,   Y,  D,   N,   N,   D],
}
# fmt: on

ENTRY = {
    "classify": "cases.classified", "redirect": "cases.classified", "guide": "cases.guided",
    "route": "cases.routed", "offer": "cases.offered", "accept": "cases.accepted",
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
}  # fmt: skip
TOLD = {"ask": "asked", "answer": "answered", "schedule": "answered", "review": "reviewed",
        "inform": "informed", "extend": "extended", "guide": "guided"}  # fmt: skip


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
    assert [n.template for n in told] == wanted
    assert all(story.secret not in str(n.context) for n in told)


@pytest.mark.parametrize(("step", "state"), RIGHTS, ids=str)
def test_only_who_may_takes_the_step_and_the_others_are_told_no_more_than_they_may_know(
    step: str, state: State
) -> None:
    story = reach(state, *([("lapse", "clock")] if step == "close" else []))
    met = {who: _asked_to(story, step, who) for who in CAST}
    assert met == dict(zip(CAST, RIGHTS[step, state], strict=True))


def test_every_step_of_the_workflow_has_its_line_in_the_table() -> None:
    covered = {step for step, _state in RIGHTS} | {"refer"}  # the third return, in test_workflow
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
