"""A mixed petition of which a part is sealed: what stays open tells nothing of it."""

import io
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from doithoai.accounts.actors import Citizen
from doithoai.cases.commands import intake
from doithoai.cases.commands.intake import Statement
from doithoai.cases.commands.petitions import receiving, sorting, splitting
from doithoai.cases.commands.petitions.receiving import Arrival, Registered
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.commands.petitions.splitting import Part
from doithoai.cases.models import Case, Petition
from doithoai.cases.portal_queries import followed
from doithoai.cases.queries import petitions as queries
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid
from doithoai.docket.models import Link, Matter
from doithoai.ledger.models import Entry, Receipt
from tests.cases.reaching import committee, culture, department
from tests.cases.test_desk import address, page, signed_in
from tests.conftest import become

pytestmark = pytest.mark.django_db
SEALED = "Tố cáo Chủ tịch xã nhận tiền tại quán Sao Băng"
CANAL = "Kiến nghị nạo vét kênh trước nhà ông Bảy vì bồi lắng đã lâu"
ROAD = "Phản ánh đường vào xóm Đồng Lều bị sạt lở từ trận mưa tháng chín"
WHOLE = f"{SEALED}. {CANAL}. {ROAD}."
WISH = Nature("recommendation", "irrigation")
SEEN = Nature("reflection", "transport")


@pytest.fixture
def at() -> datetime:
    """Some days ago, in office hours."""
    return timezone.now() - timedelta(days=4)


def registered(at: datetime, text: str = WHOLE) -> Registered:
    """The mixed petition, in the register of the commune."""
    said = Statement(
        text=text, channel="letter", occasion="letter", speaker="Bà L.", phone="0900000001"
    )
    arrival = Arrival(
        arrived_on=local_day(at), ordinary=True, forwarder="press", forwarder_name="Báo Hà Tĩnh"
    )
    return receiving.receive(said, arrival, to=committee(), by=become("minh"), at=at)


def about_the_chair(at: datetime, *more: Part) -> tuple[Registered, list[Case]]:
    """Split in what denounces the chair and two matters that stay open."""
    made = registered(at)
    chair = Part(Nature("denunciation", "other", respondents=(committee().pk,)), SEALED)
    parts = [Part(WISH, CANAL), chair, Part(SEEN, ROAD), *more]
    later = at + timedelta(hours=1)
    cases = splitting.split(
        made.taken.case.pk, parts, guidance="Mời Bà viết riêng", by=become("minh"), at=later
    )
    return made, cases


def open_parts(cases: list[Case]) -> list[Case]:
    return [each for each in cases if not each.matter.sealed]


def sees(who: str, case: Case) -> bool:
    return Matter.objects.visible_to(become(who)).filter(pk=case.pk).exists()


# ----------------------------------------------------------------------------- beside the sealed
def test_whatever_shares_the_statement_is_sealed_with_the_part(at: datetime) -> None:
    made, minh = registered(at), become("minh")
    (beside,) = intake.fan_out(
        made.taken.case.pk, texts=["Đường hỏng"], by=minh, at=at + timedelta(minutes=5)
    )
    parts = [
        Part(Nature("denunciation", "other", respondents=(culture().pk,)), SEALED),
        Part(WISH, CANAL),
    ]
    splitting.split(
        made.taken.case.pk, parts, guidance="Viết riêng", by=minh, at=at + timedelta(hours=1)
    )
    assert Matter.objects.get(pk=beside.pk).sealed
    assert not sees("van", beside)
    assert Entry.objects.filter(matter=beside.pk, kind="cases.sealed").exists()


def test_a_second_sealed_part_was_never_open(at: datetime) -> None:
    other = Part(Nature("denunciation", "other", respondents=(department().pk,)), "Sở thu sai")
    _made, cases = about_the_chair(at, other)
    (second,) = [c for c in cases[1:] if c.matter.sealed]
    assert (second.matter.code[:2], second.pk.version, second.text) == ("S-", 4, "")
    entries = Entry.objects.filter(matter=second.pk)
    assert {timezone.localtime(e.at).time().isoformat() for e in entries} == {"00:00:00"}
    line = Petition.objects.get(submission__carried__case=second)
    assert (line.sealed, line.body_id, line.forwarder) == (True, become("tinh").body, "press")


def test_whom_one_sealed_part_is_about_has_no_other_sealed_part_of_the_same_person(
    at: datetime,
) -> None:
    office = Part(Nature("denunciation", "other", respondents=(culture().pk,)), "Phòng thu sai")
    _made, cases = about_the_chair(at, office)
    sealed = [each for each in cases if each.matter.sealed]
    assert len(sealed) == 2
    assert not [each for each in sealed if sees("chi", each) or sees("van", each)]
    assert all(sees("tinh", each) for each in sealed)


# -------------------------------------------------------------------------------- what stays open
def test_the_open_matters_keep_the_line_of_the_paper_and_it_is_counted_once(at: datetime) -> None:
    made, cases = about_the_chair(at)
    found = queries.register(become("chi"), committee(), queries.Wanted(local_day(at).year))
    (line,) = found.lines
    assert line.petition.number == made.petition.number
    assert {case.pk for case in line.cases} == {case.pk for case in open_parts(cases)}
    assert (found.counts.petitions, found.counts.matters, found.counts.people) == (1, 2, 1)
    assert (line.petition.forwarder, line.petition.forwarder_name) == ("press", "Báo Hà Tĩnh")
    assert line.petition.submission.speaker == "Bà L."


def test_the_paper_itself_stands_in_the_sealed_register_of_the_body_that_has_it(
    at: datetime,
) -> None:
    made, _cases = about_the_chair(at)
    whole = Petition.objects.get(pk=made.petition.pk)
    assert (whole.sealed, whole.body_id, whole.number) == (True, become("tinh").body, 1)
    assert (whole.sender_key, whole.forwarder_name) == ("", "")


def test_the_chair_it_is_about_reads_nothing_of_it_anywhere(at: datetime) -> None:
    _made, cases = about_the_chair(at)
    client = signed_in("chi")
    pages = [
        page(client, "/desk/petitions/"),
        *(page(client, address(c)) for c in open_parts(cases)),
    ]
    book = client.get("/desk/petitions/register.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    said = "\n".join([*pages, str(rows)])
    for told in (
        "Sao Băng",
        "ố cáo Chủ tịch",
        "Tách thành",
        "Không hiển thị",
        cases[0].matter.code,
    ):
        assert told not in said
    assert "nạo vét kênh" in said
    assert not sees("chi", cases[0])


def test_an_open_matter_does_not_say_that_it_was_split_off(at: datetime) -> None:
    _made, cases = about_the_chair(at)
    for each in open_parts(cases):
        kinds = set(Entry.objects.filter(matter=each.pk).values_list("kind", flat=True))
        assert "cases.divided" not in kinds
        assert not each.rulings.exists()
        assert SEALED not in each.text + each.carried.get().submission.text


def test_the_slip_of_the_whole_opens_what_stays_open(at: datetime) -> None:
    made, cases = about_the_chair(at)
    assert made.taken.receipt is not None
    lan = Citizen(made.taken.receipt.id)
    seen = set(Matter.objects.visible_to(lan).values_list("pk", flat=True))
    assert seen == {case.pk for case in cases}
    slip = Receipt.objects.get(pk=made.taken.receipt.id)
    assert {case.pk for case in followed(lan, slip)} == seen


def test_a_petition_of_which_nothing_is_sealed_keeps_its_line(at: datetime) -> None:
    made, minh = registered(at, f"{CANAL}. {ROAD}."), become("minh")
    parts = [Part(WISH, CANAL), Part(SEEN, ROAD)]
    splitting.split(
        made.taken.case.pk, parts, guidance="Viết riêng", by=minh, at=at + timedelta(hours=1)
    )
    found = queries.register(minh, committee(), queries.Wanted(local_day(at).year))
    assert (found.counts.petitions, found.counts.matters) == (1, 2)


def test_no_row_leads_from_what_is_sealed_to_an_open_matter_of_the_same_person(
    at: datetime,
) -> None:
    office = Part(Nature("denunciation", "other", respondents=(culture().pk,)), "Phòng thu sai")
    _made, cases = about_the_chair(at, office)
    ends = {each.pk: each.matter.sealed for each in cases}
    links = Link.objects.values_list("source", "target")
    assert len(links) == 2
    assert all(ends[source] == ends[target] for source, target in links)


def test_a_copy_of_the_paper_is_sealed_with_the_part_and_no_line_leads_to_it(
    at: datetime,
) -> None:
    copy = registered(at - timedelta(hours=2)).taken.case
    _made, cases = about_the_chair(at)
    assert Matter.objects.get(pk=copy.pk).sealed
    line = Petition.objects.get(submission__carried__case=open_parts(cases)[0])
    assert (line.thread, line.repeats, line.repeated_by.count()) == (None, None, 0)


# -------------------------------------------------------------------------------------- twice
def test_a_petition_sent_again_is_not_split_again(at: datetime) -> None:
    parts, minh = [Part(WISH, CANAL), Part(SEEN, ROAD)], become("minh")
    text, later = f"{CANAL}. {ROAD}.", at + timedelta(days=1)
    first = registered(at, text).taken.case
    made = splitting.split(first.pk, parts, guidance="Viết riêng", by=minh, at=later)
    second = registered(at + timedelta(days=2), text).taken.case
    with pytest.raises(Invalid, match="đã được tách") as refusal:
        splitting.split(
            second.pk, parts, guidance="Viết riêng", by=minh, at=at + timedelta(days=2, hours=1)
        )
    assert all(each.matter.code in refusal.value.message for each in made)


def test_one_of_which_a_part_was_sealed_is_not_split_again_and_that_part_is_not_named(
    at: datetime,
) -> None:
    _made, cases = about_the_chair(at)
    second = registered(at + timedelta(days=2)).taken.case
    parts = [Part(WISH, CANAL), Part(SEEN, ROAD)]
    with pytest.raises(Invalid, match="đã được tách") as refusal:
        splitting.split(
            second.pk, parts, guidance="Viết riêng", by=become("minh"),
            at=at + timedelta(days=2, hours=1),
        )  # fmt: skip
    assert all(each.matter.code in refusal.value.message for each in open_parts(cases))
    assert cases[0].matter.code not in refusal.value.message


def test_nothing_is_split_off_what_is_sealed(at: datetime) -> None:
    case, minh = registered(at).taken.case, become("minh")
    nature = Nature("denunciation", "other", respondents=(culture().pk,))
    sorting.sort(case.pk, nature, by=minh, at=at + timedelta(hours=1))
    Case.objects.filter(pk=case.pk).update(state="received")
    with pytest.raises(Denied, match="niêm phong"):
        splitting.split(
            case.pk, [Part(nature, SEALED), Part(WISH, CANAL)], guidance="Viết riêng", by=minh,
            at=at + timedelta(hours=2),
        )  # fmt: skip
