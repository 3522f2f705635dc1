"""What a file is, by its bytes. A name or a declared type is never believed."""

import io
import re
import zipfile
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _

from doithoai.core.errors import Invalid


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its media type and the extension it is kept under."""

    media_type: str
    extension: str


_OOXML = "application/vnd.openxmlformats-officedocument"
JPEG = Kind("image/jpeg", "jpg")
PNG = Kind("image/png", "png")
WEBP = Kind("image/webp", "webp")
PDF = Kind("application/pdf", "pdf")
DOCX = Kind(f"{_OOXML}.wordprocessingml.document", "docx")
XLSX = Kind(f"{_OOXML}.spreadsheetml.sheet", "xlsx")
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", "ods")
XLS = Kind("application/vnd.ms-excel", "xls")
CSV = Kind("text/csv", "csv")
ODT = Kind("application/vnd.oasis.opendocument.text", "odt")
TXT = Kind("text/plain", "txt")
PICTURES = (JPEG, PNG, WEBP)
OFFICE = (DOCX, XLSX, ODT)

_HEAD = 1024  # Acrobat looks for %PDF- this far, browsers for HTML about half of it
_MARKUP = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|img|\?xml|\?php)", re.IGNORECASE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_TEXT_LIKE = {"text/plain", "text/csv", "text/markdown"}


def kind_of(data: bytes) -> Kind:
    """The kind of these bytes.

    Raises Invalid, with a sentence that says what to do, for every kind that is not taken and for
    files that are two kinds at once.
    """
    if not data:
        raise Invalid(_("The file is empty. Choose another one."))
    _refuse_known(data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    found = _by_first_bytes(data)
    if found is None:
        return _text(data)
    _refuse_two_in_one(data, found)
    return found


def sheet_kind(data: bytes) -> Kind:
    """The kind of a file that has been read as a table already: XLSX, DOCX, ODS, XLS or CSV."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return XLS
    if not data.startswith(b"PK\x03\x04"):
        return CSV
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    return _ooxml(names) if "[Content_Types].xml" in names else ODS


def _by_first_bytes(data: bytes) -> Kind | None:
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    starts = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
    return next((kind for start, kind in starts.items() if data.startswith(start)), None)


def _refuse_known(data: bytes) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise Invalid(
            _(
                "Pictures in the HEIC format cannot be opened everywhere. On the telephone choose "
                "“Most compatible” in the camera's settings, or send a screenshot of the picture."
            )
        )
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Invalid(
            _(
                "This is a file of an old Office version, or one locked with a password. "
                "Save it as DOCX, XLSX or PDF and send that."
            )
        )


def _refuse_two_in_one(data: bytes, kind: Kind) -> None:
    head = data[:_HEAD]
    pdf_inside = kind is not PDF and b"%PDF-" in head
    if pdf_inside or _MARKUP.search(head) or zipfile.is_zipfile(io.BytesIO(data)):
        raise Invalid(_("The file holds another file inside itself. Save it anew and send that."))


def _zipped(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:200] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Invalid(_("The file is damaged or locked and cannot be read.")) from error
    if mimetype == ODT.media_type.encode():
        return ODT
    if "[Content_Types].xml" in names:
        return _ooxml(names)
    raise not_taken()


def _ooxml(names: set[str]) -> Kind:
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise not_taken()


def _text(data: bytes) -> Kind:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_taken() from error
    markup = _MARKUP.search(data[:_HEAD]) or b"<script" in data.lower()
    if markup or text.startswith("#!") or _CONTROLS.search(text) or not _looks_like_text(data):
        raise not_taken()
    return TXT


def _looks_like_text(data: bytes) -> bool:
    try:
        found = puremagic.magic_string(data[:8192])
    except (puremagic.PureError, ValueError):
        return True  # no known signature: nothing but text
    # A weak match of two or three letters ("BM", "MZ") also begins ordinary sentences.
    return found[0].confidence < 0.5 or found[0].mime_type in _TEXT_LIKE


def not_taken() -> Invalid:
    """The refusal of a kind that is not taken."""
    return Invalid(
        _(
            "This kind of file is not accepted. Send a picture (JPEG, PNG, WebP), "
            "a PDF, DOCX, XLSX or ODT file, or plain text."
        )
    )
