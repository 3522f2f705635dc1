"""How bytes leave: never sniffed, never run, under a name without surprises."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from doithoai.files.sniffing import JPEG, PDF, PNG, WEBP, Kind

# Only what we painted ourselves, and PDF in the reader's own viewer, may open inside the browser.
PREVIEWED = frozenset(kind.media_type for kind in (JPEG, PNG, WEBP, PDF))


def guard(response: HttpResponseBase) -> None:
    """Nosniff, a Content-Security-Policy that sandboxes the page, kept by no cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"


def named(filename: str, extension: str) -> str:
    """A file name every system takes."""
    plain = "".join(c for c in filename if c.isprintable() and c not in '/\\:*?"<>|').strip(" .")
    stem = plain.removesuffix(f".{extension}")[:120] or "file"
    return f"{stem}.{extension}"


def handed_over(data: bytes, kind: Kind, *, filename: str, preview: bool = False) -> HttpResponse:
    """Bytes made for this one answer and kept nowhere, as a download; a PDF may be shown when
    ``preview``.
    """
    response = HttpResponse(data, content_type=kind.media_type)
    attached = not (preview and kind.media_type in PREVIEWED)
    name = named(filename, kind.extension)
    response["Content-Disposition"] = content_disposition_header(attached, name) or "attachment"
    guard(response)
    return response
