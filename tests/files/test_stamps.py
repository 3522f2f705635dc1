"""A file stamped as a state secret is never kept: told by its name, or a stamp alone on a line."""

import io

import docx
import pytest
from django.utils import timezone

from doithoai.core.errors import Invalid
from doithoai.files.commands import keep, keep_list
from doithoai.files.documents import Text
from doithoai.files.models import Attachment, Purpose, Stored
from doithoai.files.printing import Page, page
from doithoai.files.stamps import inside, marked, stamped
from tests.files.making import POST, Somebody, photo, upload


def word(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "mark"),
    [("CV_TOI MAT.pdf", "toi mat"), ("bao cao do mat.docx", "do mat"), ("[MẬT] so 4.pdf", "MẬT"),
     ("văn_bản-mật_số 4.pdf", "van ban mat"), ("Tuyet mat 12.jpg", "tuyet mat")],
)  # fmt: skip
def test_the_name_of_a_file_says_what_it_is(name: str, mark: str) -> None:
    assert marked(name) == mark


@pytest.mark.parametrize(
    "name", ["tai lieu mat bang.pdf", "Văn bản mặt đường.docx", "mat bang giai phong.pdf",
             "bao_cao_mat_nuoc.xlsx", "dau mat cau.jpg"],
)  # fmt: skip
def test_a_site_a_road_or_lost_water_is_no_secret(name: str) -> None:
    assert marked(name) == ""


@pytest.mark.parametrize("text", ["MẬT ĐỘ DÂN CƯ CAO", "NGHỀ NUÔI ONG LẤY MẬT ONG", "MẬT KHẨU"])
def test_density_honey_and_passwords_are_no_stamp(text: str) -> None:
    assert stamped(text) == ""


@pytest.mark.parametrize("line", ["MẬT", "Độ mật: TỐI MẬT", "[ TUYỆT  MẬT ]"])
def test_a_stamp_alone_on_a_line_is_found_in_word_pdf_and_text(line: str) -> None:
    words = ("UBND xã", line, "Kế hoạch")
    assert inside(word(*words))
    assert inside("\n".join(words).encode())
    assert inside(page(Page(issuer="UBND xã", title="Kế hoạch", blocks=(Text(line),))))


def test_the_word_within_a_sentence_of_a_file_is_no_stamp() -> None:
    assert not inside(word("Đơn nhắc tới công văn MẬT của xóm", "Bà Mật"))
    assert not inside(photo())
    assert not inside(b"%PDF-1.7 broken")
    assert not inside(b"PK\x03\x04 broken")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"), [("anh TỐI MẬT.jpg", photo()), ("ke-hoach.docx", word("MẬT", "Kế hoạch"))]
)
def test_nothing_of_a_stamped_file_is_kept(name: str, data: bytes) -> None:
    by, now = Somebody(), timezone.now()
    with pytest.raises(Invalid, match="117/2025/QH15"):
        keep(upload(data, name), about=POST, purpose=Purpose.OTHER, by=by, at=now)
    with pytest.raises(Invalid, match="117/2025/QH15"):
        keep_list(data, about=POST, name=name, by=by, at=now)
    assert not Attachment.objects.exists()
    assert not Stored.objects.exists()
