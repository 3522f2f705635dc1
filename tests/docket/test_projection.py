"""Obligations are a projection: built step by step or from nothing, they are the same."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doithoai.accounts.actors import Clock
from doithoai.cases import policies, workflow
from doithoai.cases.workflow import State
from doithoai.core.errors import DomainError, Invalid
from doithoai.core.events import REGISTER
from doithoai.docket import projection
from doithoai.docket.commands import correct, move, rederive
from doithoai.docket.models import Debtor, Matter, Obligation, Party, Reason
from doithoai.docket.projection import FIELDS
from doithoai.ledger.models import Entry
from tests.cases.reaching import NAMES, Story, department, office, reach
from tests.docket.test_clock import has_clock

pytestmark = pytest.mark.django_db
COMPARED = tuple(f for f in FIELDS if f != "was_late")
PEOPLE = ("lan", "stranger", "clock", *NAMES)
STEPS = {each.name: each for each in workflow.STEPS}
Rows = Mapping[str, Mapping[str, object]]


def stored(matter: UUID) -> Rows:
    """The obligations as they stand; what a late entry made void was never owed."""
    rows = Obligation.objects.filter(matter=matter).exclude(state="void")
    return {row.key: {f: getattr(row, f) for f in COMPARED} for row in rows}


def from_nothing(matter_id: UUID) -> Rows:
    """The obligations of a matter made anew in an empty table, from its entries alone."""
    Debtor.objects.filter(obligation__matter=matter_id).delete()
    Obligation.objects.filter(matter=matter_id).delete()
    matter = Matter.objects.get(pk=matter_id)
    parties = list(Party.objects.filter(matter=matter).order_by("since", "id"))
    projection.begin(matter, projection.timeline(matter_id), parties)
    return stored(matter_id)


def _fitting(story: Story) -> list[tuple[str, str]]:
    """Steps that start from here, each with everybody who may take it."""
    case = story.case
    found = []
    for step, policy in policies.RIGHTS.items():
        if step.fits(case):
            found += [(step.name, who) for who in PEOPLE if policy(story.who(who), case)]
    return found or [("reopen", "chi")]


def _anything(story: Story, draw: st.DataObject) -> None:
    """One act of random people, mostly one that fits."""
    kind = draw.draw(st.integers(0, 9))
    if kind == 0:
        entries = list(Entry.objects.filter(matter=story.case_id).order_by("at", "id"))
        entry = draw.draw(st.sampled_from(entries[1:] or entries))
        correct(story.case_id, entry=entry.pk, reason="Nhầm", by=story.who("chi"), at=story.later())
        return
    if kind == 1:
        debts = Obligation.objects.filter(matter=story.case_id, state="open", kind="duty")
        for debt in debts.order_by("key")[:1]:
            move(debt.pk, body=department().pk, post=None, by=story.who("chi"), at=story.later())
        return
    if kind == 2:
        steps, people = st.sampled_from(sorted(STEPS)), st.sampled_from(PEOPLE)
        story.do(draw.draw(steps), draw.draw(people))
        return
    story.later(timedelta(hours=draw.draw(st.sampled_from([0, 5, 30]))))
    step, who = draw.draw(st.sampled_from(_fitting(story)))
    story.do(step, who)


@settings(
    derandomize=True, deadline=None, max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.data())
def test_random_people_in_any_order_never_break_what_must_be_true(draw: st.DataObject) -> None:
    story = reach(draw.draw(st.sampled_from(list(State))))
    for _turn in range(draw.draw(st.integers(2, 7))):
        try:
            with transaction.atomic():
                _anything(story, draw)
        except DomainError:
            continue
        case = story.case
        assert case.matter.state == case.state
        assert case.final or has_clock(case.pk), case.state
    incremental = stored(story.case_id)
    assert from_nothing(story.case_id) == incremental
    numbers = Entry.objects.filter(matter=story.case_id).count()
    assert numbers == len(projection.timeline(story.case_id))


def test_deriving_again_changes_nothing_and_says_nothing() -> None:
    story = reach(State.ESCALATED, ("answer", "chi"))
    before, entries = stored(story.case_id), Entry.objects.filter(matter=story.case_id).count()
    assert rederive(story.case_id, by=Clock("rederive"), at=story.later()) == []
    assert stored(story.case_id) == before
    assert Entry.objects.filter(matter=story.case_id).count() == entries


def test_a_corrected_entry_leaves_the_timeline_and_stays_in_the_record() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    due = debt.due_on
    story.do("extend", "kien")
    extended = Entry.objects.get(matter=story.case_id, kind="cases.extended")
    made = correct(
        story.case_id, entry=extended.pk, reason="Nhầm hồ sơ", by=story.who("chi"),
        at=story.later(),
    )  # fmt: skip
    assert Entry.objects.filter(pk=extended.pk).exists()
    assert extended.pk not in {
        h.id for h in projection.happenings(projection.timeline(story.case_id))
    }
    debt.refresh_from_db()
    assert (debt.state, debt.due_on) == ("open", due)
    assert made.data == {"entry": str(extended.pk)}
    assert Reason.objects.get(entry=made.pk).text == "Nhầm hồ sơ"


@pytest.mark.parametrize("state", [State.ROUTED, State.ANSWERED, State.CONFIRMED, State.WITHDRAWN])
def test_an_entry_the_state_rests_on_is_not_taken_out_and_the_step_instead_is_named(
    state: State,
) -> None:
    story = reach(state)
    last = Entry.objects.filter(matter=story.case_id, kind__startswith="cases.").latest("at", "pk")
    with pytest.raises(Invalid) as refused:
        correct(story.case_id, entry=last.pk, reason="Nhầm", by=story.who("chi"), at=story.later())
    assert str(REGISTER[last.kind].undone_by) in refused.value.message
    assert story.state == state
    assert not Entry.objects.filter(matter=story.case_id, kind="docket.corrected").exists()


def test_a_debt_that_moves_leaves_its_lateness_with_who_had_it() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    had_it = story.at
    move(
        debt.pk, body=department().pk, post=None, by=story.who("chi"),
        at=story.later(timedelta(days=2)),
    )  # fmt: skip
    debt.refresh_from_db()
    former = Debtor.objects.get(obligation=debt)
    assert (debt.body, former.body) == (department(), office())
    assert (former.since, former.until) == (debt.opened_at, story.at)
    assert former.since <= had_it < former.until
    assert Matter.objects.visible_to(story.who("nong")).filter(pk=story.case_id).exists()


def test_what_was_late_when_it_was_done_keeps_that_mark() -> None:
    story = reach(State.ANSWERED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    Obligation.objects.filter(pk=debt.pk).update(late=True)
    rederive(story.case_id, by=Clock("rederive"), at=story.later())
    debt.refresh_from_db()
    assert (debt.late, debt.was_late) == (False, True)


def test_a_date_that_moves_is_an_entry_with_the_old_and_the_new_day() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    old = debt.due_on
    assert old is not None
    story.do("extend", "kien")
    debt.refresh_from_db()
    assert debt.due_on is not None
    changed = Entry.objects.get(matter=story.case_id, kind="docket.due_changed")
    assert changed.data == {
        "key": debt.key, "old": old.isoformat(), "new": debt.due_on.isoformat(),
        "why": "cases.extended",
    }  # fmt: skip


def test_every_obligation_says_where_its_date_comes_from() -> None:
    story = reach(State.ESCALATED, ("answer", "chi"), ("confirm", "lan"))
    for row in Obligation.objects.filter(matter=story.case_id):
        assert row.basis
        assert row.certainty
        assert row.duty_vi
        assert row.duty_en
        assert row.derivation["rule"] == row.rule
        assert Entry.objects.filter(pk=row.opened_by).exists()


def test_one_obligation_is_stored_once() -> None:
    story = reach(State.ROUTED)
    row = Obligation.objects.filter(matter=story.case_id).first()
    assert row is not None
    row.pk = UUID(int=9)
    with pytest.raises(IntegrityError, match="obligation_once"), transaction.atomic():
        row.save(force_insert=True)
