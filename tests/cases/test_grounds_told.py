"""Every decision on a petition rests on a ground of the law; paper, notice and person hear it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from doithoai.cases import petition_papers
from doithoai.cases.acts import table
from doithoai.cases.commands import ending, sealing
from doithoai.cases.commands.petitions import deciding, passing, sorting
from doithoai.cases.commands.petitions.decisions import Signed
from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.forms.fields import Given
from doithoai.cases.forms.sending_on import HandingBack
from doithoai.cases.models import Case, Examination, Reason
from doithoai.cases.petition_papers import Asked
from doithoai.cases.queries import page
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Invalid
from doithoai.docket import exclusion
from doithoai.docket.exclusion import Out
from doithoai.docket.models import Obligation
from doithoai.ledger.models import Entry
from doithoai.notices.models import Outbox
from doithoai.notices.rendering import words
from doithoai.units.models import Body
from doithoai.units.territory import country
from tests.cases.reaching import Story, committee, reach, without_account
from tests.cases.test_papers import _words
from tests.conftest import become
from tests.journeys.test_petitions import OWN, registered

pytestmark = pytest.mark.django_db
WHY = "Đơn không nêu diện tích bị thu hồi"


@pytest.fixture
def at() -> datetime:
    return timezone.now() - timedelta(days=6)


def sorted_complaint(at: datetime, *originals: str) -> Case:
    case = registered(at, originals=originals).taken.case.pk
    sorting.sort(case, OWN, by=become("minh"), at=at + timedelta(minutes=1))
    return Case.objects.get(pk=case)


def paper(case: Case, code: str, at: datetime) -> str:
    found = Case.objects.select_related("matter", "receiving_body", "handling_body")
    made = petition_papers.paper(found.get(pk=case.pk), code, Asked(), today=local_day(at))
    return _words(made.data)


def told(case: Case, what: str) -> str:
    said = Outbox.objects.get(about=case.pk, template=f"cases/notices/{what}")
    return words(said, form="print").text


def test_a_petition_handed_back_says_why_on_which_ground_and_what_next(at: datetime) -> None:
    case = sorted_complaint(at, "Sổ đỏ")
    deciding.hand_back(
        case.pk, ground="not_eligible_originals", text=WHY, papers=["Sổ đỏ"], by=become("minh"),
        at=at + timedelta(hours=1),
    )  # fmt: skip
    ground = country().hand_back_grounds["not_eligible_originals"]
    entry = Entry.objects.get(matter=case.pk, kind="cases.handed_back")
    on_the_slip = Reason.objects.get(entry=entry.pk).text
    for said in (paper(case, "handed_back", at), told(case, "handed_back"), on_the_slip):
        for part in (WHY, ground.basis, ground.label("vi"), ground.next_step("vi")):
            assert part in said


def test_a_complaint_declined_says_the_time_to_complain_the_court_and_whom_to_turn_to(
    at: datetime,
) -> None:
    case = sorted_complaint(at)
    deciding.decline(
        case.pk, ground="time_barred", text=WHY, by=become("minh"), at=at + timedelta(hours=1)
    )
    said = paper(case, "complaint_declined", at)
    for part in (WHY, "Điều 11 khoản 6", "90 ngày", "Điều 9", "Tòa án", "Điều 7", "tỉnh Hà Tĩnh"):
        assert part in said
    assert "Điều 11 khoản 6" in told(case, "declined")


def test_guidance_names_the_article_and_keeps_the_officers_words(at: datetime) -> None:
    case = sorted_complaint(at)
    to = without_account()
    deciding.advise(
        case.pk, ground="complaint_elsewhere", text=WHY, to=to.pk, by=become("minh"),
        at=at + timedelta(hours=1),
    )  # fmt: skip
    said = paper(case, "guidance", at)
    for part in (WHY, "Điều 17 đến Điều 26", to.name):
        assert part in said
    assert "các quy định của pháp luật" not in said
    assert WHY in told(case, "guided")


def test_a_transfer_names_the_article_and_keeps_the_officers_words(at: datetime) -> None:
    story = reach(State.RECEIVED, ("sort_elsewhere", "minh"))
    letter = TransferPaper("1/PC", local_day(story.at), WHY, "complaint_competence")
    passing.transfer(
        story.case_id, to=without_account().pk, paper=letter, by=become("minh"), at=story.later()
    )
    said = paper(story.case, "complaint_transferred", at)
    assert WHY in said
    assert "Điều 17 đến Điều 26" in said


@pytest.mark.parametrize("ground", ["", "nothing", "denunciation_not_ours", "time_barred"])
def test_nobody_is_sent_away_without_a_ground_of_the_law_for_this_kind(
    at: datetime, ground: str
) -> None:
    case, minh = sorted_complaint(at), become("minh")
    with pytest.raises(Invalid):
        deciding.hand_back(case.pk, ground=ground, text=WHY, papers=[], by=minh, at=at)
    with pytest.raises(Invalid):
        deciding.advise(case.pk, ground=ground, text=WHY, by=minh, at=at)
    story = reach(State.RECEIVED, ("sort_elsewhere", "minh"))
    letter = TransferPaper("1/PC", local_day(story.at), WHY, ground)
    with pytest.raises(Invalid):
        passing.transfer(
            story.case_id, to=without_account().pk, paper=letter, by=minh, at=story.later()
        )


def test_only_registered_originals_are_handed_back(at: datetime) -> None:
    case, minh = sorted_complaint(at, "Sổ đỏ"), become("minh")
    with pytest.raises(Invalid, match="Giấy không hề nộp"):
        deciding.hand_back(
            case.pk, ground="not_eligible_originals", text=WHY,
            papers=["Sổ đỏ", "Giấy không hề nộp"], by=minh, at=at,
        )  # fmt: skip
    form = HandingBack()
    form.prepare(Given(case, minh, local_day(at)))
    assert form.fields["papers"].choices == [("Sổ đỏ", "Sổ đỏ")]  # type: ignore[attr-defined]  # a ChoiceField
    bare = HandingBack()
    bare.prepare(Given(sorted_complaint(at), minh, local_day(at)))
    assert "papers" not in bare.fields


def test_not_eligible_is_filed_only_with_the_condition_it_does_not_meet(at: datetime) -> None:
    case, minh = sorted_complaint(at), become("minh")
    with pytest.raises(Invalid, match="05/2021"):
        ending.archive(case.pk, ground="not_eligible", by=minh, at=at + timedelta(hours=1))
    ending.archive(
        case.pk, ground="not_eligible", why=WHY, conditions=["no_date"], by=minh,
        at=at + timedelta(hours=1),
    )  # fmt: skip
    assert Examination.objects.get(case=case).grounds == ["no_date"]
    condition = country().ineligible_grounds["no_date"].label("vi")
    entry = Entry.objects.get(matter=case.pk, kind="cases.archived")
    assert condition in Reason.objects.get(entry=entry.pk).text
    said = paper(case, "not_eligible", at)
    for part in (condition, "Thông tư 05/2021/TT-TTCP, Điều 6", WHY):
        assert part in said
    assert "……" not in said.split("vì:")[1].split("\n")[0]
    assert said.count(condition) == 1


def test_what_was_filed_on_another_ground_names_that_ground_on_its_paper(at: datetime) -> None:
    case = sorted_complaint(at)
    ending.archive(case.pk, ground="guided_before", by=become("minh"), at=at + timedelta(hours=1))
    assert "hướng dẫn một lần" in paper(case, "not_eligible", at)


def test_a_condition_cites_one_source_wherever_it_is_named() -> None:
    pack = country()
    same = {"guided_before": "guided_once", "sent_to_competent": "sent_to_competent_too",
            "settled_before": "handled_before"}  # fmt: skip
    for filed, unmet in same.items():
        found, known = pack.archive_grounds[filed], pack.ineligible_grounds[unmet]
        assert (found.basis, found.labels) == (known.basis, known.labels)
    assert not [g for g in pack.archive_grounds.values() if "07/2014" in g.basis]


DAY_TO_COME = timedelta(days=40)


def _admit(story: Story) -> object:
    story.do("examine", "minh")
    paper_to_come = Signed("1/TB", local_day(story.at + DAY_TO_COME))
    taken = deciding.Acceptance(local_day(story.at), paper=paper_to_come)
    return deciding.admit(story.case_id, taken, by=become("minh"), at=story.later())


def _decline(story: Story) -> object:
    return deciding.decline(
        story.case_id, ground="time_barred", text=WHY,
        paper=Signed("1/TB", local_day(story.at + DAY_TO_COME)), by=become("minh"),
        at=story.later(),
    )  # fmt: skip


@pytest.mark.parametrize("act", [_admit, _decline])
def test_no_document_of_a_day_to_come_is_recorded(act: Callable[[Story], object]) -> None:
    story = reach(State.RECEIVED, ("sort", "minh"))
    with pytest.raises(Invalid, match="tương lai"):
        act(story)
    assert story.state == State.CLASSIFIED


def test_no_transfer_letter_of_a_day_to_come_is_recorded() -> None:
    story = reach(State.RECEIVED, ("sort_elsewhere", "minh"))
    day = local_day(story.at + DAY_TO_COME)
    letter = TransferPaper("1/PC", day, WHY, "complaint_competence")
    with pytest.raises(Invalid, match="tương lai"):
        passing.transfer(
            story.case_id, to=without_account().pk, paper=letter, by=become("minh"),
            at=story.later(),
        )  # fmt: skip


def test_a_change_of_seats_moves_the_decision_on_the_lead_with_its_day() -> None:
    story = reach(State.DISPUTED_LEAD)
    rule = "vn.recommendation.decide_lead"
    before = Obligation.objects.get(matter=story.case_id, rule=rule, state="open")
    assert before.body == committee()
    matter = story.case.matter
    matter.sealed = True
    matter.save(update_fields=["sealed"])
    out = Out(frozenset({committee().pk}))
    exclusion.write(matter, out, since=local_day(story.at))
    assert sealing.look_again(story.case_id, by=story.who("clock"), at=story.later())
    after = Obligation.objects.get(matter=story.case_id, rule=rule, state="open")
    assert after.body == Body.objects.get(short_name="UBND tỉnh Hà Tĩnh")
    assert after.due_on == before.due_on
    assert not sealing.look_again(story.case_id, by=story.who("clock"), at=story.later())


def test_a_recommendation_that_was_passed_on_offers_to_tell_the_forwarder(at: datetime) -> None:
    minh = become("minh")
    for forwarder, offered in (("deputy", True), ("none", False)):
        more = {"forwarder_name": "Đoàn ĐBQH"} if offered else {}
        case = registered(at, forwarder=forwarder, **more).taken.case
        wish = sorting.Nature("recommendation", "land")
        sorting.sort(case.pk, wish, by=minh, at=at + timedelta(minutes=1))
        shown = table.buttons(minh, page.read(case.matter.code, minh))
        names = {b.act.name for b in (*shown.main, *shown.others)}
        assert ("tell-forwarder" in names) is offered
