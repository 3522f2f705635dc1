"""Word, Excel and OpenDocument files rewritten without authors, companies, paths and macros."""

import io
import re
import zipfile

from django.utils.translation import gettext as _

from doithoai.core.errors import Invalid
from doithoai.files import pictures
from doithoai.files.sniffing import PICTURES, kind_of

ENTRIES = 3000
UNPACKED = 150_000_000  # bytes; a sheet of a million cells unpacks to about 60 MB
DEPTH = 2  # a chart in a Word file carries its own small workbook
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/|basic/|scripts/|oleobject[^/]*\.bin|macrosheets/)",
    re.IGNORECASE,
)
_PACKAGES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Whole parts replaced, so that nothing in them has to be found first.
_BLANK = {
    "docProps/core.xml": _XML + f'<cp:coreProperties xmlns:cp="{_PACKAGES}"/>'.encode(),
    "docProps/app.xml": _XML + f'<Properties xmlns="{_OFFICE}/extended-properties"/>'.encode(),
    "docProps/custom.xml": _XML + f'<Properties xmlns="{_OFFICE}/custom-properties"/>'.encode(),
    "meta.xml": _XML + b"<office:document-meta "
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>",
}

# Names left in the text itself by comments, tracked changes, sharing, and the maker's own folders.
_TRACES = (
    (re.compile(rb'(\bw\d*:(?:author|initials|userId|providerId)=")[^"]*'), rb"\g<1>"),
    (re.compile(rb'(<fileSharing\b[^>]*\buserName=")[^"]*'), rb"\g<1>"),
    (re.compile(rb'(\b(?:displayName|userId|providerId)=")[^"]*(?="[^>]*>)'), rb"\g<1>"),
    (re.compile(rb"(<author>)[^<]*(?=</author>)"), rb"\g<1>"),
    (re.compile(rb'(<\w+:absPath\b[^>]*\burl=")[^"]*'), rb"\g<1>"),
    (re.compile(rb"(<dc:creator>)[^<]*(?=</dc:creator>)"), rb"\g<1>"),
    (re.compile(rb"(<(?:meta|loext):(?:creator|sender)-initials>)[^<]*"), rb"\g<1>"),
)
_TRACED = re.compile(
    r"^(word/.*\.xml|xl/workbook\.xml|xl/(comments|persons|threadedcomments).*\.xml"
    r"|content\.xml|styles\.xml)$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    rb'(<Relationship\b[^>]*attachedTemplate"[^>]*\bTarget=")[^"]*|'
    rb'(<Relationship\b[^>]*\bTarget=")[^"]*(?="[^>]*attachedTemplate")'
)
_MEDIA = re.compile(r"^(word|xl)/media/|^Pictures/")
_NESTED = re.compile(r"^(word|xl)/embeddings/[^/]+\.(docx|xlsx)$")


def clean(data: bytes, *, depth: int = DEPTH) -> bytes:
    """The same document without traces of its makers. The same input always gives the same bytes.

    Raises Invalid for macros, embedded programs, passwords, and archives that unpack too large.
    """
    try:
        parts = _parts(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise Invalid(_("The file is damaged or locked and cannot be read.")) from error
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda n: n != "mimetype"):
            entry = zipfile.ZipInfo(name, _EPOCH)
            stored = name == "mimetype"  # OpenDocument 1.3 part 2, 3.3: first and not compressed
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, _cleaned(name, parts[name], depth))
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        if len(entries) > ENTRIES:
            raise _bomb()
        parts: dict[str, bytes] = {}
        room = UNPACKED
        for entry in entries:
            _refuse_entry(entry, parts)
            with archive.open(entry) as opened:
                part = opened.read(room + 1)  # the size written in the archive may lie
            room -= len(part)
            if room < 0:
                raise _bomb()
            parts[entry.filename] = part
    return parts


def _refuse_entry(entry: zipfile.ZipInfo, parts: dict[str, bytes]) -> None:
    name = entry.filename
    odd = name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name or name in parts
    if odd or entry.flag_bits & 0x1:
        raise Invalid(_("The file is damaged or locked and cannot be read."))
    if _MACROS.search(name):
        raise _active()


def _cleaned(name: str, part: bytes, depth: int) -> bytes:
    if name in _BLANK:
        return _BLANK[name]
    if _NESTED.match(name):
        return _nested(part, depth)
    if _MEDIA.match(name):
        return _picture(part)
    if not name.endswith((".xml", ".rels")):
        return part
    _refuse_part(name, part)
    return _untraced(name, part)


def _refuse_part(name: str, part: bytes) -> None:
    # Office writes UTF-8 without a document type; another encoding would hide names from us.
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"<!DOCTYPE" in part[:2000]:
        raise Invalid(_("The file is damaged or locked and cannot be read."))
    if name == "[Content_Types].xml" and b"macroenabled" in part.lower():
        raise _active()


def _untraced(name: str, part: bytes) -> bytes:
    if name.endswith("settings.xml.rels"):
        return _TEMPLATE.sub(lambda m: (m[1] or m[2]) + b"Normal.dotm", part)
    if _TRACED.match(name):
        for pattern, blank in _TRACES:
            part = pattern.sub(blank, part)
    return part


def _nested(part: bytes, depth: int) -> bytes:
    if depth == 0:
        raise _bomb()
    return clean(part, depth=depth - 1)


def _picture(part: bytes) -> bytes:
    try:
        kind = kind_of(part)
        return pictures.clean(part, kind) if kind in PICTURES else part
    except Invalid:
        return part  # drawings (EMF, WMF) and odd pictures carry no camera data


def _bomb() -> Invalid:
    return Invalid(_("The file unpacks to too much. Split it and send the parts."))


def _active() -> Invalid:
    return Invalid(_("The file holds macros or programs. Save it without them and send that."))
