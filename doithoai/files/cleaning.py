"""A file as it is kept: only kinds we know, without the traces of who made it and where."""

from dataclasses import dataclass

from doithoai.files import office, pictures
from doithoai.files.sniffing import DOCX, OFFICE, PDF, PICTURES, Kind, kind_of

__all__ = ["DOCX", "Cleaned", "clean"]


@dataclass(frozen=True)
class Cleaned:
    """Bytes fit to be kept, and their kind."""

    data: bytes
    kind: Kind


def clean(data: bytes, *, as_signed: bool = False) -> Cleaned:
    """Take authors, places and active parts out of a file.

    ``as_signed``: a PDF with a digital signature stays as it is, for a changed byte would break the
    signature; it is refused when it has active parts. Raises Invalid.
    """
    kind = kind_of(data)
    if kind in PICTURES:
        return Cleaned(pictures.clean(data, kind), kind)
    if kind is PDF:
        # A web worker that is never sent a PDF need not hold the 14 MB of what reads one.
        from doithoai.files import pdfs  # noqa: PLC0415

        return Cleaned(pdfs.clean(data, as_signed=as_signed), kind)
    if kind in OFFICE:
        return Cleaned(office.clean(data), kind)
    return Cleaned(data, kind)
