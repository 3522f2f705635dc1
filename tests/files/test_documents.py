"""Drafts in Word, in the layout of whoever signs."""

import io
from dataclasses import replace

import docx
import pytest

from doithoai.files import layout_making
from doithoai.files.documents import Draft, Table, Text, draft
from doithoai.files.models import Layout
from tests.files import making

PAPER = Draft(
    layout=Layout.STATE,
    title="Thông báo",
    subject="Kết luận hội nghị đối thoại & các <thôn>",
    issuer="Ủy ban nhân dân xã Cẩm Lạc",
    parent_issuer="Ủy ban nhân dân tỉnh Hà Tĩnh",
    symbol="/TB-UBND",
    place="Cẩm Lạc",
    year=2026,
    blocks=(
        Text("I. Nội dung", heading=True),
        Text("Sửa đường {{ khong phai bien }}.\nLàm trước mùa mưa."),
        Table(("STT", "Nội dung"), (("1", "Đường"), ("2", "Điện")), (15, 120)),
        Text("Kết thúc."),
    ),
    signer_title="Chủ tịch",
    signer_name="Nguyễn Văn Thử",
    recipients=("Như trên", "Ủy ban Mặt trận Tổ quốc xã"),
)


def _opened(paper: Draft) -> tuple[list[str], list[list[str]]]:
    document = docx.Document(io.BytesIO(draft(paper)))
    cells = [[cell.text for row in t.rows for cell in row.cells] for t in document.tables]
    return [p.text for p in document.paragraphs], cells


@pytest.mark.parametrize(
    ("layout", "head"),
    [
        (Layout.STATE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        (Layout.PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (Layout.FRONT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
    ],
)
def test_the_head_follows_who_signs(layout: Layout, head: str) -> None:
    _paragraphs, tables = _opened(replace(PAPER, layout=layout))

    issuer, nation = tables[0]
    assert issuer.startswith("ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH\nỦY BAN NHÂN DÂN XÃ CẨM LẠC")
    assert "......" in issuer
    assert "/TB-UBND" in issuer
    assert nation.startswith(head)
    assert nation.endswith("Cẩm Lạc, ngày ... tháng ... năm 2026")


def test_what_was_written_stands_in_order_and_is_never_a_template() -> None:
    paragraphs, tables = _opened(PAPER)

    said = [p for p in paragraphs if p]
    assert said == [
        "THÔNG BÁO",
        "Kết luận hội nghị đối thoại & các <thôn>",
        "I. Nội dung",
        "Sửa đường {{ khong phai bien }}.",
        "Làm trước mùa mưa.",
        "Kết thúc.",
    ]
    assert tables[1] == ["STT", "Nội dung", "1", "Đường", "2", "Điện"]


def test_recipients_and_signer_stand_at_the_foot() -> None:
    _paragraphs, tables = _opened(PAPER)

    recipients, signer = tables[-1]
    assert recipients.split("\n") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Ủy ban Mặt trận Tổ quốc xã;",
        "- Lưu: VT.",
    ]
    assert signer.startswith("CHỦ TỊCH")
    assert signer.endswith("Nguyễn Văn Thử")


def test_a_letter_says_to_whom() -> None:
    paragraphs, _tables = _opened(replace(PAPER, addressee="Công ty Điện lực Thử"))

    assert "Kính gửi: Công ty Điện lực Thử" in paragraphs


def test_the_same_paper_is_the_same_bytes_and_names_no_author() -> None:
    assert draft(PAPER) == draft(PAPER)
    core = making.parts(draft(PAPER))["docProps/core.xml"]
    assert b"creator" not in core


@pytest.mark.parametrize("layout", layout_making.HEADS)
def test_the_layouts_kept_are_those_the_script_makes(layout: str) -> None:
    kept = (layout_making.FOLDER / f"{layout}.docx").read_bytes()

    assert making.parts(kept) == making.parts(layout_making.make(layout))
