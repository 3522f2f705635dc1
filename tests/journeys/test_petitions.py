"""Petitions from the law's words to their end: registered, sorted, split, passed on, accepted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from doithoai.accounts.actors import Official
from doithoai.cases import workflow
from doithoai.cases.commands import ending, placing
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import deciding, passing, receiving, sorting, splitting
from doithoai.cases.commands.petitions.deciding import Acceptance
from doithoai.cases.commands.petitions.passing import TransferPaper
from doithoai.cases.commands.petitions.receiving import Arrival, Registered
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.models import Case, Petition
from doithoai.cases.queries import competence
from doithoai.cases.queries import petitions as queries
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Link, Obligation
from doithoai.ledger.models import Entry
from doithoai.units.models import Body, Place
from tests.cases.reaching import GROUNDS, committee, culture, department, without_account
from tests.conftest import become
from tests.files import making

pytestmark = pytest.mark.django_db

BEFORE = timedelta(days=6)
OWN = Nature("complaint", "land", instance="first")
ELSEWHERE = Nature("complaint", "land", instance="first", competence="other")
TEXT = "Tôi khiếu nại quyết định thu hồi đất số 45 vì diện tích ghi thiếu 120 m2"


@pytest.fixture
def at() -> datetime:
    """Some days ago, in office hours."""
    return timezone.now() - BEFORE


def registered(
    at: datetime, text: str = TEXT, *, by: str = "minh", to: Body | None = None, **more: object
) -> Registered:
    """A petition written into the register, as a clerk does."""
    said = Statement(text=text, channel="letter", occasion="letter", speaker="Bà L.",
                     phone="0900000001")  # fmt: skip
    arrival = Arrival(arrived_on=local_day(at), **more)  # type: ignore[arg-type]
    return receiving.receive(said, arrival, to=to or committee(), by=become(by), at=at)


def steps(at: datetime) -> Iterator[datetime]:
    """One moment after another."""
    while True:
        at += timedelta(minutes=11)
        yield at


def due(case: Case, rule: str) -> date | None:
    """The day by which the law wants it."""
    return Obligation.objects.get(matter=case.pk, rule=rule, state="open").due_on


def running(case: Case) -> set[str]:
    """What is owed or awaited now; an alarm is nobody's clock."""
    rows = Obligation.objects.filter(matter=case.pk, state__in=["open", "paused"])
    return set(rows.exclude(kind="alarm").values_list("rule", flat=True))


# ------------------------------------------------------------------------- a mixed petition, in th
def test_a_mixed_petition_is_split_in_three_each_with_its_own_clock(
    at: datetime, minh: Official
) -> None:
    made, moment = registered(at), steps(at)
    parts = [
        Part(OWN, "Khiếu nại quyết định thu hồi đất số 45"),
        Part(Nature("recommendation", "irrigation"), "Kiến nghị nạo vét kênh trước nhà"),
        Part(Nature("denunciation", "other", respondents=(culture().pk,)),
             "Tố cáo việc thu tiền không có biên lai"),
    ]  # fmt: skip
    cases = splitting.split(
        made.taken.case.pk, parts, guidance="Mời Ông/Bà viết riêng từng đơn", by=minh,
        at=next(moment),
    )  # fmt: skip
    kinds = {case.matter.procedure: case for case in cases}
    assert set(kinds) == {"complaint", "recommendation", "denunciation"}
    assert "vn.complaint.accept_first" in running(kinds["complaint"])
    assert "vn.recommendation.route" in running(kinds["recommendation"])
    assert "vn.denunciation.register_classify_verify_identity" in running(kinds["denunciation"])
    assert kinds["denunciation"].matter.sealed
    tied = Link.objects.filter(kind=Link.Kind.SPLIT_FROM).values_list("source", "target")
    assert list(tied) == [(kinds["recommendation"].pk, kinds["complaint"].pk)]
    for open_one in (kinds["complaint"], kinds["recommendation"]):
        said = open_one.carried.get(until=None).submission
        assert "biên lai" not in open_one.text + said.text
    assert {c.matter.received_on for c in cases} == {local_day(at)}


@pytest.mark.parametrize("private", [False, True])
def test_every_part_of_a_petition_passed_on_owes_the_forwarder_his_answer(
    at: datetime, minh: Official, *, private: bool
) -> None:
    made = registered(at, forwarder="press", forwarder_name="Báo Hà Tĩnh")
    worst = Nature("denunciation", "other", respondents=(culture().pk,)) if private else OWN
    parts = [
        Part(worst, "Phần thứ nhất của đơn"),
        Part(Nature("recommendation", "irrigation"), "Kiến nghị nạo vét kênh trước nhà"),
        Part(Nature("reflection", "irrigation"), "Phản ánh đường vào xóm bị sạt"),
    ]
    cases = splitting.split(
        made.taken.case.pk, parts, guidance="Mời Ông/Bà viết riêng từng đơn", by=minh,
        at=at + timedelta(hours=1),
    )  # fmt: skip
    came = Entry.objects.filter(matter__in=[c.pk for c in cases], kind="cases.received")
    assert {entry.data["forwarder"] for entry in came} == {"press"}
    assert came.count() == len(parts)


def test_a_part_without_words_is_no_part(at: datetime, minh: Official) -> None:
    made = registered(at)
    with pytest.raises(Invalid):
        splitting.split(
            made.taken.case.pk, [Part(OWN, "Khiếu nại"), Part(OWN, " ")], guidance="x", by=minh,
            at=at,
        )  # fmt: skip


# --------------------------------------------------------------------------- passed on, and come b
def test_a_transfer_that_comes_back_three_times_is_decided_by_the_tie_break_post(
    at: datetime, minh: Official, chi: Official
) -> None:
    made, moment = registered(at), steps(at)
    case = made.taken.case.pk
    sorting.sort(case, ELSEWHERE, by=minh, at=next(moment))
    for body, clerk in ((department(), "nong"), (culture(), "van"), (economy(), "hoa")):
        placing.offer(case, to=body.pk, why="Thuộc thẩm quyền", by=minh, at=next(moment))
        placing.give_back(case, reason="Không thuộc thẩm quyền", by=become(clerk), at=next(moment))
    assert Case.objects.get(pk=case).state == State.DISPUTED_LEAD
    assert "vn.recommendation.decide_lead" in running(Case.objects.get(pk=case))
    placing.decide_lead(case, to=committee().pk, why="Đất do xã quản lý", by=chi, at=next(moment))
    decided = Case.objects.select_related("matter").get(pk=case)
    assert (decided.state, decided.competence) == (State.ROUTED, "own")
    assert "vn.complaint.accept_first" in running(decided)


def economy() -> Body:
    """The commune's economy office."""
    return Body.objects.get(short_name="Phòng Kinh tế xã Cẩm Lạc")


def test_a_petition_never_goes_back_to_a_body_that_returned_it(
    at: datetime, minh: Official
) -> None:
    made, moment = registered(at), steps(at)
    case = made.taken.case.pk
    sorting.sort(case, ELSEWHERE, by=minh, at=next(moment))
    placing.offer(case, to=department().pk, why="Thuộc thẩm quyền", by=minh, at=next(moment))
    placing.give_back(case, reason="Không phải", by=become("nong"), at=next(moment))
    with pytest.raises(Invalid) as refusal:
        placing.offer(case, to=department().pk, why="Vẫn thế", by=minh, at=next(moment))
    assert department().short_name in str(refusal.value.message)


def test_a_body_that_takes_a_petition_over_has_its_own_time_from_that_day(
    at: datetime, minh: Official
) -> None:
    made = registered(at)
    case = made.taken.case.pk
    sorting.sort(case, ELSEWHERE, by=minh, at=at + timedelta(minutes=5))
    placing.offer(case, to=department().pk, why="Thuộc sở", by=minh, at=at + timedelta(minutes=9))
    later = at + timedelta(days=4)
    placing.accept(case, by=become("nong"), at=later)
    taken = Case.objects.select_related("matter").get(pk=case)
    assert taken.matter.received_on == local_day(at), "the day the person's petition came in stays"
    row = Obligation.objects.get(matter=case, rule="vn.complaint.accept_first", state="open")
    assert row.body == department()
    assert row.derivation["start"] == local_day(later).isoformat()
    assert Entry.objects.filter(matter=case, kind="cases.transferred").count() == 1


def test_what_goes_by_letter_is_followed_up_until_it_is_settled(
    at: datetime, minh: Official
) -> None:
    made, moment = registered(at), steps(at)
    case = made.taken.case
    sorting.sort(case.pk, ELSEWHERE, by=minh, at=next(moment))
    paper = TransferPaper("12/PC-UBND", local_day(at), "Thuộc thẩm quyền UBND xã Cẩm Bình",
                          "complaint_competence")  # fmt: skip
    passing.transfer(case.pk, to=without_account().pk, paper=paper, by=minh, at=next(moment))
    assert running(case) == {"vn.petition_handling.follow_up_transferred"}
    passing.urge(case.pk, text="Đề nghị cho biết kết quả", by=minh, at=next(moment))
    assert running(case) == {"vn.petition_handling.follow_up_transferred"}
    passing.record_settled(case.pk, text="Đã có quyết định số 9", by=minh, at=next(moment))
    assert running(case) == set()
    assert Case.objects.get(pk=case.pk).state == State.SETTLED


def test_nobody_accepts_without_competence_or_before_the_conditions_are_met(
    at: datetime, minh: Official
) -> None:
    made, moment = registered(at), steps(at)
    case = made.taken.case.pk
    taken = Acceptance(local_day(at))
    sorting.sort(case, OWN, by=minh, at=next(moment))
    with pytest.raises(Denied):
        deciding.admit(case, taken, by=minh, at=next(moment))
    deciding.examine(case, grounds=["no_signature"], by=minh, at=next(moment))
    with pytest.raises(Denied):
        deciding.admit(case, taken, by=minh, at=next(moment))
    deciding.examine(case, by=minh, at=next(moment))
    sorting.convert(case, ELSEWHERE, why="Thuộc huyện cũ", by=minh, at=next(moment))
    with pytest.raises(Denied) as refusal:
        deciding.admit(case, taken, by=minh, at=next(moment))
    assert "02/2011" in refusal.value.message


# --------------------------------------------------------------------- over the change of law of 2
def test_a_petition_of_30_june_2026_handled_after_1_july_keeps_the_days_of_the_old_law(
    minh: Official,
) -> None:
    came = datetime(2026, 6, 30, 2, 0, tzinfo=UTC)
    made = registered(came)
    case = made.taken.case
    sorting.sort(case.pk, OWN, by=minh, at=came + timedelta(hours=2))
    assert due(case, "vn.complaint.accept_first") == date(
        2026, 7, 10
    )  # ten days, not seven working
    deciding.examine(case.pk, by=minh, at=came + timedelta(days=3))
    deciding.admit(case.pk, Acceptance(date(2026, 7, 6)), by=minh, at=came + timedelta(days=7))
    assert due(case, "vn.complaint.settle_first") == date(2026, 8, 5)  # thirty days from acceptance


def test_a_petition_of_1_july_2026_has_seven_working_days(minh: Official) -> None:
    came = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
    case = registered(came).taken.case
    sorting.sort(case.pk, OWN, by=minh, at=came + timedelta(hours=2))
    assert due(case, "vn.complaint.accept_first") == date(2026, 7, 10)


# ------------------------------------------------------------------- begun where there is nothing
def test_one_begun_in_a_district_that_no_longer_exists_is_with_the_province(at: datetime) -> None:
    district = Place.objects.get(name="Huyện Cẩm Xuyên", level="district")
    found = competence.successor(district, today=local_day(at))
    assert found is not None
    assert (found.body.level, found.body.office) == ("province", "committee")
    made = registered(
        at, by="tinh", to=found.body, begun_place=district.pk, begun_with="UBND huyện Cẩm Xuyên"
    )
    assert made.petition.begun_with == "UBND huyện Cẩm Xuyên"
    assert made.taken.case.receiving_body == found.body


def test_matters_of_a_commune_that_went_into_another_are_with_that_one(at: datetime) -> None:
    old = Place.objects.get(
        name="Xã Cẩm Sơn", code_source="vn-before-2025", parent__name="Huyện Cẩm Xuyên"
    )
    found = competence.successor(old, today=local_day(at))
    assert found is not None
    assert found.body == committee()


# -------------------------------------------------------------------------------- many people, one
def test_twenty_three_people_are_one_petition_one_group_and_twenty_three_signatories(
    at: datetime, minh: Official
) -> None:
    made = registered(at, signatories=23)
    submission = made.taken.submission
    assert (submission.who, submission.people) == ("group", 23)
    found = queries.register(minh, committee(), queries.Wanted(local_day(at).year))
    assert (found.counts.petitions, found.counts.people, found.counts.groups) == (1, 23, 1)
    assert found.counts.matters == 1


# ------------------------------------------------------------------------------------ again, and e
def test_the_same_petition_sent_again_and_elsewhere_is_one_thread_and_no_way_into_another_file(
    at: datetime, minh: Official
) -> None:
    first = registered(at)
    again = registered(at + timedelta(days=2))
    there = registered(at + timedelta(days=3), by="tinh", to=province())
    Petition.objects.get(pk=first.petition.pk)
    assert again.petition.repeats == first.petition
    assert there.petition.repeats is None
    threads = set(Petition.objects.values_list("thread", flat=True))
    assert len(threads) == 1
    assert None not in threads
    beside = queries.beside(Case.objects.get(pk=first.taken.case.pk), minh)
    assert beside is not None
    assert [each.here for each in beside.elsewhere] == [True, False]
    with pytest.raises(NotFound):
        Case.objects.lock(there.taken.case.pk, seen_by=minh)


def province() -> Body:
    """The province's committee."""
    return Body.objects.get(office="committee", level="province", place__name="Tỉnh Hà Tĩnh",
                            place__code_source=committee().place.parent.code_source)  # type: ignore[union-attr]  # fmt: skip


def test_nobody_is_guided_twice_on_the_same_content(at: datetime, minh: Official) -> None:
    moment = steps(at + timedelta(days=2))
    first = registered(at).taken.case.pk
    sorting.sort(first, ELSEWHERE, by=minh, at=at + timedelta(hours=1))
    court = "court_matter"
    told = at + timedelta(hours=2)
    deciding.advise(first, ground=court, text="Mời gửi Tòa án", by=minh, at=told)
    second = registered(next(moment)).taken.case.pk
    sorting.sort(second, ELSEWHERE, by=minh, at=next(moment))
    with pytest.raises(Invalid) as refusal:
        deciding.advise(second, ground=court, text="Mời gửi Tòa án", by=minh, at=next(moment))
    assert "05/2021" in refusal.value.message
    ending.archive(second, ground="guided_before", by=minh, at=next(moment))


# ------------------------------------------------------------------------------------ what may not
@pytest.mark.parametrize("how", ["web", "telephone"])
def test_what_is_denounced_by_web_or_telephone_is_kept_as_information(
    at: datetime, minh: Official, how: str
) -> None:
    case = registered(at, arrived_by=how).taken.case.pk
    with pytest.raises(Invalid) as refusal:
        sorting.sort(case, Nature("denunciation", "other"), by=minh, at=at + timedelta(hours=1))
    assert "25/2018" in refusal.value.message
    about = (culture().pk,)
    kept = sorting.sort(
        case, Nature("denunciation_info", "other", respondents=about), by=minh,
        at=at + timedelta(hours=2),
    )  # fmt: skip
    assert kept.matter.sealed


def test_an_anonymous_denunciation_is_not_handled_as_one(at: datetime, minh: Official) -> None:
    case = registered(at, anonymous=True).taken.case.pk
    with pytest.raises(Invalid) as refusal:
        sorting.sort(case, Nature("denunciation", "other"), by=minh, at=at + timedelta(hours=1))
    assert "25" in refusal.value.message


def test_a_state_secret_is_stopped_and_only_its_number_is_kept(at: datetime) -> None:
    for text in ("Văn bản đóng dấu TUYỆT MẬT", "Kèm tài liệu độ MẬT"):
        with pytest.raises(Invalid) as refusal:
            registered(at, text)
        assert "117/2025" in refusal.value.message
    assert Petition.objects.count() == 0
    looked = registered(at, "Bà Mật nói rằng việc này là MẬT mã của xóm", not_secret=True)
    assert looked.petition.number == 1
    paper = registered(at, "", kept_on_paper="07/MĐ-2026")
    assert "07/MĐ-2026" in paper.taken.submission.text


def test_a_file_that_bears_a_mark_never_comes_in(at: datetime, minh: Official) -> None:
    said = Statement(text=TEXT, channel="letter", occasion="letter", speaker="Bà L.")
    marked = SimpleUploadedFile("cong-van_TOI MAT.pdf", making.pdf())
    with pytest.raises(Invalid):
        receiving.receive(
            said, Arrival(local_day(at), not_secret=True), [marked], to=committee(), by=minh, at=at
        )


def test_originals_go_back_with_the_petition(at: datetime, minh: Official) -> None:
    made, moment = registered(at, originals=("Giấy chứng nhận số AB 12",)), steps(at)
    case = made.taken.case.pk
    sorting.sort(case, OWN, by=minh, at=next(moment))
    with pytest.raises(Invalid) as refusal:
        deciding.hand_back(
            case,
            ground="not_eligible_originals",
            text="Không đủ điều kiện",
            papers=[],
            by=minh,
            at=next(moment),
        )
    assert "AB 12" in refusal.value.message
    deciding.hand_back(
        case, ground="not_eligible_originals", text="Không đủ điều kiện",
        papers=["Giấy chứng nhận số AB 12"], by=minh, at=next(moment),
    )  # fmt: skip
    assert Case.objects.get(pk=case).state == State.HANDED_BACK


def test_a_ground_for_declining_is_one_the_law_gives_for_this_kind(
    at: datetime, minh: Official
) -> None:
    made, moment = registered(at), steps(at)
    case = made.taken.case.pk
    sorting.sort(case, OWN, by=minh, at=next(moment))
    with pytest.raises(Invalid):
        deciding.decline(case, ground="no_identity", text="Không rõ", by=minh, at=next(moment))
    deciding.decline(case, ground="in_court", text="Tòa đã thụ lý", by=minh, at=next(moment))


# ----------------------------------------------------------------------------- converted, on one m
def test_a_conversion_is_an_entry_of_the_same_matter_and_the_clocks_follow(
    at: datetime, minh: Official
) -> None:
    case = registered(at).taken.case
    moment = steps(at)
    sorting.sort(case.pk, Nature("recommendation", "land"), by=minh, at=next(moment))
    assert "vn.recommendation.route" in running(case)
    sorting.convert(case.pk, OWN, why="Người dân khiếu nại quyết định", by=minh, at=next(moment))
    assert "vn.complaint.accept_first" in running(case)
    assert "vn.recommendation.route" not in running(case)
    row = Obligation.objects.get(matter=case.pk, rule="vn.complaint.accept_first")
    assert row.derivation["start"] == local_day(at).isoformat()
    assert Entry.objects.get(matter=case.pk, kind="cases.converted").data["was"] == "recommendation"


def test_whoever_passed_a_complaint_on_is_told(at: datetime, minh: Official) -> None:
    made = registered(at, forwarder="front", forwarder_name="Ủy ban MTTQ tỉnh")
    case = made.taken.case.pk
    sorting.sort(case, OWN, by=minh, at=at + timedelta(hours=1))
    passing.tell_forwarder(case, by=minh, at=at + timedelta(hours=2))
    assert Entry.objects.filter(matter=case, kind="cases.forwarder_informed").exists()
    lone = registered(at, "Đơn khác hẳn về việc cấp nước sạch cho xóm", arrived_by="post").taken
    sorting.sort(lone.case.pk, OWN, by=minh, at=at + timedelta(hours=1))
    with pytest.raises(Denied):
        passing.tell_forwarder(lone.case.pk, by=minh, at=at + timedelta(hours=2))


# ------------------------------------------------------------------------------- no state without
PATHS = {
    State.CLASSIFIED: (),
    State.OFFERED: ("offer",),
    State.RETURNED: ("offer", "return"),
    State.ROUTED: ("offer", "accept"),
    State.TRANSFERRED: ("transfer",),
    State.ADMITTED: ("examine", "admit"),
}
KINDS = ("complaint", "denunciation", "denunciation_info", "party_matter")


STATES = [
    (kind, state)
    for kind in KINDS
    for state in PATHS
    if state != State.ADMITTED or kind in {"complaint", "denunciation"}
]


@pytest.mark.parametrize(("kind", "state"), STATES)
def test_no_state_of_a_petition_is_without_a_clock(
    at: datetime, minh: Official, kind: str, state: State
) -> None:
    own = state == State.ADMITTED
    nature = Nature(kind, "other", instance="first" if kind == "complaint" else "",
                    competence="own" if own else "other", respondents=(culture().pk,))  # fmt: skip
    made, moment = registered(at), steps(at)
    case = sorting.sort(made.taken.case.pk, nature, by=minh, at=next(moment))
    for name in PATHS[state]:
        _do(name, case, minh, next(moment))
    assert Case.objects.get(pk=case.pk).state == state
    assert running(case), (kind, state)


def _do(name: str, case: Case, by: Official, at: datetime) -> object:
    kind = Case.objects.select_related("matter").get(pk=case.pk).matter.procedure
    ground = GROUNDS.get(kind, "complaint_competence")
    paper = TransferPaper("1/PC", local_day(at), "Thuộc thẩm quyền nơi khác", ground)
    sealed = case.matter.sealed
    to, there = (province(), become("tinh")) if sealed else (department(), become("nong"))
    acts = {
        "offer": lambda: placing.offer(case.pk, to=to.pk, why="Sở", by=by, at=at),
        "return": lambda: placing.give_back(case.pk, reason="Không", by=there, at=at),
        "accept": lambda: placing.accept(case.pk, by=there, at=at),
        "transfer": lambda: passing.transfer(
            case.pk, to=without_account().pk, paper=paper, by=by, at=at
        ),
        "examine": lambda: deciding.examine(case.pk, by=by, at=at),
        "admit": lambda: deciding.admit(case.pk, Acceptance(local_day(at)), by=by, at=at),
    }
    return acts[name]()


def test_the_steps_of_petitions_are_in_the_one_workflow() -> None:
    names = {step.name for step in workflow.STEPS}
    assert {"sort", "split", "convert", "examine", "admit", "decline", "transfer"} <= names
