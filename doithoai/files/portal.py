"""How kept bytes are given out. Who may have them is decided by the app that owns the matter."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from doithoai.files.models import Stored
from doithoai.files.sniffing import JPEG, PDF, PNG, WEBP
from doithoai.files.storing import path_of

# Only what we painted ourselves, and PDF in the reader's own viewer, may open inside the browser.
_PREVIEWED = {kind.media_type for kind in (JPEG, PNG, WEBP, PDF)}


def serve(stored: Stored, *, filename: str, preview: bool = False) -> FileResponse:
    """The bytes as a download named ``filename``; pictures and PDF may be shown when ``preview``.

    Never sniffed, never run: nosniff, and a Content-Security-Policy that sandboxes the page.
    Raises Http404 when the bytes are not in the storage.
    """
    name = path_of(stored.sha256, stored.extension)
    try:
        opened = default_storage.open(name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        opened,
        as_attachment=not (preview and stored.media_type in _PREVIEWED),
        filename=_named(filename, stored.extension),
        content_type=stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _named(filename: str, extension: str) -> str:
    plain = "".join(c for c in filename if c.isprintable() and c not in '/\\:*?"<>|').strip(" .")
    stem = plain.removesuffix(f".{extension}")[:120] or "file"
    return f"{stem}.{extension}"
