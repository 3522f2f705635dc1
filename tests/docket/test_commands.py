"""Correct, move, adopt, lock: who may, and what is left behind."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.cases.commands import placing
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.commands import adopt, correct, move, rederive
from doithoai.docket.models import Adoption, Matter, Obligation, Party
from doithoai.docket.queries import inbox, proposed_rules, why
from doithoai.ledger.models import Entry
from tests.cases.reaching import Story, begin, department, reach
from tests.conftest import become

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """A case with the economy office."""
    return reach(State.ROUTED)


def _debt(story: Story) -> Obligation:
    return Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("minh", Denied), ("hoa", Denied), ("kien", Denied), ("lan", Denied), ("lien", NotFound)],
)
def test_only_the_head_of_the_body_that_has_it_corrects_the_record(
    story: Story, who: str, refusal: type[Exception]
) -> None:
    entry = Entry.objects.filter(matter=story.case_id).latest("at")
    with pytest.raises(refusal):
        correct(story.case_id, entry=entry.pk, reason="x", by=story.who(who), at=story.later())


@pytest.mark.parametrize(
    ("who", "refusal"), [("minh", Denied), ("hoa", Denied), ("lan", Denied), ("due", NotFound)]
)
def test_only_a_head_who_sees_it_moves_a_debt(
    story: Story, who: str, refusal: type[Exception]
) -> None:
    by = story.lan if who == "lan" else become(who)
    with pytest.raises(refusal):
        move(_debt(story).pk, body=department().pk, post=None, by=by, at=story.later())


def test_a_correction_names_an_entry_of_this_item_and_a_reason(story: Story) -> None:
    other = Entry.objects.filter(matter=reach(State.CLASSIFIED).case_id).latest("at")
    own = Entry.objects.filter(matter=story.case_id).latest("at")
    chi = story.who("chi")
    with pytest.raises(NotFound):
        correct(story.case_id, entry=other.pk, reason="x", by=chi, at=story.later())
    with pytest.raises(Invalid):
        correct(story.case_id, entry=own.pk, reason=" ", by=chi, at=story.later())


def test_a_debt_moves_only_to_somebody_and_only_while_it_is_owed(story: Story) -> None:
    chi, nobody = story.who("chi"), UUID(int=7)
    with pytest.raises(NotFound):
        move(nobody, body=department().pk, post=None, by=chi, at=story.later())
    for body, post in ((None, None), (nobody, None), (department().pk, nobody)):
        with pytest.raises(Invalid):
            move(_debt(story).pk, body=body, post=post, by=chi, at=story.later())
    story.do("answer", "hoa")
    with pytest.raises(Invalid):
        move(_debt(story).pk, body=department().pk, post=None, by=chi, at=story.later())


def test_what_a_post_owes_is_in_its_inbox_and_moves_with_the_debt(story: Story) -> None:
    hoa, van = become("hoa"), become("van")
    today = local_day(story.at)
    due = _debt(story).due_on

    def owed(actor: object) -> int:
        return sum(inbox(actor, today=today).counts.values())  # type: ignore[arg-type]

    before = owed(van)
    assert owed(hoa) >= 1
    move(_debt(story).pk, body=van.body, post=van.post, by=become("chi"), at=story.later())
    assert owed(van) == before + 1
    assert _debt(story).due_on == due
    assert why(_debt(story).pk, van, today=today).sentences


def test_a_stranger_is_not_told_why_a_date_is_what_it_is(story: Story) -> None:
    with pytest.raises(NotFound):
        why(_debt(story).pk, become("lien"), today=local_day(story.at))


def test_a_rule_of_ours_counts_as_a_rule_once_a_document_adopted_it(now: datetime) -> None:
    admin = become("admin")
    rule = "vn.recommendation.answer"
    for _twice in range(2):
        adopt(rule, document="12/2026/QĐ-UBND", adopted_on=date(2026, 7, 1), by=admin, at=now)
    assert Adoption.objects.filter(rule=rule).count() == 1
    adopted = {p.id: p.adoption for p in proposed_rules()}
    assert adopted[rule] is not None
    assert Entry.objects.filter(kind="docket.adopted", data__rule=rule).exists()


@pytest.mark.parametrize("who", ["minh", "chi", "hoa", "quang"])
def test_only_an_administrator_says_which_document_adopts_a_rule(who: str, now: datetime) -> None:
    with pytest.raises(Denied):
        adopt("x", document="y", adopted_on=date(2026, 7, 1), by=become(who), at=now)


def test_every_change_makes_another_version_and_a_reading_does_not(story: Story) -> None:
    before = story.case.matter.version
    rederive(story.case_id, by=story.who("clock"), at=story.later())
    assert story.case.matter.version == before
    story.do("assign", "kien")
    assert story.case.matter.version == before + 1


def test_a_role_is_held_by_one_at_a_time_and_its_past_is_kept() -> None:
    story = reach(State.OFFERED, ("accept", "nong"))
    held = Party.objects.filter(matter=story.case_id, role="handling_body").order_by("since")
    assert [p.until is None for p in held] == [False, True]
    assert held[0].until == held[1].since
    assert not Party.objects.filter(matter=story.case_id, role="offered_body", until=None).exists()


def test_codes_are_never_given_twice() -> None:
    codes = [begin().case.matter.code for _each in range(5)]
    assert len(set(codes)) == 5
    assert all(code.startswith("KN26-") for code in codes)


def test_codes_follow_each_other_without_a_gap_in_each_series() -> None:
    first, second = begin().case.matter.code, begin().case.matter.code
    assert int(second[-6:]) == int(first[-6:]) + 1


def test_a_series_that_is_there_already_goes_on() -> None:
    Matter.objects.filter(pk=begin().case_id).update(code="KN31-000417")
    with connection.cursor() as cursor:
        cursor.execute("SELECT docket_next_code('KN31-'), docket_next_code('KN31-')")
        assert cursor.fetchone() == ("KN31-000418", "KN31-000419")


def test_a_series_longer_than_six_digits_goes_on() -> None:
    Matter.objects.filter(pk=begin().case_id).update(code="KN32-999999")
    with connection.cursor() as cursor:
        cursor.execute("SELECT docket_next_code('KN32-')")
        assert cursor.fetchone() == ("KN32-1000000",)


def test_a_command_costs_the_same_however_long_the_story() -> None:
    short, long = reach(State.ROUTED), reach(State.ROUTED)
    for _turn in range(4):
        long.do("ask", "hoa")
        long.do("hear_reply", "lan")
    counts = []
    for story in (short, long):
        with CaptureQueriesContext(connection) as seen:
            story.do("assign", "kien")
        counts.append(len(seen))
        story.later(timedelta(minutes=1))
    assert counts[0] == counts[1]


def test_an_entry_keeps_what_the_matter_was_when_it_happened(story: Story) -> None:
    other = reach(State.RETURNED)
    before = {e.pk: e.field for e in Entry.objects.filter(matter=other.case_id)}
    placing.classify(other.case_id, placing.Kind("land"), by=other.who("minh"), at=other.later())
    now = {e.pk: e.field for e in Entry.objects.filter(matter=other.case_id)}
    assert {pk: now[pk] for pk in before} == before
    assert set(now.values()) - set(before.values()) == {"land"}
    assert set(Entry.objects.filter(matter=story.case_id).values_list("channel", flat=True)) == {
        "web"
    }
