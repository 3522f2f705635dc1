"""What is taken, what is refused, and what does not survive."""

import io

import docx
import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from doithoai.core.errors import Invalid
from doithoai.files import pictures
from doithoai.files.cleaning import clean
from doithoai.files.sniffing import DOCX, JPEG, ODT, PDF, PNG, TXT, WEBP, XLSX, kind_of
from tests.files import making


def _picture(form: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (making.photo(), JPEG),
        (_picture("PNG"), PNG),
        (_picture("WEBP"), WEBP),
        (making.pdf(), PDF),
        (making.word(), DOCX),
        (making.sheet(), XLSX),
        (making.open_document(), ODT),
        ("Kính gửi xã: đường hỏng.\r\n".encode(), TXT),
        (b"BM la ten viet tat, day van la van ban", TXT),
        ("\ufeffSTT,Nội dung\n1,Đường\n".encode(), TXT),
    ],
    ids=lambda value: getattr(value, "extension", ""),
)
def test_a_kind_is_told_by_its_bytes(data: bytes, kind: object) -> None:
    assert kind_of(data) == kind
    assert clean(data).kind == kind


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    "data",
    [
        HTML,
        b"  \n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"xin chao " * 300 + b"<script>alert(1)</script>",
        b"#!/bin/sh\nrm -rf /\n",
        b"MZ" + bytes(200),
        b"\x7fELF" + bytes(200),
        b"Rar!\x1a\x07\x00" + bytes(50),
        b"GIF89a" + bytes(50),
        b"ID3\x04" + bytes(50),
        b"{\\rtf1 xin chao}",
        making.with_parts(b"", {"a.txt": b"x"}),
        making.with_parts(b"", {"[Content_Types].xml": b"x", "ppt/presentation.xml": b"x"}),
        "tệp".encode("utf-16"),
    ],
    ids=range(13),
)
def test_a_kind_not_taken_is_refused_with_what_to_send_instead(data: bytes) -> None:
    with pytest.raises(Invalid, match="JPEG, PNG, WebP"):
        clean(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "DOCX, XLSX"),
        (b"PK\x03\x04" + b"0" * 60, "damaged"),
        (making.photo()[:300], "damaged"),
        (b"%PDF-1.4\nkhong phai", "damaged"),
    ],
    ids=["empty", "heic", "old office", "broken zip", "broken picture", "broken pdf"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        clean(data)


@pytest.mark.parametrize(
    "data",
    [
        making.with_parts(making.photo(), {"a.txt": b"x"}),
        making.with_parts(making.pdf(), {"a.txt": b"x"}),
        making.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1),
        making.photo().replace(making.AUTHOR.encode(), b"%PDF-1.4 a picture"),
    ],
    ids=["picture and archive", "pdf and archive", "pdf and page", "picture and pdf"],
)
def test_a_file_that_is_two_kinds_at_once_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        clean(data)


def test_a_picture_loses_its_place_and_stands_upright() -> None:
    cleaned = clean(making.photo(orientation=6)).data

    with Image.open(io.BytesIO(cleaned)) as picture:
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info
        assert picture.size == (20, 40)
        red, _green, blue = picture.getpixel((10, 5))
    assert red > 200
    assert blue < 60
    assert "Máy ảnh".encode() not in cleaned
    assert making.AUTHOR.encode() not in cleaned


def test_what_is_hidden_behind_a_picture_stays_behind() -> None:
    cleaned = clean(making.photo() + b"\0\0\0\x20ftypmp42 a film behind the picture").data

    assert b"film" not in cleaned


def test_a_see_through_picture_stays_see_through() -> None:
    with Image.open(io.BytesIO(clean(_picture("PNG", "RGBA")).data)) as picture:
        assert picture.mode == "RGBA"


def test_a_picture_is_made_no_larger_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LONGEST_SIDE", 100)

    with Image.open(io.BytesIO(clean(making.photo(size=(400, 200))).data)) as picture:
        assert picture.size == (100, 50)


@pytest.mark.parametrize("size", [(9000, 7000), (20_000, 20_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")

    with pytest.raises(Invalid, match="25"):
        clean(out.getvalue())


def test_a_pdf_loses_its_author_its_scripts_and_the_files_inside() -> None:
    cleaned = clean(making.pdf(active=True)).data

    reader = PdfReader(io.BytesIO(cleaned))
    assert len(reader.pages) == 1
    assert "/Author" not in (reader.metadata or {})
    for trace in (making.AUTHOR.encode(), b"xmpmeta", b"/JavaScript", b"/Launch", b"ben trong"):
        assert trace not in cleaned
    assert reader.attachments == {}
    assert not {"/Names", "/Metadata", "/OpenAction"} & set(reader.root_object)


def test_a_pdf_locked_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(making.pdf()))
    writer.encrypt("bi mat", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(Invalid, match="password"):
        clean(out.getvalue())


def test_a_pdf_that_opens_without_a_password_is_taken() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(making.pdf()))
    writer.encrypt("", owner_password="may in", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)

    assert not PdfReader(io.BytesIO(clean(out.getvalue()).data)).is_encrypted


def test_a_digital_signature_survives_where_the_signed_paper_is_recorded() -> None:
    signed = making.pdf(signed=True)

    assert clean(signed, as_signed=True).data == signed
    assert clean(signed).data != signed
    assert clean(making.pdf(), as_signed=True).data != making.pdf()


def test_a_signed_pdf_with_scripts_is_refused() -> None:
    with pytest.raises(Invalid, match="scripts"):
        clean(making.pdf(signed=True, active=True), as_signed=True)


@pytest.mark.parametrize("data", [making.word(), making.sheet(), making.open_document()])
def test_an_office_file_loses_its_authors_everywhere(data: bytes) -> None:
    assert any(making.AUTHOR.encode() in part for part in making.parts(data).values())

    cleaned = making.parts(clean(data).data)

    assert not any(making.AUTHOR.encode() in part for part in cleaned.values())


def test_a_word_file_still_opens_and_its_pictures_tell_no_place() -> None:
    cleaned = clean(making.word()).data

    opened = docx.Document(io.BytesIO(cleaned))
    assert opened.paragraphs[0].text == "Đường thôn Hưng Trung bị hỏng."
    media = [part for name, part in making.parts(cleaned).items() if "/media/" in name]
    assert len(media) == 1
    assert b"Exif" not in media[0]


def test_an_excel_file_still_opens() -> None:
    book = openpyxl.load_workbook(io.BytesIO(clean(making.sheet()).data))

    assert book.active is not None
    assert book.active["A1"].value == "Nội dung"


def test_the_same_file_cleaned_twice_is_the_same_bytes() -> None:
    data = making.word()

    assert clean(data).data == clean(data).data


def test_a_workbook_inside_a_word_file_loses_its_author_too() -> None:
    name = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    cleaned = making.parts(clean(making.word(extra={name: making.sheet()})).data)

    assert making.AUTHOR.encode() not in b"".join(making.parts(cleaned[name]).values())


def test_the_path_of_the_makers_template_is_removed() -> None:
    relation = (
        b'<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" '
        b'Target="file:///C:/Users/thu/mau.dotm" TargetMode="External"/></Relationships>'
    )
    name = "word/_rels/settings.xml.rels"

    assert b"Users" not in making.parts(clean(making.word(extra={name: relation})).data)[name]


@pytest.mark.parametrize(
    "extra",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"../../thoat.xml": b"<x/>"},
        {"word/them.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'},
        {"word/an.xml": "<x/>".encode("utf-16")},
        {"word/lon.xml": bytes(151_000_000)},
        {f"word/{n}.xml": b"" for n in range(3001)},
    ],
    ids=["macro", "program", "control", "path", "entity", "encoding", "bomb", "many"],
)
def test_an_office_file_that_acts_or_unpacks_too_large_is_refused(extra: dict[str, bytes]) -> None:
    with pytest.raises(Invalid):
        clean(making.word(extra=extra))


def test_a_workbook_that_declares_macros_is_refused() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
    data = making.with_parts(b"", {"xl/workbook.xml": b"<x/>", "[Content_Types].xml": types})

    with pytest.raises(Invalid, match="macro"):
        clean(data)


def test_a_large_photograph_is_taken_and_made_smaller() -> None:
    with Image.open(io.BytesIO(clean(making.photo(size=(9000, 6000))).data)) as picture:
        assert picture.size == (4096, 2731)


def test_a_pdf_of_many_pages_is_cleaned_in_one_walk() -> None:
    writer = PdfWriter()
    for _page in range(400):
        writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)

    assert len(PdfReader(io.BytesIO(clean(out.getvalue()).data)).pages) == 400


@pytest.mark.parametrize("pages", [0, 2001])
def test_a_pdf_without_pages_or_with_too_many_is_refused(pages: int) -> None:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(10, 10)
    out = io.BytesIO()
    writer.write(out)

    with pytest.raises(Invalid):
        clean(out.getvalue())
