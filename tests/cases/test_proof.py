"""Settled with evidence: what a list claims without any is heard, and not counted or closed."""

import pytest

from doithoai.cases import portal_public, proving
from doithoai.cases.commands import answering, history
from doithoai.cases.commands.answering import Reply
from doithoai.cases.models import Case
from doithoai.cases.queries.selection import Selection, select
from doithoai.cases.workflow import Outcome, State, Word
from doithoai.core.days import local_day
from doithoai.core.errors import Denied
from doithoai.docket.models import Obligation
from tests.cases.reaching import Story, office, reach, reply

pytestmark = pytest.mark.django_db


def claimed() -> Story:
    """A list says it is settled, and names no document."""
    story = reach(State.ROUTED)
    claim = Reply("Đã giải quyết xong", "settled")
    history.take_in_answer(
        story.case_id, claim, body=office().pk, by=story.who("minh"), at=story.later()
    )
    return story


def counted(story: Story, selection: Selection) -> bool:
    found = select(story.who("minh"), selection, today=local_day(story.at))
    return found.filter(pk=story.case_id).exists()


def test_what_a_list_claims_without_evidence_is_heard_and_stays_answered() -> None:
    story = claimed()
    story.do("confirm", "lan")
    assert (story.state, story.case.word) == (State.ANSWERED, Word.AGREED)
    open_rules = Obligation.objects.filter(matter=story.case_id, state="open", kind="duty")
    assert open_rules.exists(), "no state without a clock"
    with pytest.raises(Denied, match=r"(?i)evidence|tài liệu"):
        story.do("close", "hoa")


def test_with_its_document_it_is_heard_again_and_ends() -> None:
    story = claimed()
    story.do("confirm", "lan")
    story.do("answer", "hoa")
    story.do("confirm", "lan")
    assert story.state == State.CONFIRMED


def test_without_evidence_it_does_not_end_when_the_person_is_silent_either() -> None:
    story = claimed()
    story.do("lapse", "clock")
    with pytest.raises(Denied):
        story.do("close", "hoa")


def test_no_figure_counts_it_as_settled() -> None:
    story, proven = claimed(), reach(State.ANSWERED)
    settled = Selection(outcome=Outcome.SETTLED, proven=True)
    assert not counted(story, settled)
    assert counted(story, Selection(outcome=Outcome.SETTLED, proven=False))
    assert counted(proven, settled)
    claims = Case.objects.filter(outcome=Outcome.SETTLED).filter(~proving.proven())
    assert list(claims.values_list("pk", flat=True)) == [story.case_id]


def test_the_public_reads_it_as_answered_not_as_settled() -> None:
    story, proven = claimed(), reach(State.ANSWERED)
    for each in (story, proven):
        each.do("publish", "minh")
    today = local_day(story.at)
    public = portal_public.published()
    rows = public.filter(portal_public.condition("settled", today=today))
    assert [row.case_id for row in rows] == [proven.case_id]


def test_only_the_answer_a_head_approved_is_shown_as_approved() -> None:
    story = reach(State.APPROVED)
    other = Reply("Hoàn toàn khác", "explained")
    answering.answer(story.case_id, other, by=story.who("hoa"), at=story.later())
    assert story.case.answers.get().approved_by is None


@pytest.mark.parametrize("change", ["outcome", "number", "text"])
def test_a_changed_outcome_number_or_text_was_approved_by_nobody(change: str) -> None:
    story = reach(State.APPROVED)
    draft = story.case.draft
    kept = {"text": draft.text, "outcome": draft.outcome, "number": draft.number}
    kept |= {"outcome": "partly"} if change == "outcome" else {change: "7/KHAC"}
    changed = Reply(**kept, signed_on=draft.signed_on)
    answering.answer(story.case_id, changed, by=story.who("hoa"), at=story.later())
    assert story.case.answers.get().approved_by is None


def test_the_wording_a_head_approved_keeps_the_name_whatever_its_line_ends() -> None:
    story = reach(State.ROUTED)
    draft = reply(story)
    two = Reply("Đã nạo vét\nĐã kè bờ", draft.outcome, draft.number, draft.signed_on)
    by = story.who("hoa")
    answering.draft(story.case_id, two, seen=None, by=by, at=story.later())
    story.do("approve", "chi")
    sent = Reply("Đã nạo vét\r\nĐã kè bờ\r\n", two.outcome, two.number, two.signed_on)
    answering.answer(story.case_id, sent, by=by, at=story.later())
    assert story.case.answers.get().approved_by is not None
