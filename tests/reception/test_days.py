"""A reception day: moved off holidays, posted, put off, held by who really received, concluded."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from doithoai.accounts.actors import Citizen, Official
from doithoai.core.errors import Denied, Invalid, NotFound, WrongState
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from doithoai.reception.commands import holding, online, planning, preparing
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.models import Session
from doithoai.reception.papers import conclusion
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_file
from tests.reception.receiving import HANOI, HOLIDAY, START, plan

pytestmark = pytest.mark.django_db
AFTER = START + timedelta(hours=5)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def test_a_day_that_falls_on_a_holiday_goes_to_the_next_working_day(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi, start=HOLIDAY)
    assert session.day == date(2026, 11, 25)
    assert session.fixed_day == date(2026, 11, 24)
    assert "24/11/2026" in session.why_moved


def test_a_day_off_at_the_end_of_a_month_stays_in_its_month(minh: Official, chi: Official) -> None:
    last = datetime(2026, 10, 31, 7, 30, tzinfo=HANOI)
    assert plan(minh, chi, start=last).day == date(2026, 10, 30)
    stays = plan(minh, chi, start=last, kind="unscheduled", grounds=("danger",))
    assert stays.day == date(2026, 10, 31)


def test_an_unscheduled_reception_owes_no_posting_before(minh: Official, chi: Official) -> None:
    session = plan(minh, chi, kind="unscheduled", grounds=("danger",))
    assert _open(session) == {"hold"}


def test_an_online_reception_that_moves_is_told_and_tested_for_its_new_day(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi, form="online", points="Nhà văn hóa thôn Hưng Trung")
    moved = START + timedelta(days=30)
    planning.reschedule(session.pk, starts_at=moved, by=minh, at=START - timedelta(days=15))
    rules = Obligation.objects.filter(matter=session.pk, state="open", rule__contains="online")
    due = set(rules.values_list("due_on", flat=True))
    assert due == {date(2026, 10, 8), date(2026, 10, 14), START.date() + timedelta(days=30)}


def test_a_working_day_stays_where_it_is(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    assert (session.day, session.fixed_day, session.why_moved) == (START.date(), None, "")


def test_posting_is_owed_five_working_days_before(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    owed = Obligation.objects.get(
        matter=session.pk, rule="vn.citizen_reception.post_reception_schedule"
    )
    assert owed.due_on == date(2026, 9, 8)
    planning.post(session.pk, by=minh, at=START - timedelta(days=9))
    owed.refresh_from_db()
    assert (owed.state, owed.late) == ("discharged", False)


def test_a_late_posting_is_late_and_not_refused(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    planning.post(session.pk, by=minh, at=START - timedelta(days=1))
    owed = Obligation.objects.get(
        matter=session.pk, rule="vn.citizen_reception.post_reception_schedule"
    )
    assert (owed.state, owed.late) == ("discharged", True)


def test_an_unscheduled_reception_needs_a_ground_of_article_18(
    minh: Official, chi: Official
) -> None:
    with pytest.raises(Invalid, match="article 18"):
        plan(minh, chi, kind="unscheduled")
    session = plan(minh, chi, kind="unscheduled", grounds=("danger",), start=HOLIDAY)
    assert (session.grounds, session.day) == (["danger"], HOLIDAY.date())


def test_an_online_reception_owes_notice_and_a_test(minh: Official, chi: Official) -> None:
    with pytest.raises(Invalid, match="places that are connected"):
        plan(minh, chi, form="online")
    session = plan(minh, chi, form="online", points="Nhà văn hóa thôn Hưng Trung")
    due = dict(
        Obligation.objects.filter(matter=session.pk, rule__startswith="vn.online").values_list(
            "rule", "due_on"
        )
    )
    assert due == {
        "vn.online_citizen_reception.notify_participants": date(2026, 9, 8),
        "vn.online_citizen_reception.successful_connection_test": date(2026, 9, 14),
        "vn.online_citizen_reception.connect_all_points": START.date(),
    }
    online.notify(session.pk, by=minh, at=START - timedelta(days=8))
    online.test(session.pk, by=minh, at=START - timedelta(days=1))
    online.connect(session.pk, by=minh, at=START - timedelta(hours=2))
    open_ones = Obligation.objects.filter(matter=session.pk, state="open", rule__contains="online")
    assert not open_ones.exists()


def test_a_reception_in_a_room_has_no_connection_to_test(minh: Official, chi: Official) -> None:
    with pytest.raises(Denied, match="not held online"):
        online.test(plan(minh, chi).pk, by=minh, at=START)


def test_a_reason_is_posted_with_a_postponement(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    with pytest.raises(Invalid, match="reason"):
        planning.postpone(session.pk, reason=" ", by=minh, at=START)
    put_off = planning.postpone(session.pk, reason="Bão số 9", by=minh, at=START)
    assert put_off.posted_at is not None
    moved = planning.move(session.pk, starts_at=HOLIDAY, by=minh, at=START)
    assert (moved.day, moved.state, moved.posted_at) == (date(2026, 11, 25), "posted", START)


def test_only_the_body_itself_sets_its_days(
    lien: Official, hoa: Official, minh: Official, chi: Official
) -> None:
    planned = planning.Plan(
        host=committee().pk, receiver=chi.post, kind="regular", starts_at=START, venue="P1"
    )
    for stranger in (lien, hoa):
        with pytest.raises(Denied):
            planning.plan(planned, by=stranger, at=START)
    session = plan(minh, chi)
    with pytest.raises(NotFound):
        planning.post(session.pk, by=lien, at=START)


def test_who_really_received_is_recorded_and_a_deputy_does_not_count(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi)
    with pytest.raises(Invalid, match="before its day"):
        holding.hold(session.pk, Held(True), by=minh, at=START - timedelta(days=2))
    with pytest.raises(Invalid, match="who really received"):
        holding.hold(session.pk, Held(False), by=minh, at=AFTER)
    stood_in = Held(in_person=False, received_by=minh.post, name="Lê Văn Phó")
    held = holding.hold(session.pk, stood_in, by=minh, at=AFTER)
    assert (held.in_person, held.received_by_name) == (False, "Lê Văn Phó")
    entry = Entry.objects.get(matter=session.pk, kind="reception.held")
    assert entry.data["in_person"] is False


def test_the_receiver_in_person_is_named_by_the_post(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert held.in_person is True
    assert held.received_by_id == chi.post
    assert held.received_by_name


def test_the_conclusion_is_worded_signed_elsewhere_and_recorded(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi)
    holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    with pytest.raises(Denied, match="Word the conclusion first"):
        holding.sign(
            session.pk, number="9/TB-UBND", signed_on=START.date(), upload=signed_file(),
            by=minh, at=AFTER,
        )  # fmt: skip
    session.refresh_from_db()
    docx = conclusion(session, "Giao Phòng Kinh tế.")
    holding.draft_conclusion(session.pk, text="Giao Phòng Kinh tế.", docx=docx, by=minh, at=AFTER)
    done = holding.sign(
        session.pk, number="9/TB-UBND", signed_on=START.date(), upload=signed_file(),
        by=minh, at=AFTER,
    )  # fmt: skip
    assert (done.state, done.matter.final) == ("concluded", True)
    assert Entry.objects.filter(matter=session.pk, kind="reception.conclusion_issued").exists()


def test_regular_reception_ends_when_it_was_held(minh: Official, chi: Official) -> None:
    session = plan(minh, chi, kind="regular")
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert held.matter.final
    with pytest.raises(Denied, match="no conclusion notice"):
        holding.draft_conclusion(session.pk, text="x", docx=b"", by=minh, at=AFTER)


def test_anybody_asks_for_an_appointment_on_a_posted_day(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    asked = Asked("Bà Lan", "0912", "Xin được gặp về đường thôn")
    before = START - timedelta(days=3)
    with pytest.raises(NotFound):
        preparing.ask(session.pk, asked, by=Citizen(), at=before)
    planning.post(session.pk, by=minh, at=START - timedelta(days=9))
    made = preparing.ask(session.pk, asked, by=Citizen(), at=before)
    with pytest.raises(Invalid, match="Say why"):
        preparing.answer(
            session.pk, appointment=made.pk, given=False, reason="", by=minh, at=before
        )
    given = preparing.answer(
        session.pk, appointment=made.pk, given=True, reason="", by=minh, at=before
    )
    assert given.answer == "given"
    with pytest.raises(Invalid, match="no longer taken"):
        preparing.ask(session.pk, asked, by=Citizen(), at=AFTER)


def test_a_day_is_not_held_twice(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    with pytest.raises(WrongState):
        holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)


def _open(session: Session) -> set[str]:
    rules = Obligation.objects.filter(matter=session.pk, state="open").values_list("rule")
    return {rule.rpartition(".")[2] for (rule,) in rules}


def test_no_state_of_a_reception_day_is_without_its_clock(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    assert _open(session) == {"post_reception_schedule", "hold"}
    planning.post(session.pk, by=minh, at=START - timedelta(days=9))
    assert _open(session) == {"hold"}
    planning.postpone(session.pk, reason="Bão", by=minh, at=START - timedelta(days=8))
    assert _open(session) == {"set_new_date"}
    planning.move(session.pk, starts_at=START, by=minh, at=START - timedelta(days=8))
    assert _open(session) == {"hold"}
    holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert _open(session) == {"issue_conclusion"}


def test_a_reception_held_counts_for_the_head_of_the_month(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    met = Entry.objects.filter(kind="duties.met")
    assert [e.data["held_on"] for e in met] == [session.day.isoformat()]
