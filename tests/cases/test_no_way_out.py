"""Where a duty could be without an act, or lateness without a trace: disputes, offers, ends."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases import policies
from doithoai.cases.commands import coordinating, ending, placing
from doithoai.cases.models import Case, Reason
from doithoai.cases.queries import measures
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, DomainError, Invalid
from doithoai.docket import lawbook
from doithoai.docket.models import Adoption, Obligation
from doithoai.files.models import Attachment
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from doithoai.units.models import Body
from tests.cases.reaching import (
    ACTS,
    ROUTED,
    Story,
    begin,
    committee,
    culture,
    department,
    office,
    reach,
)
from tests.cases.test_desk import address, page, signed_in
from tests.files import making

pytestmark = pytest.mark.django_db
LONG = timedelta(days=60)
A_DAY = timedelta(days=1)
DISPUTE = "vn.recommendation.answer_dispute"
CAST = ("minh", "hoa", "chi", "kien", "nong", "van", "tinh", "clock", "lan")
# What somebody who owes an answer can do about it.
SETTLES = ("answer", "schedule", "route", "route_above", "take_back", "take_back_in_hand")


def _answer_duties(story: Story) -> list[Obligation]:
    rows = Obligation.objects.filter(matter=story.case_id, kind="duty", state="open")
    versions = lawbook.rulebook().versions
    return [r for r in rows if versions[r.rule][0].life.discharged == (measures.ANSWERED,)]


def _somebody_of(body: Body, story: Story) -> list[Official]:
    cast = [story.cast[name] for name in ("minh", "hoa", "chi", "kien", "nong", "van", "tinh")]
    found = [one for one in cast if isinstance(one, Official) and body.pk in one.acts_for]
    assert found, body
    return found


def _stuck(story: Story) -> list[str]:
    """Open answer duties whose debtor can neither answer, nor pass on, nor take back."""
    if story.state == State.DISPUTED_LEAD:  # its own duty, of the post that decides
        return []
    stuck = []
    for row in _answer_duties(story):
        assert row.body is not None
        case = Case.objects.select_related("matter").get(pk=story.case_id)
        able = [policies.offered(who, case) for who in _somebody_of(row.body, story)]
        if not any(offered[step] for offered in able for step in SETTLES):
            stuck.append(f"{story.state}: {row.rule} of {row.body.short_name}")
    return stuck


OPEN = (
    State.ROUTED, State.OFFERED, State.RETURNED, State.ASKED, State.DRAFTED, State.FORWARDED,
    State.ESCALATED, State.SCHEDULED, State.WITHDRAWN,
)  # fmt: skip


@pytest.mark.parametrize("state", OPEN)
def test_there_is_no_answer_duty_whose_debtor_has_no_act(state: State) -> None:
    story = reach(state)
    assert _stuck(story) == []
    tried = 0
    for step in ACTS:
        for who in CAST:
            tried += _after(story, step, who)
    assert tried > 0


def _after(story: Story, step: str, who: str) -> int:
    """Whether this act could be done; what it leads to was looked at, and it is taken back."""
    before = story.at
    try:
        with transaction.atomic():
            story.do(step, who)
            assert _stuck(story) == [], (step, who)
            transaction.set_rollback(True)
    except (DomainError, Obligation.DoesNotExist):
        return 0
    finally:
        story.at = before
    return 1


def _long_ago() -> Story:
    """A case given to the office so long ago that its date has passed by now."""
    story = begin(at=timezone.now() - LONG - A_DAY)
    for step, by in ROUTED:
        story.do(step, by)
    story.at += LONG
    return story


def _above() -> Story:
    """The commune's committee answered, the person disputed it: the province's has it."""
    story = reach(State.CLASSIFIED)
    placing.route(
        story.case_id, to=committee().pk, why="Việc của Ủy ban", by=story.who("minh"),
        at=story.later(),
    )  # fmt: skip
    story.do("answer", "chi")
    story.do("dispute", "lan")
    assert story.case.handling_body_id not in {committee().pk, office().pk}
    return story


def test_the_commune_does_not_take_a_dispute_back_down() -> None:
    story = _above()
    for step in ("route_above", "route", "offer", "ask", "answer", "archive"):
        with pytest.raises(DomainError):
            story.do(step, "minh")
    offered = policies.offered(story.who("minh"), story.case)
    assert "cấp trên" in offered["route_above"].reason
    assert story.state == State.ESCALATED


def test_the_upper_body_cannot_hand_a_dispute_to_whom_it_is_about_but_may_ask_for_an_opinion() -> (
    None
):
    story = _above()
    tinh = story.who("tinh")
    for body in (committee(), office(), culture()):
        with pytest.raises(Invalid):
            placing.route(story.case_id, to=body.pk, why="Việc của xã", by=tinh, at=story.later())
    coordinating.coordinate(story.case_id, bodies=[committee().pk], by=tinh, at=story.later())
    assert story.case.coordinating == [committee().pk]


def test_the_duty_to_answer_a_dispute_follows_whoever_has_it() -> None:
    story = _above()
    placing.route(
        story.case_id, to=department().pk, why="Giao Sở", by=story.who("tinh"), at=story.later()
    )
    assert story.state == State.ESCALATED
    debt = Obligation.objects.get(matter=story.case_id, rule=DISPUTE)
    assert debt.body_id == department().pk
    story.do("answer", "nong")
    debt.refresh_from_db()
    assert debt.state == "discharged"


def test_a_reply_to_the_upper_body_leads_back_to_it() -> None:
    story = _above()
    story.do("ask", "tinh")
    story.do("hear_reply", "lan")
    assert story.state == State.ESCALATED


def test_what_is_left_of_a_partial_answer_goes_up_with_the_dispute() -> None:
    story = reach(State.ROUTED, ("partly", "hoa"), ("dispute", "lan"))
    left = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.finish")
    assert left.body_id == story.case.handling_body_id == committee().pk


# ---------------------------------------------------------------------------- offers unanswered
def test_an_offer_is_taken_back_and_no_date_changes() -> None:
    story = reach(State.OFFERED)
    debt = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    story.do("take_back", "minh")
    assert story.state == State.ROUTED
    now = Obligation.objects.get(pk=debt.pk)
    assert (now.state, now.due_on, now.body_id) == ("open", debt.due_on, office().pk)
    assert story.case.transfers.get(how="offer").ended == "taken_back"
    assert Reason.objects.get(case=story.case_id).text == "Chưa có hồi âm"
    with pytest.raises(DomainError):
        story.do("accept", "nong")


def test_what_nobody_had_in_hand_is_to_be_passed_on_once_taken_back() -> None:
    story = reach(State.CLASSIFIED, ("offer", "minh"), ("take_back", "minh"))
    assert story.state == State.CLASSIFIED
    owed = Obligation.objects.get(matter=story.case_id, kind="duty", state="open")
    assert (owed.rule, owed.body_id) == ("vn.recommendation.route_taken_back", committee().pk)
    story.do("route", "minh")
    owed.refresh_from_db()
    assert owed.state == "discharged"


def test_a_body_asked_is_urged_and_after_its_days_the_head_decides() -> None:
    story = reach(State.OFFERED, ("urge_offered", "minh"))
    with pytest.raises(Denied):
        story.do("refer_unanswered", "minh")
    story.do("unanswered", "clock")
    story.do("refer_unanswered", "minh")
    assert story.state == State.DISPUTED_LEAD
    story.do("decide_lead", "chi")
    assert (story.state, story.case.handling_body_id) == (State.ROUTED, office().pk)


def test_the_page_of_an_offer_gives_its_sender_something_to_do() -> None:
    story = reach(State.OFFERED)
    shown = page(signed_in("minh"), address(story.case))
    assert "Rút lại việc chuyển" in shown
    assert "Đôn đốc" in shown


# ----------------------------------------------------------------------------------------- ends
def test_a_withdrawal_written_down_needs_the_signed_paper_and_is_told_with_the_way_back() -> None:
    story = reach(State.ROUTED)
    with pytest.raises(Invalid):
        ending.withdraw(story.case_id, reason="Rút", by=story.who("chi"), at=story.later())
    tomorrow = ending.SignedPaper(
        local_day(story.at) + timedelta(days=1), SimpleUploadedFile("giay.pdf", making.pdf())
    )
    with pytest.raises(Invalid):
        ending.withdraw(
            story.case_id, reason="Rút", paper=tomorrow, by=story.who("chi"), at=story.later()
        )
    story.do("withdraw", "chi")
    assert Attachment.objects.filter(about=story.case_id, purpose="signed").count() == 1
    told = Outbox.objects.get(about=story.case_id, template="cases/notices/withdrawn")
    assert told.context["until"]


def test_whose_body_must_answer_records_no_withdrawal_unless_as_its_head() -> None:
    story = reach(State.ROUTED)
    for who in ("minh", "hoa"):
        with pytest.raises(Denied):
            story.do("withdraw", who)
    story.do("withdraw", "kien")
    assert story.state == State.WITHDRAWN


def test_the_clerk_records_a_withdrawal_of_what_another_authority_has() -> None:
    story = reach(State.OFFERED, ("accept", "nong"), ("withdraw", "minh"))
    assert story.state == State.WITHDRAWN


def test_who_did_not_withdraw_says_so_on_the_page_of_their_slip_and_it_goes_on() -> None:
    story = reach(State.ROUTED, ("withdraw", "chi"))
    client = Client(headers={"accept-language": "vi"})
    client.post("/follow", {"code": story.code, "secret": story.secret})
    assert "Tôi không rút" in page(client, f"/follow/case/{story.case_id}")
    where = f"/follow/case/{story.case_id}/not-withdrawn"
    assert client.get(where).status_code == 200
    assert client.post(where, {"reason": "Tôi không ký giấy nào"}).status_code == 302
    assert story.state == State.ROUTED
    assert story.case.outcome == "none"
    assert "Tôi không rút" not in page(client, f"/follow/case/{story.case_id}")


def test_a_person_cannot_reopen_what_they_withdrew_themselves_or_too_late() -> None:
    own = reach(State.WITHDRAWN)
    with pytest.raises(Denied):
        own.do("reopen", "lan")
    late = begin(at=timezone.now() - LONG - A_DAY)
    for step, by in (*ROUTED, ("withdraw", "chi")):
        late.do(step, by)
    late.at += LONG
    with pytest.raises(Invalid):
        late.do("reopen", "lan")


def test_it_is_put_on_file_only_on_a_ground_of_the_list_and_the_person_is_told() -> None:
    story = reach(State.CLASSIFIED)
    with pytest.raises(Invalid):
        ending.archive(
            story.case_id, ground="Hết chỗ để hồ sơ", by=story.who("minh"), at=story.later()
        )
    story.do("archive", "minh")
    made = Entry.objects.get(matter=story.case_id, kind="cases.archived")
    assert made.data["ground"] == "duplicate"
    assert "Thông tư 05/2021" in Reason.objects.get(entry=made.pk).text
    told = Outbox.objects.get(about=story.case_id, template="cases/notices/archived")
    assert told.context["ground"] == "duplicate"
    assert "Trùng" in words(told, form="call").text


def test_what_is_past_its_date_is_put_on_file_only_by_a_head_and_stays_counted_as_late() -> None:
    story = _long_ago()
    with pytest.raises(Denied):
        story.do("archive", "minh")
    story.do("archive", "chi")
    row = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    assert (row.state, row.late, row.was_late) == ("closed", False, True)
    today = local_day(story.at)
    found = Case.objects.filter(pk=story.case_id)
    assert found.filter(measures.provisional_late(today)).exists()
    Adoption.objects.create(
        rule=row.rule, document="9/QĐ-UBND", adopted_on=today, at=story.at,
        by_id=story.who("chi").ref,
    )  # fmt: skip
    assert found.filter(measures.ended_late(today)).exists()


def test_a_withdrawal_takes_no_lateness_off_the_record() -> None:
    story = _long_ago()
    story.do("withdraw", "lan")
    row = Obligation.objects.get(matter=story.case_id, rule="vn.recommendation.answer")
    assert row.was_late


def test_the_lead_body_never_stands_among_those_that_coordinate() -> None:
    story = reach(State.ROUTED)
    coordinating.coordinate(
        story.case_id, bodies=[culture().pk], by=story.who("minh"), at=story.later()
    )
    placing.route(
        story.case_id, to=culture().pk, why="Nhầm", by=story.who("minh"), at=story.later()
    )
    assert story.case.coordinating == []
