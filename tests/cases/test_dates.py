"""Dates of answers, extensions and conclusions: nothing is backdated, moved or promised at will."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from doithoai.cases import tasks
from doithoai.cases.commands import answering, history, publishing
from doithoai.cases.commands.answering import Extension, Reply
from doithoai.cases.models import Case
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import Story, begin, reach, reply

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _debt(story: Story, **which: str) -> Obligation:
    return Obligation.objects.get(matter=story.case_id, state="open", kind="duty", **which)


def _paper(story: Story, *, before: timedelta) -> Reply:
    happened = story.at - before
    return Reply("Đã làm", "explained", "9/UBND", local_day(happened), happened_at=happened)


def test_an_answer_is_not_older_than_the_moment_the_body_got_the_item() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        answering.answer(
            story.case_id, _paper(story, before=60 * DAY), by=story.who("hoa"), at=story.later()
        )
    assert not Obligation.objects.filter(matter=story.case_id, state="void").exists()


def test_the_time_to_hear_the_person_runs_from_the_day_they_were_told() -> None:
    story = begin(at=timezone.now() - 90 * DAY)
    story.do("classify", "minh")
    story.do("route", "minh")
    story.later(60 * DAY)
    now = story.at
    answering.answer(story.case_id, _paper(story, before=40 * DAY), by=story.who("hoa"), at=now)
    window = Obligation.objects.get(matter=story.case_id, kind="window", state="open")
    assert window.due_on is not None
    assert window.due_on >= local_day(now) + 30 * DAY
    tasks.lapse(now + DAY)
    assert Case.objects.get(pk=story.case_id).word == "none"


def test_late_is_counted_in_working_days() -> None:
    story = reach(State.ROUTED)
    story.later(10 * DAY)
    friday = story.at - timedelta(days=(local_day(story.at).weekday() - 4) % 7)
    monday = friday + 3 * DAY
    paper = Reply("Đã làm", "explained", "9/UBND", local_day(friday), happened_at=friday)
    made = answering.answer(story.case_id, paper, by=story.who("hoa"), at=monday)
    assert not made.entered_late


def test_the_last_answer_is_the_one_given_last() -> None:
    story = reach(State.ROUTED)
    story.do("answer", "hoa")
    again = Reply("Lần hai", "explained", "8/UBND", local_day(story.at), happened_at=story.at)
    answering.answer(story.case_id, again, by=story.who("hoa"), at=story.later())
    assert publishing.propose(story.case).answer == "Lần hai"


def _extend(story: Story, more: Extension) -> None:
    answering.extend(story.case_id, more, by=story.who("kien"), at=story.later())


def test_what_the_law_does_not_extend_is_not_told_as_extended() -> None:
    story = reach(State.ROUTED)
    debt = _debt(story)
    assert debt.due_on is not None
    past = Extension(
        debt.rule, "Lý do", until=debt.due_on - 5 * DAY, document="1", signed_on=local_day(story.at)
    )
    with pytest.raises(Invalid):
        _extend(story, past)
    story.later(60 * DAY)
    overdue = Extension(debt.rule, "Lý do", 5, document="1", signed_on=local_day(story.at))
    with pytest.raises(Invalid):
        _extend(story, overdue)
    assert not Entry.objects.filter(matter=story.case_id, kind="cases.extended").exists()
    assert not Outbox.objects.filter(template="cases/notices/extended").exists()


def test_an_extension_names_its_document() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        _extend(story, Extension(_debt(story).rule, "Lý do", 5))


def _promise(story: Story, day: date) -> None:
    history.promise(
        story.case_id, due_on=day, document="9/TB", by=story.who("minh"), at=story.later()
    )


def test_a_changed_conclusion_moves_the_date_or_is_refused() -> None:
    story = reach(State.ROUTED)
    today = local_day(story.at)
    _promise(story, today + 10 * DAY)
    _promise(story, today + 40 * DAY)
    assert _debt(story).due_on == today + 40 * DAY
    assert Entry.objects.filter(matter=story.case_id, kind="cases.promised").count() == 1
    with pytest.raises(Invalid):
        _promise(story, today + 20 * DAY)
    assert _debt(story).due_on == today + 40 * DAY


def test_a_promise_is_not_put_off_by_years_in_one_step() -> None:
    story = reach(State.ROUTED)
    _promise(story, local_day(story.at) + 10 * DAY)
    far = Extension(
        _debt(story).rule, "Lý do", until=local_day(story.at) + 3000 * DAY, document="1",
        signed_on=local_day(story.at),
    )  # fmt: skip
    with pytest.raises(Invalid):
        _extend(story, far)


def test_a_date_of_the_year_9999_is_refused() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        _promise(story, date(9999, 12, 31))


def test_publishing_without_consent_needs_a_ground() -> None:
    story = reach(State.ANSWERED)
    minh, at = story.who("minh"), story.later()
    bare = publishing.Public("Kênh", "Kênh bồi lắng", "Đã nạo vét")
    with pytest.raises(Invalid):
        publishing.publish(story.case_id, bare, by=minh, at=at)
    named = publishing.Public("Kênh", "Kênh bồi lắng", "Đã nạo vét", "Bà L. đồng ý")
    publishing.publish(story.case_id, named, by=minh, at=at)
    assert story.case.reasons.filter(text="Bà L. đồng ý").exists()


def test_whoever_gave_the_answer_writes_no_word_down_from_another_post() -> None:
    from django.db.backends.postgresql.psycopg_any import DateRange  # noqa: PLC0415

    from doithoai.accounts.models import Holding  # noqa: PLC0415
    from doithoai.accounts.queries import official  # noqa: PLC0415

    story = reach(State.ANSWERED)
    hoa, quang = story.who("hoa"), story.who("quang")
    assert hoa.ref is not None
    Holding.objects.create(
        post_id=quang.post, user_id=hoa.ref, valid=DateRange(date(2025, 7, 1), None)
    )
    other = official(hoa.ref, today=local_day(story.at), post=quang.post)
    assert other is not None
    story.cast["hoa at the Front"] = other
    with pytest.raises(Denied):
        story.do("confirm", "hoa at the Front")


def test_a_reply_still_counts_when_it_is_given_now() -> None:
    story = reach(State.ROUTED)
    made = answering.answer(story.case_id, reply(story), by=story.who("hoa"), at=story.later())
    assert (made.at, made.entered_late) == (story.at, False)
