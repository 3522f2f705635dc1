"""What a browser gets when it asks for a kept file."""

from contextlib import closing
from datetime import datetime
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.http import Http404

from doithoai.files import commands
from doithoai.files.models import Stored
from doithoai.files.portal import serve
from doithoai.files.storing import path_of
from tests.files import making

pytestmark = pytest.mark.django_db


def _stored(data: bytes, now: datetime) -> Stored:
    by = making.Somebody()
    upload = making.upload(data)
    return commands.keep(upload, about=UUID(int=1), purpose="other", by=by, at=now).stored


def test_a_file_is_a_download_that_is_never_sniffed_and_never_run(now: datetime) -> None:
    response = serve(_stored(b"van ban", now), filename="đường hỏng")

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Disposition"].endswith("h%E1%BB%8Fng.txt")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == b"van ban"
    response.close()


def test_text_is_a_download_even_when_a_preview_is_asked(now: datetime) -> None:
    with closing(serve(_stored(b"van ban", now), filename="a", preview=True)) as response:
        assert response["Content-Disposition"].startswith("attachment")


def test_a_picture_may_be_shown_in_the_page(now: datetime) -> None:
    with closing(serve(_stored(making.photo(), now), filename="a.jpg", preview=True)) as response:
        assert response["Content-Disposition"] == 'inline; filename="a.jpg"'
        assert response["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("../../etc/passwd", "....etcpasswd.txt"),
        ('a"\r\nX: b', "aX b.txt"),
        ("trang.html", "trang.html.txt"),
        ("", "file.txt"),
    ],
)
def test_a_name_cannot_lead_elsewhere(asked: str, given: str, now: datetime) -> None:
    with closing(serve(_stored(b"van ban", now), filename=asked)) as response:
        assert response["Content-Disposition"] == f'attachment; filename="{given.lstrip(".")}"'


def test_bytes_that_are_lost_are_not_found(now: datetime) -> None:
    stored = _stored(b"van ban", now)
    default_storage.delete(path_of(stored.sha256, stored.extension))

    with pytest.raises(Http404):
        serve(stored, filename="a")
