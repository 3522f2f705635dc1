"""Officials' pages on petitions: written into the register, sorted, decided, listed, in Excel."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from doithoai.cases import secrecy
from doithoai.cases.commands.petitions import sorting
from doithoai.cases.commands.petitions.sorting import Nature
from doithoai.cases.models import Case, Petition
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from tests.cases.reaching import begin, committee, culture, without_account
from tests.cases.test_desk import Counted, address, do, page, signed_in
from tests.conftest import become
from tests.files import making

pytestmark = pytest.mark.django_db
TEXT = "Khiếu nại quyết định thu hồi đất số 45, diện tích ghi thiếu"


def paper(**more: object) -> dict[str, object]:
    """What a clerk fills in."""
    return {
        "text": TEXT, "who": "person", "speaker": "Bà L.", "arrived_on": today(),
        "arrived_by": "post", "forwarder": "none", "signatories": 1, "written": "on",
        "signed": "on", "originals": "Giấy chứng nhận AB 12", **more,
    }  # fmt: skip


def today() -> str:
    """This local day, as a form sends it."""
    return local_day(timezone.now()).isoformat()


def register(**more: object) -> Case:
    """A petition as the clerk registers it on the page."""
    client = signed_in("minh")
    response = client.post("/desk/petitions/new", paper(**more))
    assert response.status_code == 200
    said = response.content.decode()
    assert "Mã bí mật" in said, said[-3000:]
    return Petition.objects.latest("number").submission.carried.get().case


def test_a_petition_is_written_into_the_register_and_the_person_gets_a_slip() -> None:
    case = register()
    petition = Petition.objects.get()
    assert (petition.number, petition.originals) == (1, ["Giấy chứng nhận AB 12"])
    assert case.matter.title in page(signed_in("minh"), "/desk/petitions/")


def test_a_complaint_has_its_own_acts_and_none_of_a_recommendation() -> None:
    case, client = register(), signed_in("minh")
    given = {"kind": "complaint", "field": "land", "instance": "first",
             "respondents": [str(committee().pk)]}  # fmt: skip
    said = do(client, case, "sort", **given)
    assert "Kiểm tra điều kiện xử lý đơn" in said
    assert "Trả lời, kèm tài liệu" not in said
    do(client, case, "examine")
    shown = do(client, case, "admit", accepted_on=today(), complexity="normal")
    assert case.state == State.ADMITTED
    assert "Đã thụ lý" in shown
    assert "Sổ đơn" in shown


def test_without_competence_the_page_says_why_it_may_not_be_accepted() -> None:
    case, client = register(), signed_in("minh")
    given = {"kind": "complaint", "field": "land", "instance": "first", "competence": "other"}
    do(client, case, "sort", **given)
    said = page(client, address(case, "admit"))
    assert "không được thụ lý" in said
    moved = {
        "to": without_account().pk, "why": "Thuộc nơi khác", "number": "9/PC", "signed_on": today(),
        "ground": "complaint_competence",
    }  # fmt: skip
    do(client, case, "transfer", **moved)
    assert case.state == State.TRANSFERRED
    do(client, case, "record-settled", text="Đã có quyết định số 3")
    assert case.state == State.SETTLED


def test_a_mixed_petition_is_split_on_one_page() -> None:
    case, client = register(), signed_in("minh")
    given = {
        "guidance": "Mời viết riêng", "text_1": "Khiếu nại thu hồi đất", "kind_1": "complaint",
        "field_1": "land", "instance_1": "first", "competence_1": "own",
        "text_2": "Nạo vét kênh", "kind_2": "recommendation", "field_2": "irrigation",
        "competence_2": "own",
    }  # fmt: skip
    do(client, case, "split", **given)
    assert Case.objects.count() == 2
    assert case.matter.procedure == "complaint"


def test_originals_and_grounds_stand_in_the_forms() -> None:
    case, client = register(), signed_in("minh")
    given = {"kind": "complaint", "field": "land", "instance": "first",
             "respondents": [str(committee().pk)]}  # fmt: skip
    do(client, case, "sort", **given)
    assert "Giấy chứng nhận AB 12" in page(client, address(case, "hand-back"))
    declining = page(client, address(case, "decline"))
    assert "Điều 11" in declining
    assert "Điều 29" not in declining
    for act in ("advise", "convert", "examine"):
        assert page(client, address(case, act))


def test_what_is_sealed_at_once_has_no_line_in_the_open_register() -> None:
    client = signed_in("minh")
    given = paper(
        sealed_kind="denunciation", respondent=culture().pk, text="Tố cáo Sao Mai thu sai"
    )
    client.post("/desk/petitions/new", given)
    petition = Petition.objects.get()
    assert (petition.sealed, petition.sender_key) == (True, "")
    assert "Sao Mai" not in page(client, "/desk/petitions/")


def test_one_that_is_sealed_later_keeps_its_number_and_says_nothing_else() -> None:
    told = {
        "forwarder": "press", "forwarder_name": "Báo Sao Hôm", "signatories": 6, "who": "group",
        "ordinary": "on",
    }  # fmt: skip
    case = register(text="Tố cáo Sao Mai thu tiền của các hộ", speaker="Bà Sao Băng", **told)
    register(text="Đèn đường thôn Hưng Trung hỏng đã ba tháng")
    nature = Nature("denunciation", "other", respondents=(committee().pk,))
    sorting.sort(case.pk, nature, by=become("minh"), at=timezone.now())
    client = signed_in("chi")
    for shown in (page(client, "/desk/petitions/"), page(client, "/desk/petitions/?kind=")):
        assert "Không hiển thị" in shown
        for telling in ("Sao Băng", "Sao Hôm", "Sao Mai", case.matter.code, "6 người ký"):
            assert telling not in shown
    rows = sheet(client)
    assert [row[0] for row in rows if isinstance(row[0], float)] == [2, 1]
    (sealed,) = [row for row in rows if row[0] == 1]
    assert [cell for cell in sealed[1:] if cell] == ["Không hiển thị với vị trí công tác này"]


def sheet(client: Client) -> list[list[object]]:
    """The rows of the register as Excel has them."""
    book = io.BytesIO(client.get("/desk/petitions/register.xlsx").content)
    found = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    return [list(row) for row in found]


def test_a_marked_text_is_stopped_until_somebody_has_looked() -> None:
    client = signed_in("minh")
    said = client.post("/desk/petitions/new", paper(text="Kèm công văn TỐI MẬT số 4"))
    assert "117/2025" in said.content.decode()
    assert Petition.objects.count() == 0
    scan = SimpleUploadedFile("don.pdf", making.pdf(), "application/pdf")
    register(scans=scan)
    assert Petition.objects.count() == 1


def test_the_register_is_filtered_counted_and_written_to_excel() -> None:
    register()
    register(speaker="Ông K.", text="Đơn của 23 hộ dân về kênh mương", who="group", signatories=23)
    client = signed_in("minh")
    assert "23 người ký" in page(client, "/desk/petitions/")
    assert "Sổ chưa có đơn nào" in page(client, "/desk/petitions/?kind=denunciation")
    book = client.get("/desk/petitions/register.xlsx")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    )
    assert [row[0] for row in rows if isinstance(row[0], float)] == [2, 1]
    assert any("Ông K." in str(cell) for row in rows for cell in row)


def test_the_register_takes_few_queries_however_long(
    django_assert_max_num_queries: Counted,
) -> None:
    for number in range(4):
        register(speaker=f"Bà {number}")
    client = signed_in("minh")
    client.get("/desk/petitions/")
    with django_assert_max_num_queries(10):
        client.get("/desk/petitions/")


@pytest.mark.parametrize(
    ("text", "mark"),
    [("Dấu MẬT", "MẬT"), ("văn bản TỐI  MẬT", "TỐI MẬT"), ("bà Mật nuôi ong lấy mật", ""),
     ("TUYỆT MẬT.", "TUYỆT MẬT")],
)  # fmt: skip
def test_a_stamp_is_in_capitals_and_a_name_is_no_stamp(text: str, mark: str) -> None:
    assert secrecy.stamped(text) == mark


@pytest.mark.parametrize("name", ["CV_TOI MAT.pdf", "bao cao do mat.docx", "[MẬT] so 4.pdf"])
def test_a_file_says_by_its_name_what_it_is(name: str) -> None:
    assert secrecy.marked(name)
    assert not secrecy.marked("mat bang giai phong.pdf")


def test_the_page_of_a_petition_shows_the_register_it_is_in_as_the_place_one_is_at() -> None:
    client, petition = signed_in("minh"), register()
    here = '<a class="nav-link" href="/desk/petitions/" aria-current="page">'
    elsewhere = '<a class="nav-link" href="/desk/cases/" aria-current="page">'
    said = page(client, f"/desk/cases/{petition.matter.code}/")
    assert here in said
    assert elsewhere not in said
    said = page(client, address(begin().case))
    assert elsewhere in said
    assert here not in said
