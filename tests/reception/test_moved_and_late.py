"""A reception day is neither invented in the past nor moved in silence; online ones in order."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from doithoai.accounts.actors import Citizen, Official
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.models import Obligation
from doithoai.duties import queries as duty_queries
from doithoai.duties import tasks
from doithoai.duties.models import Duty, Met
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from doithoai.reception.commands import ending, holding, online, planning, preparing
from doithoai.reception.commands.deputies import Letter
from doithoai.reception.commands.ending import Ending
from doithoai.reception.commands.holding import Held
from doithoai.reception.commands.preparing import Asked
from doithoai.reception.models import Session
from doithoai.reports import periods
from doithoai.reports.queries import heads
from tests.cases.reaching import committee
from tests.dialogues.grounds import signed_in, text
from tests.duties.grounds import moment, opened
from tests.duties.test_pages import disclosed
from tests.reception.receiving import HANOI, START, plan, received, today

pytestmark = pytest.mark.django_db
MINUTES = Letter("12/BB-UBND", START.date())
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=HANOI)
AFTER = START + timedelta(hours=5)
POINTS = "Nhà văn hóa thôn Hưng Trung"
DESK = "/desk/reception/days"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Reasons are compared in the language of the source."""
    with override("en"):
        yield


def planned(
    minh: Official, chi: Official, *, start: datetime = START, at: datetime, **more: object
) -> Session:
    """The chair's day, planned at a moment."""
    words_ = {"kind": "head_scheduled", "venue": "Phòng tiếp công dân", **more}
    made = planning.Plan(host=committee().pk, receiver=chi.post, starts_at=start, **words_)  # type: ignore[arg-type]  # the words of a test
    return planning.plan(made, by=minh, at=at)


# ------------------------------------------------------------------------------------- the past
def test_a_day_in_the_past_is_not_invented(minh: Official, chi: Official) -> None:
    with pytest.raises(Invalid, match="has passed"):
        planned(minh, chi, at=NOW)
    assert not Session.objects.exists()


def test_what_was_held_is_written_down_later_by_its_document(minh: Official, chi: Official) -> None:
    made = planned(minh, chi, at=NOW, shown_by=MINUTES)
    assert (made.day, made.late_number) == (START.date(), "12/BB-UBND")
    with pytest.raises(Denied, match="held already"):
        planning.post(made.pk, by=minh, at=NOW)
    held = holding.hold(made.pk, Held(in_person=True), by=minh, at=NOW)
    entry = Entry.objects.get(matter=held.pk, kind="reception.held")
    assert (entry.data["entered_late"], entry.data["unposted"]) == (True, True)
    met = Met.objects.get(about=held.pk)
    assert (met.entered_late, met.unposted, met.document) == (
        True,
        True,
        "12/BB-UBND (15/09/2026)",
    )


@pytest.mark.parametrize(
    "letter",
    [
        Letter(" ", START.date()),
        Letter("12/BB-UBND", START.date() - timedelta(days=1)),
        Letter("12/BB-UBND", NOW.date() + timedelta(days=1)),
    ],
    ids=["without a number", "dated before", "dated tomorrow"],
)
def test_a_document_that_shows_nothing_is_refused(
    letter: Letter, minh: Official, chi: Official
) -> None:
    with pytest.raises(Invalid, match="number and date"):
        planned(minh, chi, at=NOW, shown_by=letter)


def test_what_is_still_to_come_was_not_held_yet(minh: Official, chi: Official) -> None:
    with pytest.raises(Invalid):
        planned(minh, chi, at=START - timedelta(days=9), shown_by=MINUTES)


def test_recording_it_days_later_needs_the_document(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    planning.post(session.pk, by=minh, at=START - timedelta(days=9))
    later = START + timedelta(days=7)
    with pytest.raises(Invalid, match="entered late"):
        holding.hold(session.pk, Held(in_person=True), by=minh, at=later)
    held = holding.hold(session.pk, Held(in_person=True, shown_by=MINUTES), by=minh, at=later)
    assert held.late_on == START.date()
    assert not held.unposted


def test_recording_it_the_next_day_is_in_time(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    planning.post(session.pk, by=minh, at=START - timedelta(days=9))
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=START + timedelta(days=1))
    assert held.late_on is None
    met = Met.objects.get(about=session.pk)
    assert (met.entered_late, met.unposted) == (False, False)


def test_a_day_nobody_was_told_of_says_so(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert held.unposted
    assert Met.objects.get(about=session.pk).unposted
    page = text(signed_in("minh").get(f"{DESK}/{session.matter.code}"))
    assert "was not posted before" in page


def test_what_has_passed_is_not_posted_any_more(minh: Official, chi: Official) -> None:
    session = plan(minh, chi)
    with pytest.raises(Invalid, match="has passed"):
        planning.post(session.pk, by=minh, at=START + timedelta(days=1))


def test_a_missed_month_completed_late_stays_known_as_missed(
    minh: Official, chi: Official, quang: Official
) -> None:
    duty = opened(START.date())
    tasks.miss(moment(date(2026, 10, 1), 2))
    for day in (15, 22):
        start = START.replace(day=day)
        made = planned(minh, chi, start=start, at=NOW, shown_by=Letter("9/BB", start.date()))
        holding.hold(made.pk, Held(in_person=True), by=minh, at=NOW)
    duty = Duty.objects.get(pk=duty.pk)
    assert (duty.state, duty.was_missed) == ("met", True)
    line = duty_queries.line_of(duty_queries.find(quang, duty.matter.code))
    assert (line.held, len(line.entered_late), line.done_late) == (2, 2, True)
    page = text(signed_in("quang").get("/desk/duties/?month=2026-09"))
    assert "without what was entered late: 0" in page
    assert "It had been missed" in page
    only = text(signed_in("quang").get("/desk/duties/?month=2026-09&state=met&late=1"))
    assert duty.matter.code in only or "It had been missed" in only


def test_the_head_s_report_counts_with_and_without(minh: Official, chi: Official) -> None:
    made = planned(minh, chi, at=NOW, shown_by=MINUTES)
    holding.hold(made.pk, Held(in_person=True), by=minh, at=NOW)
    found = heads.report(chi, committee(), periods.named("month"), START.date(), at=NOW)
    assert (found.count("sessions"), found.count("sessions_late")) == (1, 1)


# -------------------------------------------------------------------------------------- moving
def posted(minh: Official, chi: Official) -> Session:
    """A day that everybody knows, for which Lan asked."""
    session = plan(minh, chi, start=NOW + timedelta(days=20))
    session = planning.post(session.pk, by=minh, at=NOW)
    asked = Asked("Bà Lan", "0912000001", "Về đường thôn")
    preparing.ask(session.pk, asked, by=Citizen(), at=NOW)
    return session


def test_a_posted_day_is_not_moved_without_a_reason(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    with pytest.raises(Invalid, match="reason"):
        planning.move(session.pk, starts_at=NOW + timedelta(days=25), by=minh, at=NOW)


def test_the_page_of_a_moved_day_stays_with_both_days_and_the_reason(
    minh: Official, chi: Official
) -> None:
    session = posted(minh, chi)
    old, new = session.day, NOW + timedelta(days=27)
    planning.move(session.pk, starts_at=new, reason="Họp đột xuất của tỉnh.", by=minh, at=NOW)
    public = Client(headers={"accept-language": "en"})
    page = text(public.get(f"/reception/days/{session.matter.code}/"))
    for part in (f"{old:%d/%m/%Y}", f"{new:%d/%m/%Y}", "Họp đột xuất của tỉnh."):
        assert part in page


def test_who_asked_is_told_of_the_new_day_and_keeps_the_appointment(
    minh: Official, chi: Official
) -> None:
    session = posted(minh, chi)
    new = NOW + timedelta(days=27)
    moved = planning.move(session.pk, starts_at=new, reason="Bão số 9.", by=minh, at=NOW)
    notice = Outbox.objects.get(about=session.pk)
    assert (notice.channel, notice.address) == ("sms", "0912000001")
    said = words(notice).text
    assert f"{new:%d/%m/%Y}" in said
    assert session.matter.code in said
    assert moved.appointments.get().name == "Bà Lan"


def test_a_new_day_is_announced_anew_in_time_or_late(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    soon = NOW + timedelta(days=4)
    planning.move(session.pk, starts_at=soon, reason="Bão số 9.", by=minh, at=NOW)
    rows = Obligation.objects.filter(matter=session.pk, rule__endswith="post_reception_schedule")
    assert [(o.state, o.late) for o in rows.order_by("due_on")] == [
        ("discharged", True),
        ("discharged", False),
    ]


def test_a_postponement_s_reason_stays_with_the_new_day(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    planning.postpone(session.pk, reason="Bão số 9", by=minh, at=NOW)
    moved = planning.move(session.pk, starts_at=NOW + timedelta(days=27), by=minh, at=NOW)
    assert (moved.state, moved.why_not_held) == ("posted", "Bão số 9")
    kinds = [n.template for n in Outbox.objects.filter(about=session.pk).order_by("made_at", "id")]
    assert kinds == ["reception/notices/postponed", "reception/notices/moved"]


def test_what_was_called_off_is_told_too(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    planning.cancel(session.pk, reason="Bão số 9", by=minh, at=NOW)
    assert "không tổ chức" in words(Outbox.objects.get(about=session.pk)).text


def test_nobody_moves_a_day_into_the_past(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    with pytest.raises(Invalid, match="has passed"):
        planning.move(session.pk, starts_at=NOW - timedelta(days=2), reason="Bão", by=minh, at=NOW)


def test_the_pages_of_moving(minh: Official, chi: Official) -> None:
    session = posted(minh, chi)
    client, address = signed_in("minh"), f"{DESK}/{session.matter.code}"
    assert client.get(f"{address}/reschedule").status_code == 403
    assert client.get(f"{address}/move").status_code == 200
    new = timezone.now() + timedelta(days=40)
    sent = {"on": f"{new:%Y-%m-%d}", "hour": "08:00"}
    assert client.post(f"{address}/move", sent).status_code == 200
    assert client.post(f"{address}/move", {**sent, "reason": "Bão số 9"}).status_code == 302


# ------------------------------------------------------------------------------- out of turn
def test_receiving_out_of_turn_does_not_count_for_the_periodic_days(
    minh: Official, chi: Official
) -> None:
    sunday = datetime(2026, 9, 13, 8, 0, tzinfo=HANOI)
    session = plan(minh, chi, start=sunday, kind="unscheduled", grounds=("danger",))
    holding.hold(session.pk, Held(in_person=True), by=minh, at=sunday + timedelta(hours=4))
    assert not Met.objects.exists()
    scheduled = plan(minh, chi)
    holding.hold(scheduled.pk, Held(in_person=True), by=minh, at=AFTER)
    assert Met.objects.get().about_id == scheduled.pk


# ------------------------------------------------------------------------------------- online
def test_what_is_online_is_done_in_order_and_once(minh: Official, chi: Official) -> None:
    session = plan(minh, chi, form="online", points=POINTS)
    with pytest.raises(Denied, match="Tell everybody"):
        online.test(session.pk, by=minh, at=START - timedelta(days=8))
    online.notify(session.pk, by=minh, at=START - timedelta(days=8))
    with pytest.raises(Denied, match="already"):
        online.notify(session.pk, by=minh, at=START - timedelta(days=8))
    with pytest.raises(Denied, match="Test the connection"):
        online.connect(session.pk, by=minh, at=START - timedelta(hours=2))
    online.test(session.pk, by=minh, at=START - timedelta(days=1))
    with pytest.raises(Denied, match="already"):
        online.test(session.pk, by=minh, at=START - timedelta(days=1))
    done = online.connect(session.pk, by=minh, at=START - timedelta(hours=2))
    assert not done.connected_late
    with pytest.raises(Denied, match="already"):
        online.connect(session.pk, by=minh, at=START - timedelta(hours=1))
    told = Entry.objects.filter(matter=session.pk, kind="reception.participants_notified")
    assert told.count() == 1


def test_points_connected_in_the_last_hour_are_late(minh: Official, chi: Official) -> None:
    session = plan(minh, chi, form="online", points=POINTS)
    online.notify(session.pk, by=minh, at=START - timedelta(days=8))
    online.test(session.pk, by=minh, at=START - timedelta(days=1))
    assert online.connect(session.pk, by=minh, at=START - timedelta(minutes=20)).connected_late


def test_the_recording_of_an_online_reception_is_archived(minh: Official, chi: Official) -> None:
    session = plan(minh, chi, form="online", points=POINTS, kind="regular")
    held = holding.hold(session.pk, Held(in_person=True), by=minh, at=AFTER)
    assert not held.matter.final
    owed = Obligation.objects.get(matter=session.pk, state="open")
    assert owed.rule == "vn.online_citizen_reception.archive_recording"
    with pytest.raises(Invalid, match="recording"):
        online.archive(session.pk, recording=" ", by=minh, at=AFTER)
    kept = online.archive(session.pk, recording="HS-TCD 03/2026", by=minh, at=AFTER)
    assert kept.matter.final
    assert not Obligation.objects.filter(matter=session.pk, state="open").exists()


def test_the_public_page_of_an_online_day_says_who_is_not_received_online(
    minh: Official, chi: Official
) -> None:
    session = plan(minh, chi, start=NOW + timedelta(days=20), form="online", points=POINTS)
    planning.post(session.pk, by=minh, at=NOW)
    public = Client(headers={"accept-language": "en"})
    page = text(public.get(f"/reception/days/{session.matter.code}/"))
    assert "20(4)" in page
    assert "You may also come" not in page


# ------------------------------------------------------------------------------------- which day
@pytest.mark.parametrize("year", [1, 2020, 2029, 9999])
def test_a_day_years_away_is_refused_with_a_sentence(
    year: int, minh: Official, chi: Official
) -> None:
    with pytest.raises(Invalid, match="two years away"):
        planned(minh, chi, start=START.replace(year=year), at=NOW)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_form_survives_the_ends_of_the_calendar(
    day: str, minh: Official, chi: Official
) -> None:
    sent = {
        "host": str(committee().pk), "kind": "head_scheduled", "receiver": str(chi.post),
        "on": day, "hour": "07:30", "venue": "P1", "form": "place",
    }  # fmt: skip
    answer = signed_in("minh").post(f"{DESK}/plan", sent)
    assert answer.status_code == 200
    assert not Session.objects.exists()


def test_nobody_receives_twice_at_one_hour(minh: Official, chi: Official) -> None:
    first = plan(minh, chi)
    with pytest.raises(Invalid, match=first.matter.code):
        plan(minh, chi, start=START + timedelta(minutes=30))
    assert plan(minh, chi, start=START + timedelta(hours=6)).day == first.day


def test_a_second_reception_on_one_day_is_remarked(minh: Official, chi: Official) -> None:
    start = (timezone.now() + timedelta(days=30)).replace(hour=1, minute=0)
    first = plan(minh, chi, start=start)
    sent = {
        "host": str(committee().pk), "kind": "head_scheduled", "receiver": str(chi.post),
        "on": f"{first.day:%Y-%m-%d}", "hour": "14:00", "venue": "P1", "form": "place",
    }  # fmt: skip
    answer = signed_in("minh").post(f"{DESK}/plan", sent, follow=True)
    assert f"({first.matter.code})" in text(answer)


def test_a_promise_for_a_day_off_is_remarked(minh: Official, chi: Official) -> None:
    session = today(minh, chi)
    visit = received(minh, session=session.pk)
    sunday = timezone.localdate() + timedelta(days=7 - timezone.localdate().isoweekday() + 7)
    sent = {"end-due_on": f"{sunday:%Y-%m-%d}", "end-contact": "Phan Thị Minh"}
    answer = signed_in("minh").post(f"/desk/reception/visits/{visit.pk}/end", sent, follow=True)
    assert "is a day off" in text(answer)


def test_ending_stays_possible_on_a_working_day(minh: Official, chi: Official) -> None:
    visit = received(minh, session=today(minh, chi).pk)
    done = ending.end(visit.pk, Ending(outcome="Đã trả lời"), by=minh, at=timezone.now())
    assert done.state == "ended"


def test_the_public_fulfilment_page_says_what_was_entered_late(
    minh: Official, chi: Official
) -> None:
    for day in (15, 22):
        start = START.replace(day=day)
        made = planned(minh, chi, start=start, at=NOW, shown_by=Letter("9/BB", start.date()))
        holding.hold(made.pk, Held(in_person=True), by=minh, at=NOW)
    disclosed(chi)
    public = Client(headers={"accept-language": "en"})
    page = text(public.get(reverse("fulfilment", args=[chi.body]) + "?month=2026-09"))
    assert "Done in full: 1; without what was entered late: 0." in page
    assert "not posted before" in page
    assert "Only with what was entered late." in page
