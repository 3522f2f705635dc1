"""No state without a clock: in what is not final somebody owes, may or must await, by a day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from doithoai.cases import policies, workflow
from doithoai.cases.commands import history, intake, placing
from doithoai.cases.commands.placing import Kind
from doithoai.cases.events import PROCEDURES
from doithoai.cases.workflow import Outcome, State
from doithoai.core.errors import DomainError
from doithoai.dialogues import workflow as dialogue_workflow
from doithoai.dialogues.commands import concluding, planning
from doithoai.dialogues.commands.concluding import Held
from doithoai.dialogues.commands.planning import Plan
from doithoai.dialogues.models import Dialogue
from doithoai.docket.models import Matter, Obligation
from tests.cases.reaching import ACTS, Story, begin, committee, office, reach, reply
from tests.conftest import become
from tests.dialogues.grounds import signed_file, worded

pytestmark = pytest.mark.django_db
NAMES = ("minh", "hoa", "kien", "chi", "nong", "van", "tinh", "quang", "lan", "clock")


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def has_clock(matter: UUID) -> bool:
    """Somebody owes, may or awaits something by a day; or it stands still until a day of review."""
    running = Q(state="open") & (Q(due_on__isnull=False) | Q(due_at__isnull=False))
    waiting = Q(state="paused", review_on__isnull=False)
    owed = Obligation.objects.filter(matter=matter, kind__in=["duty", "window", "effect"])
    return owed.filter(running | waiting).exists()


def _ticks(matter: UUID) -> bool:
    return Matter.objects.get(pk=matter).final or has_clock(matter)


def takes(story: Story, step: str) -> str | None:
    """Somebody who may take this step now, else None."""
    rights = {each.name: each for each in workflow.STEPS}
    for who in NAMES:
        actor, case = story.who(who), story.case
        seen = Matter.objects.visible_to(actor).filter(pk=case.pk).exists()
        if seen and policies.RIGHTS[rights[step]](actor, case):
            return who
    return None


@pytest.mark.parametrize("state", State)
def test_from_each_state_every_step_leads_to_a_clock_or_to_an_end(state: State) -> None:
    story = reach(state)
    assert _ticks(story.case_id), state
    stopped = []
    for step in (each.name for each in workflow.STEPS if each.fits(story.case)):
        who = takes(story, step)
        if who is None:
            continue
        before = story.at
        with undone():
            try:
                story.do(step, who)
            except DomainError:
                continue
            if not _ticks(story.case_id):
                stopped.append((step, who, story.state))
        story.at = before
    assert stopped == []


# A decision that stops the settlement ends it, and is still to be sent.
SENDING = "vn.complaint.send_suspension_or_termination_decision"


@pytest.mark.parametrize("state", State)
def test_what_is_final_owes_nothing_and_what_is_not_can_be_moved_by_somebody(state: State) -> None:
    story = reach(state)
    running = Obligation.objects.filter(
        matter=story.case_id, state__in=["open", "paused"], kind__in=["duty", "window"]
    )
    if state in workflow.FINAL:
        owed = [r.rule for r in running]
        assert owed == ([SENDING] if state == State.TERMINATED else [])
        assert not owed or takes(story, workflow.SEND_STOP.name)
        return
    leaving = [s for s in workflow.STEPS if s.fits(story.case) and takes(story, s.name)]
    assert leaving


@pytest.mark.parametrize("procedure", [p for p in PROCEDURES if p != "none"])
def test_what_belongs_to_another_procedure_is_owed_an_indication_in_writing(procedure: str) -> None:
    for state in (State.RECEIVED, State.ROUTED, State.RETURNED):
        story = reach(state)
        kind = Kind("irrigation", other_procedure=procedure)
        placing.classify(story.case_id, kind, by=story.who("minh"), at=story.later())
        assert has_clock(story.case_id), state


AFTER = ((), ("confirm",), ("confirm_part",), ("dispute",), ("lapse",))


@pytest.mark.parametrize("past", [False, True], ids=["desk", "list"])
@pytest.mark.parametrize("outcome", [o for o in Outcome if o not in {"none", "withdrawn"}])
def test_after_every_outcome_and_every_word_there_is_a_clock_or_an_end(
    outcome: Outcome, past: bool
) -> None:
    story = begin()
    if past:
        said = intake.Statement(
            text="Kênh bồi lắng", channel="import", occasion="dialogue", history=True
        )
        taken = intake.submit(said, to=committee(), by=story.who("minh"), at=story.later())
        story.case_id = taken.case.pk
    story.do("classify", "minh")
    answer = reply(story, outcome)
    history.take_in_answer(
        story.case_id, answer, body=office().pk, by=story.who("minh"), at=story.later()
    )
    stopped = []
    for steps in AFTER:
        with undone():
            for step in steps:
                story.do(step, "clock" if step == "lapse" else "quang")
            if not _ticks(story.case_id):
                stopped.append((steps, story.state, story.case.outcome))
    assert stopped == []


# ------------------------------------------------------------------------------ dialogues
FLAGS = [
    {"party_head": party, "commune_conference": commune, "other_regime": other}
    for party in (False, True)
    for commune in (False, True)
    for other in ("", "Tiếp xúc cử tri")
]


def _planned(at: datetime, flags: dict[str, object], *, days: int = 0) -> Dialogue:
    chi = become("chi")
    plan = Plan(
        host=chi.body, title="Đối thoại", kind="periodic", starts_at=at + timedelta(days=days),
        venue="Hội trường xã", chairs=(chi.post,), **flags,  # type: ignore[arg-type]
    )  # fmt: skip
    return planning.plan(plan, by=become("minh"), at=at - timedelta(days=30))


@pytest.mark.parametrize("flags", FLAGS, ids=str)
def test_a_dialogue_is_never_without_a_date_somebody_owes(flags: dict[str, object]) -> None:
    minh = become("minh")
    start = timezone.now() - timedelta(days=10)
    dialogue = _planned(start, flags)
    pk, before = dialogue.pk, start - timedelta(days=20)

    def at(hours: int) -> datetime:
        return before + timedelta(hours=hours)

    assert has_clock(pk), "planned"
    with undone():
        planning.reschedule(pk, starts_at=start, by=minh, at=at(1))
        assert has_clock(pk), "rescheduled"
    with undone():
        planning.postpone(pk, reason="Bão", by=minh, at=at(1))
        assert has_clock(pk), "postponed"
        planning.announce(pk, by=minh, at=at(2))
        assert has_clock(pk), "announced after being put off"
    with undone():
        planning.cancel(pk, reason="Bão", by=minh, at=at(1))
        assert Matter.objects.get(pk=pk).final
        assert not has_clock(pk)
    planning.announce(pk, by=minh, at=at(1))
    assert has_clock(pk), "announced"
    with undone():
        planning.postpone(pk, reason="Bão", by=minh, at=at(2))
        assert has_clock(pk), "put off after it was announced"
        planning.reschedule(pk, starts_at=start + timedelta(days=3), by=minh, at=at(3))
        assert has_clock(pk), "a new day"
    concluding.hold(pk, Held(80), by=minh, at=start + timedelta(hours=4))
    assert has_clock(pk), "held"
    day: date = timezone.localdate(start + timedelta(days=1))
    paper = worded(dialogue, minh, at=start + timedelta(days=1))
    concluding.approve_conclusion(
        pk, document=paper.pk, by=become("chi"), at=start + timedelta(days=1, hours=1)
    )
    assert has_clock(pk), "approved"
    concluding.sign(
        pk,
        number="9/TB",
        signed_on=day,
        upload=signed_file(),
        by=minh,
        at=start + timedelta(days=2),
    )
    assert has_clock(pk), "signed"
    concluding.publish(pk, by=minh, at=start + timedelta(days=3))
    assert Matter.objects.get(pk=pk).final


def test_the_walk_above_visits_every_state_of_a_dialogue() -> None:
    visited = {"planned", "postponed", "cancelled", "announced", "held", "signed", "published"}
    assert visited == set(dialogue_workflow.State)
    assert set(ACTS) >= {step.name for step in workflow.STEPS}
