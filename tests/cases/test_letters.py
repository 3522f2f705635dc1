"""Letters to a body without an account: drafted, signed elsewhere, recorded, answered, urged."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.cases.commands import letters, lodging
from doithoai.cases.commands.letters import LINK_LASTS, Letter, ReplyPaper, transfer_by_token
from doithoai.cases.commands.settling import BY_LETTER
from doithoai.cases.models import Case, LetterDraft, Transfer
from doithoai.cases.papers import transfer_letter
from doithoai.cases.workflow import State
from doithoai.core.days import local_day
from doithoai.core.errors import Denied, Invalid, NotFound
from doithoai.docket.models import Obligation
from doithoai.files.models import Attachment, Document, Purpose
from doithoai.files.queries import content
from doithoai.ledger.models import Entry
from doithoai.units.models import Body
from tests.cases.reaching import body, office, reach, without_account
from tests.cases.test_desk import address, do, page, signed_in
from tests.files import making

pytestmark = pytest.mark.django_db
WHY = "Thuộc địa bàn xã Cẩm Bình"


def pdf(name: str = "tra-loi.pdf") -> SimpleUploadedFile:
    """A file as somebody hands it over."""
    return SimpleUploadedFile(name, making.pdf())


def words(document: bytes) -> str:
    """All that stands in a Word file."""
    read = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in read.paragraphs), *cells])


def test_the_letter_is_drafted_in_word_for_the_clerk_to_number() -> None:
    story = reach(State.ROUTED, ("draft_letter", "minh"))
    paper = Document.objects.get(about=story.case_id)
    assert (paper.kind, paper.number, paper.layout) == ("transfer_letter", "", office().layout)
    assert paper.draft is not None
    said = words(content(paper.draft))
    for wanted in ("PHIẾU CHUYỂN", f"Kính gửi: {without_account().name}", story.case.text, WHY):
        assert wanted in said
    assert story.case.matter.code in said
    assert "Bà L." not in said
    assert story.state == State.ROUTED
    assert Entry.objects.filter(matter=story.case_id, kind="cases.letter_drafted").count() == 1


@pytest.mark.parametrize(
    ("layout", "head"),
    [("state", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("party", "ĐẢNG CỘNG SẢN VIỆT NAM")],
)
def test_the_letter_has_the_head_of_who_signs(layout: str, head: str) -> None:
    story = reach(State.ROUTED)
    Body.objects.filter(pk=office().pk).update(layout=layout)
    case = Case.objects.get(pk=story.case_id)
    made = transfer_letter(case, to=without_account().pk, why=WHY, today=local_day(story.at))
    assert head in words(made)


def test_the_draft_gets_its_number_date_and_signed_file_when_it_is_sent() -> None:
    story = reach(State.ROUTED, ("draft_letter", "minh"))
    drafted = LetterDraft.objects.get(case=story.case_id).document
    letter = Letter("45/UBND-VP", local_day(story.at), WHY, pdf("phieu-chuyen.pdf"))
    letters.forward(
        story.case_id, to=without_account().pk, letter=letter, by=story.who("minh"),
        at=story.later(),
    )  # fmt: skip
    drafted.refresh_from_db()
    assert (drafted.number, drafted.signed_on) == ("45/UBND-VP", local_day(story.at))
    assert drafted.signed_file is not None
    assert Transfer.objects.get(case=story.case_id, how="letter").document == drafted
    assert not LetterDraft.objects.exists()


def test_a_letter_drafted_elsewhere_is_recorded_all_the_same() -> None:
    story = reach(State.FORWARDED)
    paper = Transfer.objects.get(case=story.case_id, how="letter").document
    assert paper is not None
    assert (paper.draft, paper.number) == (None, "45/UBND-VP")


def test_a_letter_needs_a_reason_and_somebody_who_may_pass_the_item_on() -> None:
    story = reach(State.ROUTED)
    to = without_account().pk
    for who, why, refusal in (
        ("minh", " ", Invalid),
        ("quang", WHY, Denied),
        ("lien", WHY, NotFound),
    ):
        with pytest.raises(refusal):
            letters.draft_letter(
                story.case_id, to=to, why=why, docx=b"x", by=story.who(who), at=story.later()
            )


def test_the_sender_stays_the_one_the_person_sees_and_owes_the_follow_up() -> None:
    story = reach(State.FORWARDED)
    assert story.case.handling_body == office()
    debt = Obligation.objects.get(
        matter=story.case_id, rule="vn.recommendation.follow_up_letter", state="open"
    )
    assert (debt.body, debt.role) == (office(), "sending_body")
    story.do("urge", "minh")
    debt.refresh_from_db()
    assert debt.state == "discharged"
    again = Obligation.objects.get(
        matter=story.case_id, rule="vn.recommendation.follow_up_letter", state="open"
    )
    assert again.due_on is not None
    assert debt.due_on is not None
    assert again.due_on >= debt.due_on


def test_a_reply_is_recorded_by_its_number_date_and_file_and_proves_the_answer() -> None:
    story = reach(State.FORWARDED)
    paper = ReplyPaper("210/CTĐL", local_day(story.at), (pdf(),))
    letters.record_reply(
        story.case_id, text="Đã thay cột", paper=paper, by=story.who("minh"), at=story.later()
    )
    sent = Transfer.objects.get(case=story.case_id, how="letter")
    assert (sent.ended, sent.reply_number, sent.reply_signed_on) == (
        "replied", "210/CTĐL", paper.signed_on,
    )  # fmt: skip
    file = Attachment.objects.get(about=story.case_id)
    assert file.purpose == Purpose.EVIDENCE
    entry = Entry.objects.get(matter=story.case_id, kind="cases.body_replied")
    assert entry.data["number"] == "210/CTĐL"
    form = page(signed_in("hoa"), address(story.case, "answer"))
    assert "Tài liệu đã có trong hồ sơ" in form
    given = {
        "seen": story.case.matter.version, "outcome": "settled", "text": "Đã thay cột điện.",
        "at_hand": str(file.pk),
    }  # fmt: skip
    do(signed_in("hoa"), story.case, "answer", **given)
    assert story.case.answers.get().evidence.get() == file


@pytest.mark.parametrize(
    ("number", "on"), [("210/CTĐL", None), ("", date(2026, 1, 2)), ("210/CTĐL", date(2999, 1, 1))]
)
def test_a_reply_without_its_date_or_of_a_day_to_come_is_refused(
    number: str, on: date | None
) -> None:
    story = reach(State.FORWARDED)
    with pytest.raises(Invalid):
        letters.record_reply(
            story.case_id, text="Đã nhận", paper=ReplyPaper(number, on), by=story.who("minh"),
            at=story.later(),
        )  # fmt: skip


def test_the_page_asks_for_number_date_and_file_of_the_reply() -> None:
    story = reach(State.FORWARDED)
    client = signed_in("minh")
    response = client.post(address(story.case, "record-reply"), {"text": "Đã thay cột"})
    assert set(response.context["form"].errors) == {"number", "signed_on", "reply_file"}
    given = {"text": "Đã thay cột", "number": "210/CTĐL", "signed_on": f"{local_day(story.at)}"}
    shown = do(client, story.case, "record-reply", **given, reply_file=[pdf()])
    assert "bằng văn bản số 210/CTĐL" in shown
    assert story.state == State.ROUTED


def test_the_link_replies_once_without_an_account_and_its_file_is_evidence() -> None:
    story = reach(State.FORWARDED)
    client, where = Client(headers={"accept-language": "vi"}), f"/reply/{story.token}"
    shown = page(client, where)
    assert story.case.text in shown
    for hidden in ("Bà L.", "0900000001", story.code, story.secret):
        assert hidden not in shown
    assert client.post(where, {"text": "Đã thay cột", "pictures": [pdf()]}).status_code == 302
    assert Attachment.objects.get(about=story.case_id).purpose == Purpose.EVIDENCE
    assert client.get(where).status_code == 404
    assert client.post(where, {"text": "Lần nữa"}).status_code == 404


def test_the_link_lapses_and_urging_gives_a_new_one() -> None:
    story = reach(State.FORWARDED)
    first = story.token
    assert transfer_by_token(first, at=story.at).case_id == story.case_id
    with pytest.raises(NotFound):
        transfer_by_token(first, at=story.at + LINK_LASTS)
    Transfer.objects.filter(case=story.case_id).update(reply_until=story.later())
    with pytest.raises(NotFound):
        lodging.reply_by_link(first, text="Muộn", uploads=(), at=story.at)
    second = story.do("urge", "minh")
    assert isinstance(second, str)
    with pytest.raises(NotFound):
        transfer_by_token(first, at=story.at)
    lodging.reply_by_link(second, text="Đã làm", uploads=(), at=story.later(timedelta(days=1)))
    assert story.state == State.ROUTED


def test_the_clerk_drafts_downloads_and_sends_the_letter_on_the_page() -> None:
    story = reach(State.ROUTED)
    company = body("VNPT Hà Tĩnh")
    client, case, to = signed_in("minh"), story.case, str(company.pk)
    shown = do(client, case, "draft-letter", to=to, why=WHY)
    assert "Chờ ký và lấy số" in shown
    paper = Document.objects.get(about=case.pk)
    where = address(case, f"papers/{paper.pk}")
    response = client.get(where)
    assert response["Content-Disposition"].startswith("attachment")
    assert words(b"".join(response.streaming_content))
    assert client.get(f"{where}?signed").status_code == 404
    assert signed_in("lien").get(where).status_code == 404
    form = page(client, address(case, "forward"))
    assert WHY in form
    assert f'value="{to}" selected' in form
    given = {"to": to, "number": "45/UBND-VP", "signed_on": f"{local_day(story.at)}", "why": WHY}
    sent = client.post(address(case, "forward"), {**given, "signed_file": pdf()})
    assert "/reply/" in sent.content.decode()
    assert b"".join(client.get(f"{where}?signed").streaming_content)
    assert "Văn bản số 45/UBND-VP, bản đã ký" in page(client, address(case))


def test_nobody_else_opens_the_papers_of_an_item(client: Client) -> None:
    story = reach(State.ROUTED, ("draft_letter", "minh"))
    paper = Document.objects.get(about=story.case_id)
    assert client.get(address(story.case, f"papers/{paper.pk}")).status_code == 302


def test_the_letter_settles_what_asked_for_it_and_nothing_else() -> None:
    story = reach(State.ROUTED)
    asked = {"message": BY_LETTER, "params": {"body": "UBND xã Cẩm Bình"}}
    Case.objects.filter(pk=story.case_id).update(attention=[asked, "Ngày trả lời lạ"])
    story.do("forward", "minh")
    assert story.case.attention == ["Ngày trả lời lạ"]
