"""How kept bytes are given out. Who may have them is decided by the app that owns the matter."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from doithoai.files.http import PREVIEWED, guard, named
from doithoai.files.models import Stored
from doithoai.files.storing import path_of


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
        as_attachment=not (preview and stored.media_type in PREVIEWED),
        filename=named(filename, stored.extension),
        content_type=stored.media_type,
    )
    guard(response)
    return response
