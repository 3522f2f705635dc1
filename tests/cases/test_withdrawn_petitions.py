"""A complaint or a denunciation withdrawn: it ends only when whoever settles it has decided so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from doithoai.cases.commands import ending, paper_making
from doithoai.cases.commands.paper_making import Signed
from doithoai.cases.commands.petitions import passing, sorting, withdrawing
from doithoai.cases.commands.petitions.decisions import Signed as Decision
from doithoai.cases.models import Case
from doithoai.cases.petition_papers import Asked
from doithoai.cases.workflow import Outcome, State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.models import Matter, Obligation
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from tests.cases.reaching import Story, culture, reach, signed_paper
from tests.cases.test_desk import address, do, page, signed_in
from tests.conftest import become
from tests.journeys.test_petitions import OWN, registered

pytestmark = pytest.mark.django_db
GONE_BY_LETTER = (("sort_elsewhere", "minh"), ("transfer", "minh"))
ADMITTED = (("sort", "minh"), ("examine", "minh"), ("admit", "minh"))


def running(story: Story) -> set[str]:
    """What is owed now."""
    rows = Obligation.objects.filter(matter=story.case_id, state="open", kind="duty")
    return set(rows.values_list("rule", flat=True))


def kinds(story: Story) -> list[str]:
    rows = Entry.objects.filter(matter=story.case_id).order_by("at", "pk")
    return list(rows.values_list("kind", flat=True))


def test_a_complaint_withdrawn_runs_on_until_the_head_stops_it() -> None:
    story = reach(State.RECEIVED, *ADMITTED)
    owed = running(story)
    story.do("ask_to_withdraw", "lan")
    assert (story.state, running(story)) == (State.ADMITTED, owed)
    assert "cases.withdrawn" not in kinds(story)

    paper = Decision("21/QĐ-UBND", local_day(story.at))
    chi, at = story.who("chi"), story.later()
    withdrawing.stop(story.case_id, text="Đình chỉ theo đơn rút", paper=paper, by=chi, at=at)

    assert (story.state, story.case.outcome) == (State.TERMINATED, Outcome.WITHDRAWN)
    assert running(story) == {"vn.complaint.send_suspension_or_termination_decision"}
    assert Outbox.objects.filter(about=story.case_id, template="cases/notices/terminated").exists()
    story.do("send_stop", "minh")
    assert running(story) == set()


def test_the_settler_of_a_denunciation_goes_on_on_a_ground_of_the_law_only() -> None:
    story = reach(State.RECEIVED)
    Matter.objects.filter(pk=story.case_id).update(channel="letter")
    nature = sorting.Nature("denunciation", "other", respondents=(culture().pk,))
    sorting.sort(story.case_id, nature, by=story.who("minh"), at=story.later())
    owed = running(story)
    chi = story.who("chi")
    paper = signed_paper(story.at)
    ending.withdraw(story.case_id, reason="Đã hòa giải", paper=paper, by=chi, at=story.later())
    with pytest.raises(Invalid):
        withdrawing.go_on(story.case_id, ground="not_own_will", text="x", by=chi, at=story.later())
    withdrawing.go_on(
        story.case_id, ground="threatened_or_bought", text="Có dấu hiệu ép rút đơn", by=chi,
        at=story.later(),
    )  # fmt: skip
    assert running(story) == owed
    assert story.case.withdrawal_asked_on is None
    entry = Entry.objects.get(matter=story.case_id, kind="cases.withdrawal_not_followed")
    assert entry.data == {"ground": "threatened_or_bought"}
    with pytest.raises(Denied):
        withdrawing.stop(story.case_id, text="Đình chỉ", by=chi, at=story.later())


def test_nobody_but_the_head_decides_and_never_without_a_request() -> None:
    story = reach(State.RECEIVED, *ADMITTED)
    with pytest.raises(Denied) as refusal:
        story.do("stop", "chi")
    assert "rút" in refusal.value.message
    story.do("ask_to_withdraw", "lan")
    with pytest.raises(Denied) as refusal:
        story.do("stop", "minh")
    assert "25/2018" in refusal.value.message
    story.do("stop", "chi")
    assert story.state == State.TERMINATED


def test_one_stopped_by_mistake_is_taken_up_again() -> None:
    story = reach(State.TERMINATED)
    story.do("reopen", "chi")
    case = Case.objects.get(pk=story.case_id)
    assert (case.state, case.outcome) == (State.ROUTED, Outcome.NONE)


def test_the_person_reads_that_it_is_decided_by_others_and_then_what_was() -> None:
    story = reach(State.RECEIVED, *ADMITTED)
    client = Client(headers={"accept-language": "vi"})
    client.post("/follow", {"code": story.code, "secret": story.secret})
    where = f"/follow/case/{story.case_id}/withdraw"
    said = client.post(where, {"reason": "Đã thỏa thuận xong"}, follow=True).content.decode()
    assert "sẽ quyết định" in said
    assert story.state == State.ADMITTED
    asked = page(signed_in("chi"), address(story.case))
    assert "đề nghị rút đơn" in asked
    do(signed_in("chi"), story.case, "stop", text="Đình chỉ theo đơn rút")
    assert story.state == State.TERMINATED
    shown = page(client, f"/follow/case/{story.case_id}")
    assert "được đình chỉ" in shown


def test_going_on_is_offered_with_its_grounds() -> None:
    story = reach(State.RECEIVED, *ADMITTED, ("ask_to_withdraw", "lan"))
    shown = page(signed_in("chi"), address(story.case, "go-on"))
    assert "Luật Khiếu nại 02/2011/QH13, Điều 10" in shown
    do(signed_in("chi"), story.case, "go-on", ground="not_own_will", text="Đơn không có chữ ký")
    assert story.state == State.ADMITTED


# --------------------------------------------------------------------- what else is entered now
def test_a_signed_letter_of_urging_is_the_urging() -> None:
    story = reach(State.RECEIVED, *GONE_BY_LETTER)
    minh, at = story.who("minh"), story.later()
    made = paper_making.draft_paper(story.case_id, "urging", Asked(), by=minh, at=at)
    assert "cases.urged" not in kinds(story)
    signed = Signed("31/UBND-VP", local_day(at))
    paper_making.record_paper(story.case_id, made.pk, signed, by=minh, at=story.later())
    assert kinds(story).count("cases.urged") == 1


def test_a_signed_paper_of_another_kind_urges_nobody() -> None:
    story = reach(State.RECEIVED, *GONE_BY_LETTER)
    minh, at = story.who("minh"), story.later()
    code = "complaint_transferred"
    made = paper_making.draft_paper(story.case_id, code, Asked(), by=minh, at=at)
    signed = Signed("31/UBND-VP", local_day(at))
    paper_making.record_paper(story.case_id, made.pk, signed, by=minh, at=story.later())
    assert "cases.urged" not in kinds(story)


def test_that_the_forwarder_told_the_person_is_recorded_after_the_forwarder_was_told() -> None:
    at, minh = timezone.now() - timedelta(days=6), become("minh")
    case = registered(at, forwarder="deputy", forwarder_name="Đại biểu tỉnh").taken.case.pk
    sorting.sort(case, OWN, by=minh, at=at + timedelta(hours=1))
    with pytest.raises(Denied):
        passing.citizen_told(case, by=minh, at=at + timedelta(hours=2))
    passing.tell_forwarder(case, by=minh, at=at + timedelta(hours=3))
    rule = "vn.citizen_reception.forwarder_informs_citizen"
    assert Obligation.objects.filter(matter=case, rule=rule, state="open").exists()
    passing.citizen_told(case, by=minh, at=at + timedelta(hours=4))
    assert not Obligation.objects.filter(matter=case, rule=rule, state="open").exists()
