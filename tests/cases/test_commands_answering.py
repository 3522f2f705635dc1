"""Answers: evidence, outcomes, drafts, versions, what stays owed."""

from datetime import timedelta
from uuid import UUID

import pytest

from doithoai.cases.commands import answering, ending, publishing
from doithoai.cases.commands.answering import Reply
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, Stale
from doithoai.docket.models import Obligation
from doithoai.files.commands import keep
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import Story, reach, reply
from tests.files import making

pytestmark = pytest.mark.django_db


def _answer(story: Story, answer: Reply, by: str = "hoa", seen: int | None = None) -> object:
    return answering.answer(story.case_id, answer, seen=seen, by=story.who(by), at=story.later())


def test_settled_needs_evidence() -> None:
    story = reach(State.ROUTED)
    day = local_day(story.at)
    for bare in (
        Reply("Xong", "settled"),
        Reply("Xong", "settled", number="12/UBND"),
        Reply("Xong", "settled", signed_on=day),
        Reply("Xong", "settled", evidence=(UUID(int=5),)),
    ):
        with pytest.raises(Invalid):
            _answer(story, bare)
    assert story.state == State.ROUTED
    assert not story.case.answers.exists()


def test_a_picture_of_another_case_is_no_evidence() -> None:
    other = reach(State.ROUTED)
    story = reach(State.ROUTED)
    picture = keep(
        making.upload(making.photo()), about=other.case_id, purpose="evidence",
        by=story.who("hoa"), at=story.at,
    )  # fmt: skip
    with pytest.raises(Invalid):
        _answer(story, Reply("Xong", "settled", evidence=(picture.pk,)))


def test_a_picture_settles_and_the_entry_commits_to_it() -> None:
    story = reach(State.ROUTED)
    picture = keep(
        making.upload(making.photo()), about=story.case_id, purpose="evidence",
        by=story.who("hoa"), at=story.at,
    )  # fmt: skip
    _answer(story, Reply("Xong", "settled", evidence=(picture.pk,)))
    assert story.case.answers.get().evidence.get() == picture
    entry = Entry.objects.get(matter=story.case_id, kind="cases.answered")
    assert len(entry.content) == 2
    notice = Outbox.objects.get(about=story.case_id, template="cases/notices/answered")
    assert (notice.channel, notice.address) == ("sms", "0900000001")
    assert notice.context["outcome"] == "settled"


@pytest.mark.parametrize(
    "answer",
    [
        Reply("  ", "explained"),
        Reply("Giải trình", "none"),
        Reply("Chưa có vốn", "scheduled"),
    ],
)
def test_an_answer_says_what_was_done_what_came_of_it_and_by_when(answer: Reply) -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        _answer(story, answer)


def test_a_document_is_not_dated_in_the_future() -> None:
    story = reach(State.ROUTED)
    later = local_day(story.at) + timedelta(days=3)
    with pytest.raises(Invalid):
        _answer(story, Reply("Xong", "settled", "12/UBND", later))


def test_an_answer_given_earlier_needs_its_document_and_is_marked_as_entered_late() -> None:
    story = reach(State.ROUTED)
    story.later(timedelta(days=5))
    earlier = story.at - timedelta(days=3)
    with pytest.raises(Invalid):
        _answer(story, Reply("Xong", "explained", happened_at=earlier))
    _answer(story, Reply("Xong", "settled", "9/UBND", local_day(earlier), happened_at=earlier))
    assert story.case.entered_late
    assert story.case.answers.get().entered_late
    entry = Entry.objects.get(matter=story.case_id, kind="cases.answered")
    assert entry.at == earlier
    assert entry.entered_at > entry.at


def test_an_answer_that_lies_in_the_future_is_refused_and_nothing_is_kept() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        answering.answer(
            story.case_id, reply(story), by=story.who("hoa"),
            at=story.at + timedelta(days=400),
        )  # fmt: skip


def test_what_is_done_in_part_stays_owed_even_when_the_person_agrees() -> None:
    story = reach(State.ROUTED, ("partly", "hoa"), ("confirm", "lan"))
    assert (story.state, story.case.word) == (State.ANSWERED, "agreed")
    owed = Obligation.objects.get(
        matter=story.case_id, kind="duty", state="open", rule="vn.recommendation.finish"
    )
    assert owed.body_id == story.case.handling_body_id
    with pytest.raises(Denied):
        story.do("close", "hoa")
    story.do("answer", "hoa")
    owed.refresh_from_db()
    assert owed.state == "discharged"


def test_being_settled_is_no_answer_and_the_person_may_still_be_told_how_far_it_is() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    with pytest.raises(Invalid):
        _answer(story, reply(story, "in_progress"))
    story.do("inform", "hoa")
    assert (story.state, story.case.outcome) == (State.ROUTED, "none")
    assert Outbox.objects.filter(template="cases/notices/informed").count() == 1
    due = debt.due_on
    debt.refresh_from_db()
    assert (debt.state, debt.due_on) == ("open", due)


def test_the_roadmap_is_reviewed_until_it_is_done_and_the_person_is_told() -> None:
    story = reach(State.SCHEDULED, ("confirm", "lan"))
    assert story.state == State.SCHEDULED
    rule = "vn.recommendation.review_roadmap"
    story.do("review", "hoa")
    assert Obligation.objects.filter(matter=story.case_id, rule=rule, state="open").count() == 1
    assert Outbox.objects.filter(template="cases/notices/reviewed").count() == 1
    assert story.case.roadmap_year == 2027


def test_asking_the_person_stops_the_clock_until_they_reply() -> None:
    story = reach(State.ASKED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    assert (debt.state, debt.due_on) == ("paused", None)
    assert debt.review_on is not None
    story.later(timedelta(days=4))
    story.do("hear_reply", "lan")
    debt.refresh_from_db()
    assert debt.state == "open"
    assert debt.due_on is not None


def test_a_second_officer_does_not_overwrite_the_first_and_reads_both_versions() -> None:
    story = reach(State.ROUTED)
    seen = story.case.matter.version
    draft = reply(story)
    answering.draft(story.case_id, draft, seen=seen, by=story.who("hoa"), at=story.later())
    mine = Reply("Bản của tôi", "explained")
    with pytest.raises(Stale) as refused:
        answering.draft(story.case_id, mine, seen=seen, by=story.who("kien"), at=story.later())
    assert refused.value.context == {"yours": "Bản của tôi", "theirs": draft.text}
    assert story.case.draft.text == draft.text


def test_two_answers_from_one_page_are_one_answer() -> None:
    story = reach(State.ROUTED)
    seen = story.case.matter.version
    _answer(story, reply(story), seen=seen)
    with pytest.raises(Stale) as refused:
        _answer(story, Reply("Khác", "explained"), by="kien", seen=seen)
    assert refused.value.context["theirs"] == reply(story).text
    assert story.case.answers.count() == 1


def test_who_approved_is_named_on_that_answer_and_on_no_later_one() -> None:
    story = reach(State.APPROVED, ("answer", "hoa"))
    assert story.case.answers.get().approved_by_id == story.who("kien").post
    story.do("dispute", "lan")
    story.do("answer", "chi")
    assert story.case.answers.latest("at").approved_by is None


def test_one_answer_for_several_cases_is_one_entry_in_each_or_none_at_all() -> None:
    first, second = reach(State.ROUTED), reach(State.ROUTED)
    stranger = reach(State.ROUTED, ("offer", "minh"), ("accept", "nong"))
    hoa = first.who("hoa")
    with pytest.raises(Denied):
        answering.answer_many(
            [first.case_id, stranger.case_id], reply(first), by=hoa, at=first.later()
        )
    assert first.state == State.ROUTED
    answering.answer_many([first.case_id, second.case_id], reply(first), by=hoa, at=first.later())
    for story in (first, second):
        assert story.state == State.ANSWERED
        assert Entry.objects.filter(matter=story.case_id, kind="cases.answered").count() == 1


def test_an_extension_is_told_and_moves_the_date_once() -> None:
    story = reach(State.ROUTED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    story.do("extend", "kien")
    later = Obligation.objects.get(pk=debt.pk)
    assert later.due_on > debt.due_on
    with pytest.raises(Invalid):
        story.do("extend", "kien")
    assert Obligation.objects.get(pk=debt.pk).due_on == later.due_on
    changed = Entry.objects.get(matter=story.case_id, kind="docket.due_changed")
    assert changed.data["new"] == later.due_on.isoformat()
    assert Outbox.objects.filter(template="cases/notices/extended").count() == 1


def test_a_case_is_not_closed_before_the_person_was_heard_or_had_the_time() -> None:
    story = reach(State.ANSWERED)
    with pytest.raises(Denied):
        ending.close(story.case_id, by=story.who("hoa"), at=story.later())
    story.do("lapse", "clock")
    story.do("close", "hoa")
    assert story.state == State.CLOSED


def test_a_note_is_for_officials_and_is_never_empty() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        answering.note(story.case_id, text=" ", by=story.who("hoa"), at=story.later())
    with pytest.raises(Denied):
        answering.note(story.case_id, text="Gọi lại", by=story.lan, at=story.later())
    made = answering.note(story.case_id, text="Gọi lại", by=story.who("hoa"), at=story.later())
    entry = Entry.objects.get(matter=story.case_id, kind="cases.noted")
    assert entry.data == {"note": str(made.pk)}


def test_no_entry_holds_a_name_or_a_text() -> None:
    story = reach(State.ESCALATED, ("answer", "chi"), ("publish", "minh"), ("confirm", "quang"))
    publishing.withhold(story.case_id, reason="secret", by=story.who("minh"), at=story.later())
    for entry in Entry.objects.filter(matter=story.case_id):
        said = " ".join(str(v) for v in entry.data.values())
        assert "kênh" not in said.lower()
        assert "Bà L." not in said
        assert "0900000001" not in said
