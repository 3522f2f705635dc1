"""Stamps of a state secret in a text, in the name of a file and in the file itself; the country's
words say how they look. Such a paper is kept outside, whoever hands it over.
"""

import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from doithoai.core.collation import folded
from doithoai.core.errors import Invalid
from doithoai.units.territory import words

PAGES_READ: Final = 2  # the stamp stands on the first page, or on the one behind a cover
READ: Final = 2_000_000  # bytes of one part: what is longer than a stamped page is not searched
_SHOWN: Final = re.compile(r"^(word/(document|header\d*)\.xml|xl/sharedStrings\.xml|content\.xml)$")
_ENDS: Final = re.compile(r"</(?:w:p|text:p|text:h|si)>|<w:br\b[^>]*>|<w:tab\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")


def stamped(text: str) -> str:
    """The first mark of a degree of secrecy in a text, or nothing."""
    return _first(words().stamps, unicodedata.normalize("NFC", text))


def marked(file_name: str) -> str:
    """The mark of a degree of secrecy in the name of a file, or nothing."""
    plain = re.sub(r"[_\-.\[\]()]+", " ", file_name)
    return stamped(plain) or _first(words().stamped_names, folded(plain))


def inside(data: bytes) -> str:
    """The mark of a degree of secrecy that stands alone on a line of the file's text, or nothing.
    Pictures, and pages that are pictures, are not read.
    """
    for line in _lines(data):
        plain = " ".join(unicodedata.normalize("NFC", line).split())
        for pattern in words().stamped_lines:
            if found := pattern.fullmatch(plain):
                return _tidy(found)
    return ""


def refuse_stamped(name: str, data: bytes) -> None:
    """Keep a stamped file out. Raises Invalid with the article and the way that is left (Law
    117/2025/QH15, article 5(2)).
    """
    mark = marked(name) or inside(data)
    if mark:
        raise Invalid(
            _(
                "The file “%(name)s” bears the mark “%(mark)s”. A state secret may not be stored "
                "on a machine with a network (Law on the Protection of State Secrets "
                "117/2025/QH15, article 5(2)): nothing of it was kept. Hand the paper over in "
                "person; only its number is registered. If the mark stands there for another "
                "reason, take it out of the file or its name and send it again."
            )
            % {"name": name, "mark": mark}
        )


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    return next((_tidy(found) for each in patterns if (found := each.search(text))), "")


def _tidy(found: re.Match[str]) -> str:
    return " ".join(found["mark"].split())


def _lines(data: bytes) -> Iterator[str]:
    if data.startswith(b"PK\x03\x04"):
        yield from _office_lines(data)
    elif data.startswith(b"%PDF-"):
        # A web worker that is never sent a PDF need not hold what reads one.
        from doithoai.files import pdfs  # noqa: PLC0415

        yield from pdfs.lines(data, pages=PAGES_READ, limit=READ)
    elif b"\x00" not in data[:READ]:
        yield from data[:READ].decode("utf-8", errors="ignore").splitlines()


def _office_lines(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in filter(_SHOWN.match, archive.namelist()):
                with archive.open(name) as part:
                    yield from _paragraphs(part.read(READ).decode("utf-8", errors="ignore"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return  # whoever cleans the file says what is wrong with it


def _paragraphs(xml: str) -> Iterator[str]:
    for paragraph in _ENDS.split(xml):
        yield html.unescape(_TAG.sub("", paragraph))
