"""Small real files for the tests, with the traces that must not survive."""

import io
import zipfile
from dataclasses import dataclass
from uuid import UUID

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

AUTHOR = "Nguyễn Văn Thử"
USER, POST, BODY = UUID(int=7), UUID(int=8), UUID(int=9)


@dataclass(frozen=True)
class Somebody:
    """An actor for tests below accounts."""

    kind: str = "official"
    ref: UUID | None = USER
    post: UUID | None = POST
    body: UUID | None = BODY
    standing_in_for: UUID | None = None

    def may(self, right: str) -> bool:
        """Everything: rights are tested where they are decided."""
        return bool(right)


def upload(data: bytes, name: str = "tep.bin") -> SimpleUploadedFile:
    """A file as a form hands it over, with a type nobody should believe."""
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def photo(*, size: tuple[int, int] = (40, 20), orientation: int = 1) -> bytes:
    """A JPEG with GPS, a maker, a comment; its left half red, its right half blue."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Máy ảnh thử"
    exif[0x8825] = {1: "N", 2: (18.0, 20.0, 30.0), 3: "E", 4: (105.0, 54.0, 10.0)}
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=AUTHOR.encode(), quality=95)
    return out.getvalue()


def pdf(*, active: bool = False, signed: bool = False) -> bytes:
    """A PDF with an author and XMP; if asked, with a script and a file inside, or a signature."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": AUTHOR, "/Company": "Công ty Thử"})
    xmp = StreamObject()
    xmp.set_data(f"<x:xmpmeta>{AUTHOR}</x:xmpmeta>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/Metadata")] = writer._add_object(xmp)
    if active:
        writer.add_open_action(JavaScript("app.alert('x')"))
        writer.add_attachment("trong.txt", b"ben trong")
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(_launching())])
    if signed:
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(_signature(writer))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _launching() -> DictionaryObject:
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("chay.exe")}
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/A"): action,
        }
    )


def _signature(writer: PdfWriter) -> DictionaryObject:
    value = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(n) for n in (0, 10, 20, 10)]),
            NameObject("/Contents"): ByteStringObject(b"\x30\x00"),
        }
    )
    field = DictionaryObject(
        {NameObject("/FT"): NameObject("/Sig"), NameObject("/V"): writer._add_object(value)}
    )
    return DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})


def word(*, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file by a named author, with a picture taken somewhere and a comment."""
    document = docx.Document()
    document.core_properties.author = AUTHOR
    document.core_properties.last_modified_by = AUTHOR
    document.add_paragraph("Đường thôn Hưng Trung bị hỏng.")
    document.add_picture(io.BytesIO(photo()))
    document.add_comment(document.paragraphs[0].runs, text="Cần xem", author=AUTHOR, initials="NVT")
    out = io.BytesIO()
    document.save(out)
    return with_parts(out.getvalue(), extra or {})


def sheet() -> bytes:
    """An Excel file by a named author."""
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    book.properties.lastModifiedBy = AUTHOR
    active = book.active
    assert active is not None
    active["A1"] = "Nội dung"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document() -> bytes:
    """An OpenDocument text by a named author."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<x><dc:creator>{AUTHOR}</dc:creator></x>")
        archive.writestr(
            "meta.xml", f"<x><meta:initial-creator>{AUTHOR}</meta:initial-creator></x>"
        )
    return out.getvalue()


def with_parts(data: bytes, extra: dict[str, bytes]) -> bytes:
    """The same archive with more parts in it."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in extra.items():
            archive.writestr(name, part)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """An archive's parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
